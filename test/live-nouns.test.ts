/**
 * A page that is read again when something changes waits for a noun that somebody tells: one of an
 * event's name (`caseOpened` tells of a `case`), or of a note that a service sends by itself.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { typeWords } from '@recourse/kit/events.ts';

const root = join(import.meta.dirname, '..');

function read(pattern: string): { file: string; text: string }[] {
  return globSync(pattern, { cwd: root })
    .filter((file) => !file.includes('.test.') && !file.includes('node_modules'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

const camel = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

function told(): Set<string> {
  const nouns = new Set<string>();
  for (const { text } of read('proto/recourse/*/v1/events.proto')) {
    for (const [, cases = ''] of text.matchAll(/oneof event \{([^}]*)\n {2}\}/g)) {
      for (const [, name = ''] of cases.matchAll(/^\s+[\w.]+ (\w+) = \d+;/gm)) {
        nouns.add(typeWords(camel(name)).noun);
      }
    }
  }
  for (const { text } of read('services/**/*.ts')) {
    for (const [, noun = ''] of text.matchAll(/noun: '(\w+)'/g)) nouns.add(noun);
  }
  return nouns;
}

describe('What pages wait for', () => {
  const nouns = told();
  const pages = read('portal/src/app/**/*.ts').flatMap(({ file, text }) =>
    [...text.matchAll(/live: \[([^\]]*)\]/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'(\w+)'/g)].map(([, noun = '']) => ({ file, noun })),
    ),
  );

  it('is found where it is told and where it is waited for', () => {
    expect([...nouns]).toEqual(expect.arrayContaining(['case', 'payment', 'job', 'import']));
    expect(pages.length).toBeGreaterThan(100);
  });

  it('is told by somebody', () => {
    expect(pages.filter(({ noun }) => !nouns.has(noun))).toEqual([]);
  });
});
