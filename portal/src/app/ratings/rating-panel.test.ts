import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AskWhatIfRequest,
  AskWhatIfResponse,
  GetRatingResponse,
  Grade,
  Rating,
  RatingCause,
  WarningSeverity,
} from '@recourse/proto/web/credit/v1/ratings';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { RatingPanel } from './rating-panel';

@Component({
  imports: [RatingPanel],
  template: `<rc-rating-panel [customerId]="customerId" />`,
})
class Host {
  readonly customerId = 'c1';
}

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const rated = GetRatingResponse.fromPartial({
  rating: {
    ratingId: 'r',
    grade: Grade.BB,
    gradeBefore: Grade.A,
    pdBps: 320,
    score: 571,
    basePoints: 600,
    cause: RatingCause.PROMISE_BROKEN,
    modelId: 'expert',
    modelVersion: 'expert-2026-01',
    policyVersion: 'shipped-2026-01',
    limit: cny(400_000_00n),
    policyLimit: cny(800_000_00n),
    terms: { prepaid: false, netDays: 30, discountBps: 0, discountDays: 0 },
    knownBps: 3500,
    reviewOn: '2027-05-22',
    reasons: [
      {
        code: 'late_share',
        points: -12,
        value: '0.4',
        from: '0.3',
        until: '0.5',
        group: 'behaviour',
      },
      { code: 'lawsuit', points: -10, value: '2026-03-01', group: 'external' },
      { code: 'integrity', points: 0, missing: true, group: 'qualitative' },
    ],
  },
  exposure: cny(500_000_00n),
  usedBps: 12_500,
  overLimit: true,
  warnings: [
    {
      warningId: 'w',
      code: 'limit_exceeded',
      severity: WarningSeverity.SERIOUS,
      advice: 'stop_delivery',
      facts: [
        { name: 'exposure_minor', value: '50000000' },
        { name: 'limit_minor', value: '40000000' },
        { name: 'currency', value: 'CNY' },
      ],
    },
  ],
});

async function open(body: GetRatingResponse, roles = ['credit_manager']): Promise<Screen<Host>> {
  TestBed.configureTestingModule({ providers: pageProviders({ roles }) });
  const shown = show(Host);
  await answer('/v1/customers/c1/rating', GetRatingResponse.toJSON(body));
  return shown;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('a rated customer', () => {
  it('says every reason with what was found, its bin and its points', async () => {
    const screen = await open(rated);
    const rows = screen.texts('rc-reasons-table tbody tr');
    expect(rows[0]).toContain('600');
    const cells = screen.texts('rc-reasons-table tbody tr:nth-child(2) > *');
    expect(cells.slice(0, 4)).toEqual(['逾期付款占比 付款行为', '40%', '30% 至 50%', '−12']);
    expect(rows[2]).toContain('涉诉');
    expect(rows).toHaveLength(3);
    expect(screen.texts('rc-reasons-table summary')).toEqual(['没有影响的 1 项']);
    expect(screen.texts('rc-reasons-table tfoot')[0]).toContain('571');
  });

  it('says how far it is over its limit, why that is low, and what stands against it', async () => {
    const screen = await open(rated);
    expect(screen.texts('rc-limit-bar')[0]).toContain('超出额度 ¥100,000.00');
    const [text = ''] = screen.texts('rc-rating-panel');
    expect(text).toContain('政策对该等级的额度为 ¥800,000.00');
    expect(text).toContain('严重 · 超额度');
    expect(text).toContain('停止发货');
  });

  it('answers what would be if the overdue were paid and a signal gone', async () => {
    const screen = await open(rated);
    await screen.click('rc-what-if input[type=checkbox]', 0);
    await screen.click('rc-what-if input[type=checkbox]', 1);
    const asked = screen.click('rc-what-if button');
    const other = { ...rated.rating, grade: Grade.A, pdBps: 70, limit: cny(3_000_000_00n) };
    // Set by name: an object written with it would look like a promise.
    const body = AskWhatIfResponse.fromPartial({ present: rated.rating ?? {}, pointsGained: 22 });
    Reflect.set(body, 'then', Rating.fromPartial(other));
    const sent = await answer('/v1/customers/c1/rating:whatIf', AskWhatIfResponse.toJSON(body));
    await asked;
    expect(AskWhatIfRequest.fromJSON(sent)).toMatchObject({
      overduePaid: true,
      flagsGone: ['lawsuit'],
    });
    expect(screen.texts('rc-what-if .answer li')).toEqual([
      '等级 BB → A',
      '得分 +22',
      '违约概率 3.2% → 0.7%',
      '额度 ¥400,000.00 → ¥3,000,000.00',
    ]);
  });

  it('is said in English too', async () => {
    chooseLanguage('en');
    const [text = ''] = (await open(rated)).texts('rc-rating-panel');
    expect(text).toContain('Why this grade');
    expect(text).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('a customer that was never rated', () => {
  const none = GetRatingResponse.fromPartial({ exposure: cny(0n) });

  it('can be rated by those who may, and by nobody else', async () => {
    expect((await open(none)).texts('button')).toEqual(['重新评级']);
  });

  it('shows no button to a collector', async () => {
    expect((await open(none, ['collector'])).texts('button')).toEqual([]);
  });
});
