import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on, and how busy it was before. */
export function machineFacts(): string {
  const processors = cpus();
  const gib = Math.round(totalmem() / 1024 ** 3);
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  const model = processors[0]?.model ?? 'unknown processor';
  const { node } = process.versions;
  return `${processors.length} cores (${model}), ${gib} GiB, Node ${node}, load before ${load}`;
}

/** The most memory a process has held so far, in MiB; undefined where there is no /proc. */
export function peakMemoryMib(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number.parseInt(kib, 10) / 1024;
  } catch {
    return undefined;
  }
}
