import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { termsOn } from '../rules/in-force.ts';
import { openDispute } from './dispute.ts';
import { nextClockDay, nextStep } from './ending.ts';
import { byOn, listing, noticed, publishedListing } from './sample.ts';

const terms = termsOn(day('2026-03-20'));
const entry = publishedListing({ reviewDue: '2027-03-20', expiresOn: '2028-12-31' });

/** The entry with an objection that came in on 1 April 2026. */
const disputed = openDispute(
  entry,
  {
    disputeId: 'x1',
    kind: 'OBJECTION',
    ground: 'PAID',
    receivedOn: day('2026-04-01'),
    statement: '已付清',
    papers: [],
  },
  byOn('2026-04-01', terms),
).state;

describe('what has to be done with a listing, and until when', () => {
  it.each([
    ['a draft', listing(), '2026-03-20', 'submit', ''],
    ['one that was handed in', listing({ state: 'SUBMITTED' }), '2026-03-20', 'serve_notice', ''],
    ['the last day to object', noticed(), '2026-03-17', 'wait', '2026-03-17'],
    ['the day after it', noticed(), '2026-03-18', 'decide', ''],
    ['an entry', entry, '2027-03-19', '', '2027-03-20'],
    ['an entry a year after publication', entry, '2027-03-20', 'review', '2027-03-20'],
    ['an entry that is disputed: 20 days', disputed, '2026-04-02', 'answer_dispute', '2026-04-21'],
  ])('of %s', (_words, one, today, step, due) => {
    expect(nextStep(one, today)).toEqual({ step, due });
  });

  it.each([
    ['the notice period is over', noticed(), '2026-03-10', '2026-03-18'],
    ['an answer is late', disputed, '2026-04-02', '2026-04-22'],
    ['the review has come', entry, '2026-03-21', '2027-03-20'],
    ['only the expiry is left', entry, '2027-03-20', '2029-01-01'],
    [
      'one that was handed in is too old',
      listing({ state: 'SUBMITTED', expiresOn: '2028-12-31' }),
      '2026-03-20',
      '2029-01-01',
    ],
  ])('the clock looks again on the day when %s', (_words, one, today, expected) => {
    expect(nextClockDay(one, today)).toBe(expected);
  });
});
