import { describe, expect, it } from '@jest/globals';
import { decimalText, parseDecimal } from '@recourse/kit/money.ts';
import fc from 'fast-check';
import { fees } from '../../rules/law/fees.ts';
import {
  acceptanceFee,
  bankruptcyFee,
  type Claim,
  enforcementFee,
  paymentOrderFee,
  preservationFee,
} from './fee.ts';
import { halvingGrounds } from './fee-schedule.ts';

const law = { fees };
const on = '2026-03-02';
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const yuan = (text: string) => {
  const read = parseDecimal(text, 'CNY');
  if (read === undefined) throw new Error(text);
  return read.amount;
};
const property = (amount: string): Claim => ({ kind: 'property', amount: yuan(amount) });

describe('the fees of legal.md 2.2', () => {
  it.each([
    ['10000', '50.00', '16.67', '50.00', '120.00'],
    ['50000', '1050.00', '350.00', '650.00', '520.00'],
    ['100000', '2300.00', '766.67', '1400.00', '1020.00'],
    ['200000', '4300.00', '1433.33', '2900.00', '1520.00'],
    ['500000', '8800.00', '2933.33', '7400.00', '3020.00'],
    ['1000000', '13800.00', '4600.00', '12400.00', '5000.00'],
    ['2000000', '22800.00', '7600.00', '22400.00', '5000.00'],
    ['5000000', '46800.00', '15600.00', '52400.00', '5000.00'],
    ['10000000', '81800.00', '27266.67', '77400.00', '5000.00'],
    ['20000000', '141800.00', '47266.67', '87400.00', '5000.00'],
    ['50000000', '291800.00', '97266.67', '117400.00', '5000.00'],
  ])('of %s are %s, %s, %s and %s', (claim, accept, order, enforce, preserve) => {
    const amount = yuan(claim);
    expect(decimalText(acceptanceFee({ claim: property(claim), on }, law).amount)).toBe(accept);
    expect(decimalText(paymentOrderFee({ amount, on }, law).amount)).toBe(order);
    expect(decimalText(enforcementFee({ amount, on }, law).amount)).toBe(enforce);
    expect(decimalText(preservationFee({ amount, on }, law).amount)).toBe(preserve);
  });

  // legal.md 2.1, the column of quick forms: rate in bps, constant in yuan.
  it.each([
    ['10000.01', 250n, -200n],
    ['99999.99', 250n, -200n],
    ['100000.01', 200n, 300n],
    ['345678.90', 150n, 1_300n],
    ['500000.01', 100n, 3_800n],
    ['1234567.89', 90n, 4_800n],
    ['4999999.99', 80n, 6_800n],
    ['7777777.77', 70n, 11_800n],
    ['10000000.01', 60n, 21_800n],
    ['20000000.01', 50n, 41_800n],
  ])('of %s follow the quick form %s bps and %s', (claim, bps, constant) => {
    const tenThousandths = yuan(claim).minor * bps + constant * 1_000_000n;
    const minor = (tenThousandths + 5_000n) / 10_000n;
    expect(acceptanceFee({ claim: property(claim), on }, law).amount).toEqual(cny(minor));
  });
});

describe('preservation', () => {
  it.each([
    ['1000', '30.00'],
    ['1000.01', '30.00'],
    ['895990', '4999.95'],
    ['895999', '5000.00'],
    ['896000', '5000.00'],
    ['896000.01', '5000.00'],
  ])('of %s costs %s', (amount, fee) => {
    expect(decimalText(preservationFee({ amount: yuan(amount), on }, law).amount)).toBe(fee);
  });

  it('without an amount costs 30', () => {
    expect(preservationFee({ on }, law).amount).toEqual(cny(3_000n));
  });

  it('is advanced by the applicant, who may claim it in the suit', () => {
    expect(preservationFee({ amount: yuan('5000000'), on }, law)).toMatchObject({
      prepaid: true,
      advancedBy: 'applicant',
      borneBy: 'applicant_may_claim_in_suit',
    });
  });
});

describe('a fee to the fen', () => {
  const fee = acceptanceFee({ claim: property('1234567.89'), on }, law);

  it('is exact and shown in whole yuan beside it', () => {
    expect(decimalText(fee.amount)).toBe('15911.11');
    expect(decimalText(fee.wholeYuan)).toBe('15911.00');
    expect(fee.rounding).toBe('half-up');
  });

  it('is derived line by line', () => {
    expect(
      fee.lines.map(({ step, base, rateBps, amount }) => [
        step,
        decimalText(base ?? cny(0n)),
        rateBps,
        decimalText(amount),
      ]),
    ).toEqual([
      ['flat', '10000.00', undefined, '50.00'],
      ['bracket', '90000.00', 250, '2250.00'],
      ['bracket', '100000.00', 200, '2000.00'],
      ['bracket', '300000.00', 150, '4500.00'],
      ['bracket', '500000.00', 100, '5000.00'],
      ['bracket', '234567.89', 90, '2111.11'],
    ]);
  });

  it('names its rule and when it is paid', () => {
    expect(fee.rule).toMatchObject({ grade: 'L', effectiveFrom: '2007-04-01' });
    expect(fee).toMatchObject({ payWithinDays: 7, advancedBy: 'plaintiff', prepaid: true });
  });
});

describe('every fee', () => {
  const amount = yuan('500000');
  it.each([
    [acceptanceFee({ claim: property('500000'), on }, law), /art\. 13\(1\)/],
    [paymentOrderFee({ amount, on }, law), /art\. 14\(3\)/],
    [enforcementFee({ amount, on }, law), /art\. 14\(1\)/],
    [preservationFee({ amount, on }, law), /art\. 14\(2\)/],
    [bankruptcyFee({ estate: amount, on }, law), /art\. 14\(6\)/],
  ])('names its article', ({ rule }, article) => {
    expect(rule.source).toMatch(article);
  });
});

