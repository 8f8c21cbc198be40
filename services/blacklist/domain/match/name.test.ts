import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import type { ReasonCode, Verdict } from './comparison.ts';
import { matcher } from './matcher.ts';

const { compareNames, brandOf } = matcher(nameWords);

type Case = [a: string, b: string, verdict: Verdict, reason: ReasonCode];

const same: Case[] = [
  [
    'Müller & Söhne GmbH',
    'MUELLER UND SOEHNE Gesellschaft mit beschränkter Haftung',
    'strong',
    'spelling_near',
  ],
  ['ＡＢＣ　Ｔｒａｄｉｎｇ', 'abc trading', 'strong', 'same_words'],
  ['A.B.C. Holdings', 'ABC Holding', 'strong', 'same_words'],
  ['Good Will Company', 'Goodwill Co.', 'strong', 'same_words'],
  ['ООО "Ромашка"', 'Romashka LLC', 'strong', 'same_words'],
  ['Café Zürich AG', 'Cafe Zurich Aktiengeselschaft', 'strong', 'same_words'],
  ['Brigade Forty-Four', 'Brigade 44', 'strong', 'same_words'],
  ['華為技術有限公司', '华为技术有限公司', 'strong', 'same_words'],
  ['金丝雀影视文化传媒（山东）有限公司', '山东金丝雀影视文化传媒有限公司', 'strong', 'brand_same'],
];

const held: Case[] = [
  ['Northgate Bank No. 5', 'Northgate Bank No. 6', 'none', 'number_differs'],
  ['Lakeside Management 23', 'Lakeside Management', 'weak', 'number_missing'],
  ['Orion Systems Ltd', 'Orion Ltd', 'weak', 'word_missing'],
  ['Orion Systems Ltd', 'Arden Systems Ltd', 'none', 'words_differ'],
  ['Bank of Panama', 'Bank of Cuba', 'none', 'region_differs'],
  ['Orion AG', 'Orion GmbH', 'weak', 'form_differs'],
  ['上海恒通贸易第一分公司', '上海恒通贸易第二分公司', 'none', 'number_differs'],
  ['上海恒通贸易有限公司', '北京恒通贸易有限公司', 'weak', 'region_differs'],
  ['上海恒通贸易有限公司', '上海恒达贸易有限公司', 'none', 'brand_differs'],
  ['江苏江阴农村商业银行', '江苏常熟农村商业银行', 'none', 'brand_differs'],
  ['江苏昆山市恒通贸易', '江苏常熟市恒通贸易', 'weak', 'region_differs'],
  ['江苏省农村商业银行', '江苏常熟市农村商业银行', 'weak', 'region_missing'],
  ['中国丝绸集团有限公司', '中国绢纺丝绸集团有限公司', 'none', 'trade_differs'],
  ['Arden Tool Import/Export Ltd', 'Orvel Tool Import/Export Ltd', 'none', 'words_differ'],
];

const asking: Case[] = [
  ['上海鑫源贸易有限公司', '上海新源贸易有限公司', 'possible', 'brand_sounds_same'],
  ['华为技术有限公司', 'Huawei Technologies Co., Ltd.', 'possible', 'brand_sounds_same'],
  ["People's Housing Union", 'PHU', 'possible', 'acronym'],
  ['Zhongxin Bus Co., Ltd.', 'Zhongxun Bus Co., Ltd.', 'possible', 'spelling_near'],
  ['Norwend Metal Protection Ltd', 'Norwend Metal Production Ltd', 'possible', 'spelling_near'],
  ['Norwend Metal Works', 'Norwend Metal Works Turkey', 'possible', 'region_missing'],
  ['Arden Lake Society / Orvel', 'Arden Lake Society / Mistra', 'possible', 'same_words'],
];

describe('Two company names', () => {
  it.each([...same, ...held, ...asking])('%s | %s is %s (%s)', (a, b, verdict, code) => {
    const found = compareNames(a, b, 'company');
    expect([found.verdict, found.reasons.map((one) => one.code)]).toEqual([
      verdict,
      expect.arrayContaining([code]),
    ]);
  });

  it('score alike in either order', () => {
    for (const [a, b] of [...same, ...held, ...asking]) {
      expect(compareNames(a, b, 'company').score).toBe(compareNames(b, a, 'company').score);
    }
  });
});

const persons: Case[] = [
  ['Dr. Ana María Núñez', 'NUNEZ, Ana Maria', 'strong', 'same_words'],
  ['Сергей Викторович Иванов', 'Sergei Ivanov', 'strong', 'same_words'],
  ["'Abd al-Rahman al-Tikriti", 'Abdulrahman Tikriti', 'strong', 'same_words'],
  ['J. Whitlock', 'Jonas Whitlock', 'possible', 'initial'],
  ['Aleksandr Borodin', 'Aleksandra Borodin', 'possible', 'spelling_near'],
  ['A. Whitlock', 'Jonas Whitlock', 'none', 'initial_differs'],
  ['Jonas Whitlock', 'Whitlock', 'weak', 'one_word_only'],
  ['Ivan Petrovich Sidorov', 'Ivan Pavlovich Sidorov', 'weak', 'patronymic_differs'],
  ['Jonas Whitlock', 'Martin Whitlock', 'none', 'words_differ'],
  ['欧阳小明', 'Ouyang Xiaoming', 'possible', 'read_aloud_same'],
  ['王小明', '王晓明', 'possible', 'read_aloud_same'],
];

describe('Two names of persons', () => {
  it.each(persons)('%s | %s is %s (%s)', (a, b, verdict, code) => {
    const found = compareNames(a, b, 'person');
    expect([found.verdict, found.reasons.map((one) => one.code)]).toEqual([
      verdict,
      expect.arrayContaining([code]),
    ]);
  });
});

describe('Two names of which nobody says whose they are', () => {
  it.each<Case>([
    ['Norwend Arden Metal Works Ltd', 'Norwend Orvel Metal Works Ltd', 'none', 'words_differ'],
    ['Whitlock, Pat', 'Pat Whitlock', 'strong', 'same_words'],
    ['Arden Metal Works Inc', 'Arden Metal Works', 'strong', 'same_words'],
  ])('%s | %s is %s (%s)', (a, b, verdict, code) => {
    const found = compareNames(a, b, 'unknown');
    expect([found.verdict, found.reasons.map((one) => one.code)]).toEqual([
      verdict,
      expect.arrayContaining([code]),
    ]);
  });
});

describe('An empty name', () => {
  it.each(['', '  ', '()', '"'])('%j is like nothing', (text) => {
    expect(compareNames(text, 'Orion', 'unknown')).toMatchObject({ score: 0, verdict: 'none' });
  });
});

describe('A Chinese company name', () => {
  it.each([
    ['柳州国联运输集团有限公司', '国联'],
    ['广州市天河区丹妮贸易商行', '丹妮'],
    ['華為技術有限公司', '華為'],
    ['大厂回族自治县大唐艺术行', '大唐'],
    ['昌邑市柳疃镇海棠小百货店', '海棠'],
    ['广州国际货运公司', undefined],
    ['广东东阳光科技有限公司', '东阳光'],
    ['浔阳市浔远拉链科技有限公司', '浔远'],
    ['青州市农村信用合作联社', undefined],
  ])('%s has the brand %s', (name, brand) => {
    expect(brandOf(name)).toBe(brand);
  });
});
