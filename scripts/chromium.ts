/** Finds a Chromium for the browser tests; no test tool may download its own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The shell has no windows to draw and takes three quarters of the processor time of the rest. */
const shell = 'chromium-headless-shell';
const names = [
  shell,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
] as const;
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Command or path of a browser, installed as Debian's package when root; undefined when none. */
export function findChromium(): string | undefined {
  const found = installed();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stdout.write("installing the distribution's package chromium for the browser tests\n");
  const options = { stdio: 'ignore', timeout: 300_000 } as const;
  spawnSync('apt-get', ['update', '-q'], options);
  for (const name of [shell, 'chromium']) {
    const packages = [name, 'fonts-noto-cjk'];
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
    const now = installed();
    if (now !== undefined) return now;
  }
  return undefined;
}

function installed(): string | undefined {
  if (existsSync(macApp)) return macApp;
  for (const name of names) {
    const where = spawnSync('/bin/sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' });
    if (where.status === 0) return where.stdout.trim();
  }
  return undefined;
}