describe('a fee that is halved', () => {
  it.each(halvingGrounds)('by %s is half', (ground) => {
    const fee = acceptanceFee({ claim: property('500000'), halvedBy: [ground], on }, law);
    expect(decimalText(fee.amount)).toBe('4400.00');
    expect(fee.lines.at(-1)).toEqual({ step: 'halved', amount: cny(-440_000n) });
  });

  it('is halved once only, for whatever reasons', () => {
    const both = { claim: property('500000'), halvedBy: ['simplified', 'withdrawn'] as const, on };
    expect(decimalText(acceptanceFee(both, law).amount)).toBe('4400.00');
  });

  it.each(['appeal', 'retrial'] as const)('at %s cannot be for simplified procedure', (stage) => {
    const o = { claim: property('500000'), halvedBy: ['simplified'] as const, stage, on };
    expect(() => acceptanceFee(o, law)).toThrow('halving_not_at_stage');
  });

  it('at appeal is halved by withdrawal and advanced by the appellant', () => {
    const o = { claim: property('200000'), halvedBy: ['withdrawn'] as const, on };
    const fee = acceptanceFee({ ...o, stage: 'appeal' }, law);
    expect(decimalText(fee.amount)).toBe('2150.00');
    expect(fee.advancedBy).toBe('appellant');
  });
});

describe('a claim that is not of property', () => {
  it.each<[Claim, string, string]>([
    [{ kind: 'divorce' }, '50.00', '300.00'],
    [{ kind: 'divorce', property: yuan('200000') }, '50.00', '300.00'],
    [{ kind: 'divorce', property: yuan('300000') }, '550.00', '800.00'],
    [{ kind: 'personality' }, '100.00', '500.00'],
    [{ kind: 'personality', damages: yuan('50000') }, '100.00', '500.00'],
    [{ kind: 'personality', damages: yuan('150000') }, '850.00', '1250.00'],
    [{ kind: 'other' }, '50.00', '100.00'],
    [{ kind: 'intellectual_property' }, '500.00', '1000.00'],
    [{ kind: 'jurisdiction' }, '50.00', '100.00'],
  ])('%o lies in its range', (claim, least, most) => {
    const fee = acceptanceFee({ claim, on }, law);
    expect(decimalText(fee.range?.least ?? cny(0n))).toBe(least);
    expect(decimalText(fee.range?.most ?? cny(0n))).toBe(most);
    expect(fee.amount).toEqual(fee.range?.most);
  });

  it('of labour costs 10, of intellectual property with an amount what property does', () => {
    expect(acceptanceFee({ claim: { kind: 'labour' }, on }, law).amount).toEqual(cny(1_000n));
    const claim = { kind: 'intellectual_property', amount: yuan('100000') } as const;
    expect(acceptanceFee({ claim, on }, law).amount).toEqual(cny(230_000n));
  });
});

describe('enforcement and bankruptcy', () => {
  it('are not prepaid', () => {
    expect(enforcementFee({ on }, law)).toMatchObject({
      prepaid: false,
      advancedBy: 'nobody',
      borneBy: 'enforced_party',
      range: { least: cny(5_000n), most: cny(50_000n) },
    });
    expect(bankruptcyFee({ estate: yuan('1000000'), on }, law)).toMatchObject({
      prepaid: false,
      borneBy: 'bankruptcy_estate',
      amount: cny(690_000n),
    });
  });

  // Half of 0.005x + 41,800 reaches 300,000 at 111,640,000.
  it.each([
    ['111639999.60', '300000.00', 0],
    ['111640000', '300000.00', 0],
    ['200000000', '300000.00', 1],
  ])('on an estate of %s cost %s', (estate, fee, caps) => {
    const made = bankruptcyFee({ estate: yuan(estate), on }, law);
    expect(decimalText(made.amount)).toBe(fee);
    expect(made.lines.filter(({ step }) => step === 'cap')).toHaveLength(caps);
  });
});

describe('a fee that cannot be computed', () => {
  it.each([
    [{ currency: 'USD', minor: 1n }, 'fees_need_cny'],
    [cny(0n), 'amount_not_positive'],
    [cny(-1n), 'amount_not_positive'],
  ])('on %o is refused', (amount, reason) => {
    expect(() => acceptanceFee({ claim: { kind: 'property', amount }, on }, law)).toThrow(reason);
  });

  it('before the schedule is missing, on no day is refused', () => {
    const claim = property('10000');
    expect(() => acceptanceFee({ claim, on: '2007-03-31' }, law)).toThrow('no_rule_on_day');
    expect(() => acceptanceFee({ claim, on: '2026-02-30' }, law)).toThrow('not_a_date');
  });
});

describe('any amount', () => {
  const minors = fc.bigInt({ min: 1n, max: 100_000_000_000n });
  it('has lines that add up, and never a lower fee for more', () => {
    fc.assert(
      fc.property(minors, minors, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const made = [less, more].map((minor) => [
          acceptanceFee({ claim: { kind: 'property', amount: cny(minor) }, on }, law),
          paymentOrderFee({ amount: cny(minor), on }, law),
          enforcementFee({ amount: cny(minor), on }, law),
          preservationFee({ amount: cny(minor), on }, law),
          bankruptcyFee({ estate: cny(minor), on }, law),
        ]);
        for (const fee of made.flat()) {
          expect(fee.lines.reduce((sum, line) => sum + line.amount.minor, 0n)).toBe(
            fee.amount.minor,
          );
        }
        made[0]?.forEach((fee, at) => {
          expect(fee.amount.minor <= (made[1]?.[at]?.amount.minor ?? -1n)).toBe(true);
        });
      }),
    );
  });
});
