import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import type { NameKind, Verdict } from './comparison.ts';
import { matcher } from './matcher.ts';
import { wadeGiles } from './syllable.ts';

const { compareNames, nameIndex } = matcher(nameWords);

describe('A syllable of pinyin', () => {
  it.each([
    ['xu', 'hsu'],
    ['zhang', 'chang'],
    ['cai', 'tsai'],
    ['zhou', 'chou'],
    ['xie', 'hsieh'],
    ['qian', 'chien'],
    ['jiong', 'chiung'],
    ['guo', 'kuo'],
    ['zhuo', 'cho'],
    ['dong', 'tung'],
    ['ren', 'jen'],
    ['xue', 'hsueh'],
    ['lv', 'lu'],
    ['si', 'ssu'],
    ['shi', 'shih'],
    ['ang', 'ang'],
    ['wei', 'wei'],
  ])('%s is %s in Wade–Giles', (pinyin, expected) => {
    expect(wadeGiles(pinyin)[0]).toBe(expected);
  });
});

type Case = [a: string, b: string, kind: NameKind, verdict: Verdict];

const same: Case[] = [
  ['Hsu Wei-ting', 'Xu Weiting', 'person', 'possible'],
  ['Wei-ting Hsu', 'XU Weiting', 'person', 'possible'],
  ['Chang Tsung-han', 'Zhang Zonghan', 'person', 'possible'],
  ['Tsai Chih-ming', 'Cai Zhiming', 'person', 'possible'],
  ['Chou Hsiu-chu', 'Zhou Xiuzhu', 'person', 'possible'],
  ['Ouyang Chien', 'Ouyang Jian', 'person', 'possible'],
  ['許偉庭', 'Hsu Wei-ting', 'person', 'possible'],
  ['蔡志明', 'Tsai Chih-ming', 'person', 'possible'],
  ['Hsin Tung Yang Foods Co., Ltd.', 'Xindongyang Food Co Ltd', 'company', 'possible'],
  ['Ching Fu Shipbuilding Co', 'Jingfu Shipbuilding Co., Ltd.', 'company', 'possible'],
  ['新東陽股份有限公司', 'Hsin Tung Yang Co., Ltd.', 'company', 'possible'],
];

const others: Case[] = [
  // Two names in pinyin that would be one in Wade–Giles.
  ['Zhu Wei', 'Qu Wei', 'person', 'none'],
  ['Xindongyang Food Co Ltd', 'Xintongyang Food Co Ltd', 'company', 'possible'],
  ['Hsu Wei-ting', 'Xu Meiling', 'person', 'none'],
  ['Chang Tsung-han', 'Zhang Zong', 'person', 'weak'],
  ['Hsin Tung Yang Foods Co', 'Xinbeiyang Food Co', 'company', 'none'],
];

describe('Two names in two ways to write Chinese', () => {
  it.each([...same, ...others])('%s | %s (%s) is %s', (a, b, kind, verdict) => {
    const found = compareNames(a, b, kind);
    expect(found.verdict).toBe(verdict);
    expect(compareNames(b, a, kind).score).toBe(found.score);
  });

  it.each(same)('%s finds %s (%s)', (a, b, kind) => {
    const index = nameIndex();
    index.add({ id: 'sought', names: [b], kind });
    for (const other of ['Li Na', 'Wang Fang', 'Northern Trading', '王芳', '北方贸易']) {
      index.add({ id: other, names: [other], kind });
    }
    expect(index.search(a, { kind, limit: 1 })[0]?.id).toBe('sought');
  });
});
