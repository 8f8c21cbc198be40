import { beforeEach, describe, expect, it } from '@jest/globals';
import { CommissionTerms, FixedDue } from '@recourse/proto/web/agencies/v1/agencies';
import { Placement } from '@recourse/proto/web/agencies/v1/placements';
import { chooseLanguage } from '../session/language';
import { placementRate, termsText } from './terms-text';

beforeEach(() => chooseLanguage('zh-CN'));

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const terms = (model: CommissionTerms['model'], more: Partial<CommissionTerms> = {}) =>
  CommissionTerms.fromPartial({ model, ...more });

const brackets = terms({
  $case: 'amountBrackets',
  value: {
    brackets: [
      { from: cny(0n), rateBps: 2000 },
      { from: cny(1_000_000n), rateBps: 1250 },
    ],
  },
});

describe('commission terms in words', () => {
  it.each([
    [terms({ $case: 'flat', value: { rateBps: 1500 } }), '固定 15%'],
    [brackets, '按累计回款 20% · 满 ¥10,000.00 后 12.5%'],
    [
      terms({
        $case: 'ratchet',
        value: { steps: [{ fromRecoveredBps: 0, rateBps: 1000 }], retroactive: true },
      }),
      '按回收比例 10% · 达到后全部回款按新费率',
    ],
    [
      terms(
        { $case: 'fixed', value: { fee: cny(200_000n), due: FixedDue.PAID_IN_FULL } },
        {
          minimum: cny(1000n),
          cap: cny(2000n),
          retainer: { fee: cny(5000n), credited: true },
          litigationUpliftBps: 500,
          agencyBearsCosts: true,
          vatBps: 600,
          vatIncluded: true,
          tailDays: 30,
        },
      ),
      '每件固定 ¥2,000.00（全部收回时） · 接受时基础费 ¥50.00（抵扣佣金） · 每件最低 ¥10.00 · ' +
        '每件最高 ¥20.00 · 诉讼期间回款加 5% · 全风险代理，费用由机构承担 · 含增值税 6% · ' +
        '收回后 30 天内到账仍计佣',
    ],
  ])('%#', (said, words) => {
    expect(termsText(said)).toBe(words);
  });

  it('give a placement its one rate, or all of them', () => {
    const flat = terms({ $case: 'flat', value: { rateBps: 1500 } });
    expect(placementRate(Placement.fromPartial({ terms: flat, rateBps: 1500 }))).toBe('15%');
    expect(placementRate(Placement.fromPartial({ terms: brackets, rateBps: 2000 }))).toContain(
      '12.5%',
    );
  });
});
