import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { valueNames } from './message';

const app = join(import.meta.dirname, '..');

type Dictionaries = Readonly<Record<'zh-CN' | 'en', Readonly<Record<string, string>>>>;

const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.ts$/.test(file) && file !== 'session/language.ts')
  .filter((file) => /\bwords\($/m.test(readFileSync(join(app, file), 'utf8')))
  .toSorted();

async function dictionariesIn(file: string): Promise<Dictionaries[]> {
  const content: unknown = await import(join(app, file));
  return Object.values(content as Record<string, { dictionaries?: Dictionaries }>).flatMap(
    (value) => (value.dictionaries === undefined ? [] : [value.dictionaries]),
  );
}

describe.each(files)('%s', (file) => {
  it('asks for the same values in both languages', async () => {
    for (const { 'zh-CN': zh, en } of await dictionariesIn(file)) {
      const differing = Object.keys(zh).filter(
        (key) =>
          JSON.stringify(valueNames(zh[key] ?? '')) !== JSON.stringify(valueNames(en[key] ?? '')),
      );
      expect(differing).toEqual([]);
    }
  });

  it('leaves nothing empty and no Chinese in the English', async () => {
    for (const { 'zh-CN': zh, en } of await dictionariesIn(file)) {
      expect(Object.keys(zh).filter((key) => zh[key] === '')).toEqual([]);
      const wrong = Object.entries(en).filter(
        // Examples of what may be typed stand in Chinese on purpose.
        ([key, text]) => text === '' || (/\p{Script=Han}/u.test(text) && !key.endsWith('Hint')),
      );
      expect(wrong).toEqual([]);
    }
  });
});
