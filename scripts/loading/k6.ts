/** Finds k6: on PATH, a copy kept from before, or built from the Go module when Go is there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const module = 'go.k6.io/k6@v1.8.1';

/** Scenarios need what came with 1.0. */
const oldestMajor = 1;

/** A cold build on a busy machine of two cores. */
const buildMs = 900_000;

export type Found = { k6: string } | { why: string };

function isUsable(binary: string): boolean {
  const said = spawnSync(binary, ['version'], { encoding: 'utf8' });
  const found = /^k6(?:\.exe)? v(\d+)\./.exec(said.stdout ?? '');
  return found !== null && Number(found[1]) >= oldestMajor;
}

/** `tools` is where a built k6 is kept; `say` hears that a build takes a while. */
export function findK6(tools: string, say: (words: string) => void): Found {
  if (isUsable('k6')) return { k6: 'k6' };
  const kept = join(tools, 'k6');
  if (isUsable(kept)) return { k6: kept };
  if (spawnSync('go', ['version']).status !== 0) {
    return { why: `k6 is not on PATH, and without Go ${module} cannot be built` };
  }
  mkdirSync(tools, { recursive: true });
  say(`building ${module} with Go; takes some minutes, once`);
  const args = ['install', '-trimpath', '-ldflags', '-s -w', module];
  const env = { ...process.env, GOBIN: tools, CGO_ENABLED: '0' };
  const built = spawnSync('go', args, { env, encoding: 'utf8', timeout: buildMs });
  if (isUsable(kept)) return { k6: kept };
  return { why: `${module} was not built: ${built.stderr ?? String(built.error)}` };
}
