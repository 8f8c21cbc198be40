import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '@recourse/kit/parts.ts';

const env = {
  PATH: process.env['PATH'] ?? '',
  LOG_LEVEL: 'info',
  NATS_URL: 'nats://127.0.0.1:1',
  OIDC_ISSUER: 'http://127.0.0.1:1/realms/recourse',
  CREDIT_ADDRESS: '127.0.0.1:1',
  CASES_ADDRESS: '127.0.0.1:1',
  AGENCIES_ADDRESS: '127.0.0.1:1',
  BLACKLIST_ADDRESS: '127.0.0.1:1',
  LITIGATION_ADDRESS: '127.0.0.1:1',
};

type Child = { process: ChildProcess; output(): string; ended: Promise<number | null> };

const children: Child[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.process.kill('SIGKILL');
});

function start(variables: Record<string, string>): Child {
  const main = join(import.meta.dirname, 'main.ts');
  const made = spawn(process.execPath, [main], { env: variables });
  let output = '';
  for (const stream of [made.stdout, made.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    made.once('exit', resolve);
  });
  const child = { process: made, output: () => output, ended };
  children.push(child);
  return child;
}

async function answers(url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url);
    } catch {
      await wait(50);
    }
  }
}

describe('the gateway as a process', () => {
  it('serves while all behind it is away, tells its health, stops when told', async () => {
    const [port, healthPort] = [await freePort(), await freePort()];
    const ports = { HTTP_PORT: String(port), HEALTH_PORT: String(healthPort) };
    const child = start({ ...env, ...ports });
    const config = await answers(`http://127.0.0.1:${port}/config.json`);
    expect(await config.json()).toMatchObject({ realm: 'recourse', version: '0.1.0' });
    const ready = await answers(`http://127.0.0.1:${healthPort}/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      ready: true,
      probes: [{ name: 'broker', ok: false, required: false }],
    });
    expect((await fetch(`http://127.0.0.1:${healthPort}/live`)).status).toBe(200);
    const metrics = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
    expect(metrics).toContain('recourse_rpc_seconds_count');
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });

  it('names every variable that is wrong and does not start', async () => {
    const { CASES_ADDRESS: _gone, ...rest } = env;
    const child = start({ ...rest, HTTP_PORT: 'many', HEALTH_PORT: '0' });
    expect(await child.ended).toBe(1);
    expect(child.output()).toContain('HTTP_PORT');
    expect(child.output()).toContain('CASES_ADDRESS');
  });
});
