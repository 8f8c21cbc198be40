import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removePostgres } from '@recourse/kit/parts.ts';
import { bringDown, bringUp, type House } from '../../scripts/machine/house.ts';
import { readOptions } from '../../scripts/machine/options.ts';
import { writeRun } from '../../scripts/machine/run-file.ts';

/** The platform as `./scripts/start` brings it up, in a folder of its own and without demo data. */
export type TestHouse = {
  address: string;
  password: string;
  issuer(): Promise<string>;
  stop(): Promise<void>;
};

export async function openHouse(): Promise<TestHouse> {
  const data = mkdtempSync(join(tmpdir(), 'recourse-house-'));
  // PostgreSQL runs as a user of its own and has to pass through.
  chmodSync(data, 0o711);
  const options = readOptions(['--no-demo'], {});
  if (options === 'help') throw new Error('options were not read');
  const house: House = {
    root: join(import.meta.dirname, '..', '..'),
    data,
    logs: join(data, 'logs'),
    options,
    say: () => undefined,
    run: writeRun(join(data, 'run.json')),
    signal: new AbortController().signal,
    stages: [],
  };
  const address = await bringUp(house);
  return {
    address,
    password: options.demoPassword,
    issuer: async () => {
      const config = (await (await fetch(`${address}/config.json`)).json()) as {
        url: string;
        realm: string;
      };
      return `${config.url}/realms/${config.realm}`;
    },
    stop: async () => {
      await bringDown(house);
      removePostgres(join(data, 'postgres'));
      rmSync(data, { recursive: true, force: true });
    },
  };
}
