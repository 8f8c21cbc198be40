import { beforeEach, describe, expect, it } from '@jest/globals';
import { RankedAgency, RankingComponent } from '@recourse/proto/web/agencies/v1/ranking';
import { chooseLanguage } from '../session/language';
import { effectText, figureText, levelText, movers, plotRange, pointsText } from './score-text';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the figures of a ranking', () => {
  it.each<[bigint, string, string]>([
    [5025n, '50.25', '+50.25'],
    [-7n, '−0.07', '−0.07'],
    [0n, '0.00', '0.00'],
    [320n, '3.20', '+3.20'],
  ])('%s hundredths are %s points', (hundredths, points, effect) => {
    expect(pointsText(hundredths)).toBe(points);
    expect(effectText(hundredths)).toBe(effect);
  });

  it.each<[string, bigint, string]>([
    ['bps', 1234n, '12.34%'],
    ['tenths_of_day', 155n, '15.5 天'],
    ['per_thousand_cases', 3n, '每千件 3'],
  ])('are written in their unit %s', (unit, value, text) => {
    expect(figureText({ unit }, value)).toBe(text);
  });

  it('name bands, and leave industries as they are called', () => {
    expect(levelText({ feature: 'age', level: '91', cases: 1n, indexBps: 1n })).toBe('91–180 天');
    expect(levelText({ feature: 'industry', level: '贸易', cases: 1n, indexBps: 1n })).toBe('贸易');
  });

  it('reach as far as the intervals do, always over the expectation', () => {
    const agency = RankedAgency.fromPartial({
      scoreLowHundredths: 6130n,
      scoreHighHundredths: 7710n,
    });
    expect(plotRange([agency])).toEqual({ from: 40, to: 80 });
  });
});

describe('what moved an agency', () => {
  it('is at most three components, strongest first, none that is unrecorded or slight', () => {
    const line = (component: RankingComponent, effectHundredths: bigint, recorded = true) => ({
      component,
      effectHundredths,
      recorded,
    });
    const agency = RankedAgency.fromPartial({
      lines: [
        line(RankingComponent.RECOVERY, 120n),
        line(RankingComponent.COST, -800n),
        line(RankingComponent.PUNCTUALITY, 49n),
        line(RankingComponent.COMPLAINTS, 900n, false),
        line(RankingComponent.CONVERSION, 60n),
        line(RankingComponent.CYCLE_TIME, -61n),
      ],
    });
    expect(movers(agency).map((one) => one.component)).toEqual([
      RankingComponent.COST,
      RankingComponent.RECOVERY,
      RankingComponent.CYCLE_TIME,
    ]);
  });
});
