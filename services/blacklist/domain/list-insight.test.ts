import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { type Counted, listInsight, monthsUntil } from './list-insight.ts';

const zone = 'Asia/Shanghai';
const today = day('2026-03-20');

function one(more: Partial<Counted>): Counted {
  return {
    state: 'PUBLISHED',
    category: 'FRAUD',
    submittedAt: '2026-01-05T02:00:00Z',
    publishedOn: '2026-01-25',
    endReason: '',
    endedAt: '',
    disputes: [],
    ...more,
  };
}

function figures(listings: readonly Counted[], count = 3) {
  return listInsight(listings, { months: monthsUntil(today, count), today, zone });
}

describe('the months', () => {
  it('end with the present one and pass over the turn of the year', () => {
    expect(monthsUntil(today, 4)).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
  });
});

describe('the insight of a list', () => {
  it('of nothing is nothing, for every month', () => {
    const found = figures([]);
    expect(found.months.map((each) => each.month)).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(found).toMatchObject({ published: 0, categories: [], ends: [], overdueAnswers: 0 });
    expect([found.medianDaysToPublish, found.medianDaysToAnswer]).toEqual([undefined, undefined]);
  });

  it('counts each step in its own month, by the association’s calendar', () => {
    const found = figures([
      one({}),
      // The last hours of January in UTC are February in Shanghai.
      one({ state: 'SUBMITTED', submittedAt: '2026-01-31T17:00:00Z', publishedOn: '' }),
      one({ state: 'REMOVED', endReason: 'paid', endedAt: '2026-03-01T03:00:00Z' }),
      one({
        state: 'REJECTED',
        publishedOn: '',
        endReason: 'dispute_upheld',
        endedAt: '2026-02-03T03:00:00Z',
      }),
      one({ submittedAt: '2025-06-01T02:00:00Z', publishedOn: '2025-07-01' }),
    ]);
    expect(found.months).toMatchObject([
      { month: '2026-01', submitted: 3, published: 2, refused: 0, ended: 0 },
      { month: '2026-02', submitted: 1, published: 0, refused: 1, ended: 0 },
      { month: '2026-03', submitted: 0, published: 0, refused: 0, ended: 1 },
    ]);
    expect(found.ends).toEqual([{ reason: 'paid', count: 1 }]);
    expect(found.published).toBe(2);
  });

  it('measures how long publication and answers took, of this period only', () => {
    const answered = (receivedOn: string, answeredAt: string) => ({
      receivedOn,
      answerBy: '2026-02-21',
      outcome: 'REJECTED' as const,
      answeredAt,
    });
    const found = figures([
      one({ publishedOn: '2026-01-25' }),
      one({
        publishedOn: '2026-02-01',
        disputes: [answered('2026-02-01', '2026-02-06T02:00:00Z')],
      }),
      one({
        publishedOn: '2026-02-04',
        disputes: [answered('2026-02-01', '2026-02-22T02:00:00Z')],
      }),
      one({ submittedAt: '2020-01-01T00:00:00Z', publishedOn: '2025-01-01' }),
    ]);
    expect(found.medianDaysToPublish).toBe(27);
    expect(found.medianDaysToAnswer).toBe(5);
    expect(found.months[1]).toMatchObject({ disputes: 2, answered: 2, upheld: 0, answeredLate: 1 });
  });

  it('tells disputes that are upheld, open and overdue apart', () => {
    const dispute = { receivedOn: '2026-03-01', answerBy: '2026-03-19', answeredAt: '' };
    const upheld = {
      ...dispute,
      outcome: 'UPHELD' as const,
      answeredAt: '2026-03-19T15:00:00Z',
    };
    const found = figures([
      one({ disputes: [dispute] }),
      one({ disputes: [{ ...dispute, answerBy: '2026-03-20' }], category: 'LOST_CONTACT' }),
      one({ disputes: [upheld], category: 'LOST_CONTACT' }),
    ]);
    expect(found.overdueAnswers).toBe(1);
    expect(found.categories).toEqual([
      { category: 'LOST_CONTACT', published: 2, disputed: 1 },
      { category: 'FRAUD', published: 1, disputed: 1 },
    ]);
    // 23:00 in Shanghai is still the last day.
    expect(found.months[2]).toMatchObject({
      disputes: 3,
      answered: 1,
      upheld: 1,
      answeredLate: 0,
    });
  });
});
