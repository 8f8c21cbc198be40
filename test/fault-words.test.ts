/**
 * Whatever a person can be refused has a sentence of its own on the screen, with the repair, in
 * both languages. Reasons are read from where services throw them; words from where the portal has
 * them. Both as text: the portal's modules load only in a browser.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { familyOf } from '../portal/src/app/session/reason-family.ts';

const root = join(import.meta.dirname, '..');

/** A defect is recorded and told as one; whoever is not signed in is asked to sign in. */
const toldByKind: ReadonlySet<string> = new Set(['internal', 'unauthenticated']);

/** What no person of the portal can meet, and why not. */
const notForPeople: Readonly<Record<string, string>> = {
  name_index_format: 'an index that the service itself has written',
};

function read(pattern: string): { file: string; text: string }[] {
  return globSync(pattern, { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** Reasons that the services throw by name, each with a file that does. */
function thrown(): Map<string, string> {
  const inServices = '{domain,rpc,store,jobs,intake}/**/*.ts';
  const files = read(`services/{cases,agencies,credit,blacklist,litigation}/${inServices}`);
  const reasons = new Map<string, string>();
  for (const { file, text } of files) {
    for (const [, kind = '', reason = ''] of text.matchAll(/fault\(\s*'(\w+)',\s*'(\w+)'/g)) {
      if (!toldByKind.has(kind)) reasons.set(reason, file);
    }
    // Of calculations: the field, then the reason.
    for (const [, reason = ''] of text.matchAll(/wrongField\(\s*[^,]+,\s*'(\w+)'/g)) {
      reasons.set(reason, file);
    }
  }
  return reasons;
}

/** Keys `problem.<reason>` and how often each stands there: once for each language. */
function worded(): Map<string, number> {
  const times = new Map<string, number>();
  for (const { text } of read('portal/src/app/**/*.ts')) {
    for (const [, reason = ''] of text.matchAll(/^ {4}'problem\.(\w+)':/gm)) {
      times.set(reason, (times.get(reason) ?? 0) + 1);
    }
  }
  return times;
}

describe('What services refuse', () => {
  const reasons = thrown();
  const words = worded();
  const isTold = (reason: string): boolean => {
    const family = familyOf(reason);
    return words.has(reason) || (family !== undefined && words.has(family));
  };

  it('is found where it is thrown', () => {
    expect(reasons.size).toBeGreaterThan(200);
    expect(reasons.has('case_closed')).toBe(true);
    expect(reasons.has('amount_not_positive')).toBe(true);
  });

  it('has words on the screen', () => {
    const silent = [...reasons]
      .filter(([reason]) => !(reason in notForPeople) && !isTold(reason))
      .map(([reason, file]) => `${reason} (${file}) → portal/src/app/refusals`);
    expect(silent).toEqual([]);
  });

  it('has them in both languages', () => {
    const halves = [...words].filter(([, times]) => times % 2 !== 0).map(([reason]) => reason);
    expect(halves).toEqual([]);
  });

  it('is left out only while it is thrown', () => {
    expect(Object.keys(notForPeople).filter((reason) => !reasons.has(reason))).toEqual([]);
  });
});
