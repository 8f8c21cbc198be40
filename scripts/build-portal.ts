/** Builds the portal unless it stands built from the present sources; part of `scripts/test`. */
import { join } from 'node:path';
import { buildPortal } from './machine/portal.ts';

const root = join(import.meta.dirname, '..');
const say = (words: string) => process.stdout.write(`${words}\n`);
const { signal } = new AbortController();
try {
  await buildPortal({ root, logs: join(root, '.data', 'logs'), say, signal });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
