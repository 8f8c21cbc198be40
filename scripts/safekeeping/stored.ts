/** Files of the object store to a folder and back. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import { Objm } from '@nats-io/obj';
import { type Bus, createBus } from '@recourse/kit/bus.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { createLog } from '@recourse/kit/log.ts';
import type { StoredFile } from './manifest.ts';

const connectMs = 15_000;

/** Connects to the broker for one piece of work; throws when it does not answer. */
export async function withBroker<T>(natsUrl: string, work: (bus: Bus) => Promise<T>): Promise<T> {
  const log = createLog('safekeeping', 'fatal');
  const bus = await createBus({ url: natsUrl, service: 'safekeeping', log });
  try {
    const end = performance.now() + connectMs;
    while (!bus.isConnected()) {
      if (performance.now() > end) throw new Error(`no broker answers at ${new URL(natsUrl).host}`);
      await wait(50);
    }
    return await work(bus);
  } finally {
    await bus.stop();
  }
}

async function isThere(bus: Bus, stream: string): Promise<boolean> {
  for await (const name of bus.jsm.streams.names()) if (name === stream) return true;
  return false;
}

type Name = { orgId: string; fileId: string };

async function namesOf(bus: Bus): Promise<Name[]> {
  if (!(await isThere(bus, 'OBJ_FILES'))) return [];
  const objects = await new Objm(bus.nc).open('FILES');
  const listed = await objects.list();
  return listed
    .filter(({ deleted }) => !deleted)
    .map(({ name }) => {
      const [orgId = '', fileId = ''] = name.split('/');
      return { orgId, fileId };
    });
}

/**
 * Copies every file into the folder that is not kept in a database, and so in its dump; a damaged
 * one ends the backup, since it would be none.
 */
export async function saveFiles(
  natsUrl: string,
  folder: string,
  kept: ReadonlySet<string>,
): Promise<StoredFile[]> {
  return withBroker(natsUrl, async (bus) => {
    const files = createFiles({ bus });
    const saved: StoredFile[] = [];
    for (const { orgId, fileId } of await namesOf(bus)) {
      if (kept.has(`${orgId}/${fileId}`)) continue;
      const { meta, stream } = await files.get(orgId, fileId);
      const { fileName, mediaType, sizeBytes, sha256 } = meta;
      const file = join('files', orgId, fileId);
      await mkdir(join(folder, 'files', orgId), { recursive: true });
      await pipeline(stream, createWriteStream(join(folder, file), { mode: 0o600 }));
      saved.push({ orgId, fileId, fileName, mediaType, sizeBytes, sha256, file });
    }
    return saved;
  });
}

/** Throws when the broker holds streams of ours: they would be told again into what is restored. */
export async function expectEmptyBroker(natsUrl: string): Promise<void> {
  const found = await withBroker(natsUrl, async (bus) => {
    const names: string[] = [];
    for await (const name of bus.jsm.streams.names()) names.push(name);
    return names;
  });
  if (found.length > 0) throw new Error(`the broker is not empty: it has ${found.join(', ')}`);
}

/**
 * Puts every file back under its name, where there is none of it; its content must be what it was.
 * Gives how many were missing.
 */
export async function loadFiles(
  natsUrl: string,
  folder: string,
  files: readonly StoredFile[],
): Promise<number> {
  if (files.length === 0) return 0;
  return withBroker(natsUrl, async (bus) => {
    const store = createFiles({ bus });
    const there = new Set((await namesOf(bus)).map(({ orgId, fileId }) => `${orgId}/${fileId}`));
    const missing = files.filter(({ orgId, fileId }) => !there.has(`${orgId}/${fileId}`));
    for (const { orgId, fileId, fileName, mediaType, sizeBytes, sha256, file } of missing) {
      const about = { fileName, mediaType, maxBytes: sizeBytes };
      const content = createReadStream(join(folder, file));
      const put = await store.put(orgId, fileId, content, about);
      if (put.sha256 !== sha256) throw new Error(`file ${fileId} is not what it was`);
    }
    return missing.length;
  });
}
