/** `./scripts/backup`, `./scripts/restore` and `./scripts/drill`; see deploy/recovery.md. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, keyFileName } from './safekeeping/backup.ts';
import { drill } from './safekeeping/drill.ts';
import { restoreHere } from './safekeeping/here.ts';
import { findInstallation, localData } from './safekeeping/installation.ts';
import type { Manifest } from './safekeeping/manifest.ts';
import { restore, restoreFiles } from './safekeeping/restore.ts';

const usage = `./scripts/backup <folder> [--keys <other folder>]
./scripts/restore <folder> [--keys <folder>]
./scripts/restore <folder> --files
./scripts/drill <folder> [--keys <folder>]

Without variables backup means what ./scripts/start runs on this machine, and restore fills .data/,
which must hold nothing, for the next ./scripts/start; with --files it only gives a broker that has
lost its store the files back that no service keeps, while everything runs. Otherwise POSTGRES_URL,
NATS_URL and KEY_ENCRYPTION_KEY say where, for restore a superuser's POSTGRES_URL and
DATABASE_PASSWORD. The drill needs neither: it starts parts of its own and leaves nothing behind.
`;

const say = (words: string): void => void process.stdout.write(`${words}\n`);

function sizeWords({ databases, files, takenAt }: Manifest): string {
  const tables = databases.flatMap((one) => one.tables);
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  return `${takenAt}: ${databases.length} databases, ${rows} rows, ${files.length} files`;
}

function keyIn(folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : readFileSync(join(folder, keyFileName), 'utf8').trim();
}

async function runBackup(folder: string, keys: string | undefined): Promise<number> {
  const manifest = await backUp(findInstallation(process.env), folder, keys);
  say(`backed up in ${folder}, as of ${sizeWords(manifest)}`);
  say(keys === undefined ? 'the key is not kept: give --keys' : `the key is in ${keys}`);
  if (manifest.identity === undefined) say('identity is not in it: Keycloak has its own backup');
  return 0;
}

async function runRestoreFiles(folder: string): Promise<number> {
  const { natsUrl } = findInstallation(process.env);
  say(`${await restoreFiles(natsUrl, folder)} files were missing and are back`);
  return 0;
}

async function runRestore(folder: string, keys: string | undefined): Promise<number> {
  const key = keyIn(keys);
  const { POSTGRES_URL: postgresUrl, NATS_URL: natsUrl } = process.env;
  if (postgresUrl === undefined || natsUrl === undefined) {
    const manifest = await restoreHere(localData, folder, { keys, key });
    say(`restored into ${localData}, as of ${sizeWords(manifest)}; ./scripts/start runs it`);
    return 0;
  }
  const databasePassword = process.env['DATABASE_PASSWORD'];
  if (databasePassword === undefined) throw new Error('give DATABASE_PASSWORD of the roles');
  const target = {
    postgresUrl,
    natsUrl,
    databasePassword,
    key: key ?? process.env['KEY_ENCRYPTION_KEY'],
  };
  say(`restored, as of ${sizeWords(await restore(target, folder))}`);
  return 0;
}

async function runDrill(folder: string, keys: string | undefined): Promise<number> {
  const { manifest, seconds, rules, broken } = await drill(folder, keyIn(keys));
  const words = `in ${seconds.restore.toFixed(1)} s`;
  say(`restored ${words}, as of ${sizeWords(manifest)}`);
  for (const { service, what, rows } of broken) {
    say(`${service}: ${what}: ${JSON.stringify(rows)}`);
  }
  say(`${rules} invariants in ${seconds.invariants.toFixed(1)} s, ${broken.length} broken`);
  return broken.length === 0 ? 0 : 1;
}

const commands = { backup: runBackup, restore: runRestore, drill: runDrill } as const;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      files: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name = '', folder, ...more] = positionals;
  const command = Object.entries(commands).find(([one]) => one === name)?.[1];
  if (values.help || command === undefined || folder === undefined || more.length > 0) {
    process.stderr.write(usage);
    return values.help ? 0 : 2;
  }
  // The wrapper has gone to the root; paths are meant from where it was called.
  const from = (path: string): string => resolve(process.env['OLDPWD'] ?? '.', path);
  if (values.files && name === 'restore') return runRestoreFiles(from(folder));
  return command(from(folder), values.keys === undefined ? undefined : from(values.keys));
}

main().then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exit(1);
  },
);
