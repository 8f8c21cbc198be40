/** Builds the portal when its sources have changed since it was last built. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

type Build = { root: string; logs: string; say: (words: string) => void; signal: AbortSignal };

/**
 * Folder of the portal built from the present sources, undefined while the checkout has none.
 * Throws with the end of the build's log when it fails.
 */
export async function buildPortal(o: Build): Promise<string | undefined> {
  const portal = join(o.root, 'portal');
  if (!existsSync(join(portal, 'angular.json'))) return undefined;
  const dist = join(portal, 'dist');
  // Beside Angular's own cache: whoever builds spares everybody else the same build.
  const stampFile = join(portal, '.angular', 'built-from');
  const stamp = fingerprint(o.root);
  const built = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (built === stamp && existsSync(join(dist, 'index.html'))) return dist;
  o.say('building the portal');
  if ((await build(portal, o)) !== 0) {
    throw new Error(`the portal does not build:\n${logTail(o.logs, 'portal-build', 60)}`);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return dist;
}

/**
 * As above, but a portal that was built before is shown, and said so, when the present one fails.
 */
export async function portalToShow(o: Build): Promise<string | undefined> {
  try {
    return await buildPortal(o);
  } catch (error) {
    const dist = join(o.root, 'portal', 'dist');
    if (o.signal.aborted || !existsSync(join(dist, 'index.html'))) throw error;
    o.say(`${String(error)}\nthe portal shown is the one built before`);
    return dist;
  }
}

function build(portal: string, o: Build): Promise<unknown> {
  const log = openLog(o.logs, 'portal-build');
  const child = spawn(join(o.root, 'node_modules', '.bin', 'ng'), ['build'], {
    cwd: portal,
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', CI: 'true' },
    stdio: ['ignore', log, log],
    signal: o.signal,
  });
  closeSync(log);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
}
