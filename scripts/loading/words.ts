import { cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What a figure has to be read with. */
export function machineWords(): string {
  const [first] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const load = loadavg().map((one) => one.toFixed(1));
  const of = `${cpus().length} × ${first?.model ?? 'unknown CPU'}`;
  const system = `${platform()} ${release()}, Node ${process.version}`;
  return `${of}, ${memory}, ${system}, load ${load.join(' ')}`;
}
