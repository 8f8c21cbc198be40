/** Builds the portal when its sources have changed since it was last built. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { logTail, openLog } from './supervise.ts';

const sources = ['portal/src/**', 'portal/public/**', 'portal/*.json', 'proto/gen/stamp'];

function fingerprint(root: string): string {
  const digest = createHash('sha256');
  for (const file of globSync([...sources, 'package-lock.json'], { cwd: root }).toSorted()) {
    const path = join(root, file);
    if (statSync(path).isFile()) digest.update(file).update('\0').update(readFileSync(path));
  }
  return digest.digest('hex');
}

/**
 * Folder of the built portal, undefined while the checkout has none. When the build fails the
 * portal built before is shown, and said so; without one it throws with the end of the build's log.
 */
export async function buildPortal(o: {
  root: string;
  data: string;
  logs: string;
  say: (words: string) => void;
  signal: AbortSignal;
}): Promise<string | undefined> {
  const portal = join(o.root, 'portal');
  if (!existsSync(join(portal, 'angular.json'))) return undefined;
  const dist = join(portal, 'dist');
  const stampFile = join(o.data, 'portal.stamp');
  const stamp = fingerprint(o.root);
  const built = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (built === stamp && existsSync(join(dist, 'index.html'))) return dist;
  o.say('building the portal');
  const log = openLog(o.logs, 'portal-build');
  const child = spawn(join(o.root, 'node_modules', '.bin', 'ng'), ['build'], {
    cwd: portal,
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', CI: 'true' },
    stdio: ['ignore', log, log],
    signal: o.signal,
  });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
  if (code !== 0) {
    const why = `the portal does not build:\n${logTail(o.logs, 'portal-build')}`;
    if (!existsSync(join(dist, 'index.html'))) throw new Error(why);
    o.say(`${why}\nthe portal shown is the one built before`);
    return dist;
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return dist;
}
