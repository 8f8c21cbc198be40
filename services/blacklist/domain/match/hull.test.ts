import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import type { Verdict } from './comparison.ts';
import { matcher } from './matcher.ts';

const { compareNames } = matcher(nameWords);

type Case = [a: string, b: string, verdict: Verdict];

const ships: Case[] = [
  ['MV Aurora Spirit', 'Aurora Spirit', 'possible'],
  ['M/V AURORA SPIRIT', 'Aurora Spirit', 'possible'],
  ['M.T. Aurora II', 'AURORA 2', 'possible'],
  ['MV Aurora 3', 'MT Aurora 3', 'possible'],
  ['Aurora Spirit (IMO 9187629)', 'Aurora Spirit', 'strong'],
  ['Aurora I', 'AURORA 1', 'strong'],
  ['Aurora XIV', 'AURORA 14', 'strong'],
  ['MV Aurora 3', 'Aurora 5', 'none'],
  ['M/V Aurora', 'M/V Borealis', 'none'],
];

const aircraft: Case[] = [
  ['EP-MNK', 'EPMNK', 'strong'],
  ['YV 2763', 'YV2763', 'strong'],
  ['EP-MNK', 'EP-MND', 'none'],
  ['YV2763', 'YV2558', 'none'],
];

/** The same letters before a firm are a part of its name. */
const firms: Case[] = [
  ['MT Sinai Hospital', 'Sinai Hospital', 'weak'],
  ['SS Lavoro SpA', 'Lavoro SpA', 'weak'],
  ['MS Industries GmbH', 'Industries GmbH', 'none'],
  ['MT Holgard A/S', 'MT Holgard', 'strong'],
];

describe('Names of ships, aircraft, and firms like them', () => {
  it.each([...ships, ...aircraft, ...firms])('%s | %s is %s', (a, b, verdict) => {
    const found = compareNames(a, b, 'company');
    expect(found.verdict).toBe(verdict);
    expect(compareNames(b, a, 'company').score).toBe(found.score);
  });
});
