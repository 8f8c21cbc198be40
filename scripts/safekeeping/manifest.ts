/** What a backup says of itself: `manifest.json`, written last: without it there is no backup. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Migration = { name: string; hash: string };

/** One table's rows, in PostgreSQL's text format of COPY, gzipped. */
export type Table = { name: string; columns: readonly string[]; rows: number; file: string };

export type Database = {
  service: string;
  migrations: readonly Migration[];
  tables: readonly Table[];
  /** Where each sequence stood, as text: they are 64 bits wide. */
  sequences: Readonly<Record<string, string>>;
};

export type StoredFile = {
  orgId: string;
  fileId: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  file: string;
};

export type Manifest = {
  format: 1;
  /** Every database is of this moment; written in UTC. */
  takenAt: string;
  postgresVersion: string;
  databases: readonly Database[];
  files: readonly StoredFile[];
  /** Ids of the keys that wrap the data keys in it: they are kept elsewhere. */
  wrappingKeys: readonly string[];
  /** What the embedded identity provider keeps; none when the provider is another one. */
  identity?: string;
  /** SHA-256 of every file of the backup, by path. */
  sums: Readonly<Record<string, string>>;
};

export const manifestName = 'manifest.json';

export async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Reads a manifest; throws in words when it is none or of another format. */
export function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestName), 'utf8');
  } catch {
    throw new Error(`there is no finished backup in ${folder}: ${manifestName} is missing`);
  }
  const manifest = JSON.parse(text) as Partial<Manifest>;
  if (manifest.format !== 1) {
    throw new Error(`the backup has format ${String(manifest.format)}, this version reads 1`);
  }
  return manifest as Manifest;
}

/** Throws with the name of the first file that is not as it was when the backup was taken. */
export async function checkSums(folder: string, { sums }: Manifest): Promise<void> {
  for (const [file, expected] of Object.entries(sums)) {
    const found = await sumOf(join(folder, file)).catch(() => 'missing');
    if (found !== expected) throw new Error(`the backup is damaged: ${file} is not what it was`);
  }
}
