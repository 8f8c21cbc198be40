/**
 * Finds promtool: on PATH, a copy kept from before, or, for root on Debian, the one in the
 * distribution's package prometheus, which is unpacked and not installed: no server is started.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Found = { promtool: string } | { why: string };

const kept = join(import.meta.dirname, '../../.data/tools/promtool');

function runs(binary: string): boolean {
  return spawnSync(binary, ['--version']).status === 0;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr ?? 'no answer'}`);
}

function unpackPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-promtool-'));
  // apt downloads as a user of its own, which has to get in.
  chmodSync(folder, 0o755);
  try {
    run('apt-get', ['-q', 'download', 'prometheus'], folder);
    run('sh', ['-c', 'dpkg -x prometheus_*.deb .'], folder);
    mkdirSync(join(kept, '..'), { recursive: true });
    copyFileSync(join(folder, 'usr/bin/promtool'), kept);
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function findPromtool(): Found {
  if (runs('promtool')) return { promtool: 'promtool' };
  if (runs(kept)) return { promtool: kept };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { why: 'promtool is not on PATH; it is in the package prometheus' };
  }
  try {
    return { promtool: unpackPackage() };
  } catch (thrown) {
    return { why: `the package prometheus failed: ${String(thrown)}` };
  }
}
