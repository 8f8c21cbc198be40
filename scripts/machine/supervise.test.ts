import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { lives } from './run-file.ts';
import { nodePart, supervise, untilReady, type Part } from './supervise.ts';

const root = mkdtempSync(join(tmpdir(), 'recourse-supervise-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A part that runs a script of a few words and notes its processes. */
function part(name: string, script: string): Part {
  writeFileSync(join(root, `${name}.ts`), script);
  return nodePart({ name, root, script: `${name}.ts`, env: {}, logs: join(root, 'logs') });
}

const until = (holds: () => boolean) => eventually(() => expect(holds()).toBe(true));

describe('A part that dies', () => {
  it('is started again, and said so', async () => {
    const said: string[] = [];
    const pids: number[] = [];
    const kept = await supervise({
      part: part('sleeper', 'setInterval(() => {}, 1000); process.stdout.write("up\\n");'),
      say: (words) => said.push(words),
      note: ({ pid }) => pids.push(pid),
    });
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => pids.length === 2);
    expect(said).toEqual(['sleeper was ended by SIGKILL; starting it again in 0.5 s']);
    await until(() => lives(pids[1] ?? 0, 'sleeper.ts'));
    await kept.stop();
    expect(pids.map((pid) => lives(pid, 'sleeper.ts'))).toEqual([false, false]);
  });

  it('is given up when it never becomes ready, with the end of its log', async () => {
    const kept = await supervise({
      part: part('broken', 'process.stdout.write("no such thing\\n"); process.exit(3);'),
      say: () => {},
      note: () => {},
    });
    const ready = untilReady({
      name: 'broken',
      address: 'http://127.0.0.1:1/',
      seconds: 60,
      logs: join(root, 'logs'),
      signal: new AbortController().signal,
      failures: kept.failures,
    });
    await expect(ready).rejects.toThrow(/broken does not become ready(.|\n)*no such thing/);
    await kept.stop();
  });
});

describe('A part that is stopped', () => {
  it('takes what it started with it and is not started again', async () => {
    const pids: number[] = [];
    const kept = await supervise({
      part: part(
        'parent',
        `
        import { spawn } from 'node:child_process';
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
        process.stdout.write(String(child.pid) + '\\n');
        setInterval(() => {}, 1000);`,
      ),
      say: () => {},
      note: ({ pid }) => pids.push(pid),
    });
    const log = join(root, 'logs', 'parent.log');
    await until(() => /\d+\n/.test(readFileSync(log, 'utf8')));
    const grandchild = Number.parseInt(readFileSync(log, 'utf8'), 10);
    await kept.stop();
    await until(() => !lives(grandchild, 'setInterval'));
    await sleep(700);
    expect(pids).toHaveLength(1);
  });
});
