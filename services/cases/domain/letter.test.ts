import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { type Outcome, sendLetter, settleLetter, stateOf } from './letter.ts';

const today = day('2026-11-20');
const open = { caseId: 'c', state: 'OPEN' as const };
const terms = { letterBackdateDays: 7_305 };

describe('a letter that is to be logged', () => {
  it.each([
    ['case_closed', { ...open, state: 'CLOSED' as const }, 'THIRD_PARTY', '2026-11-21'],
    ['letter_to_third_party', open, 'THIRD_PARTY', '2026-11-21'],
    ['letter_in_future', open, 'DEBTOR', '2026-11-21'],
    ['letter_too_old', open, 'GUARANTOR', '2006-11-19'],
  ] as const)('is refused as %s before anything that comes after it', (reason, file, party, on) => {
    const asked = { party, sentOn: day(on), today };
    expect(() => sendLetter(file, asked, terms)).toThrow(expect.objectContaining({ reason }));
  });

  it('may be of today, or of many years ago, to the debtor or the guarantor', () => {
    expect(sendLetter(open, { party: 'DEBTOR', sentOn: today, today }, terms)).toBe('DEBTOR');
    const old = { party: 'GUARANTOR' as const, sentOn: day('2006-11-22'), today };
    expect(sendLetter(open, old, terms)).toBe('GUARANTOR');
  });
});

describe('what became of a letter', () => {
  const sent = (...outcomes: Outcome[]) => ({ permitted: true, sentOn: '2026-11-10', outcomes });
  const said = { outcome: 'SIGNED' as const, on: day('2026-11-12'), today, signer: 'MAIL_ROOM' };

  it.each([
    ['letter_not_permitted', { ...sent(), permitted: false }, {}],
    ['letter_already_settled', sent('SIGNED'), {}],
    ['letter_already_settled', sent('RETURNED'), {}],
    ['letter_already_settled', sent('DELIVERED'), { outcome: 'RETURNED' }],
    ['delivery_before_sending', sent(), { on: day('2026-11-09') }],
    ['delivery_in_future', sent(), { on: day('2026-11-21') }],
    ['signer_missing', sent(), { signer: '' }],
  ] as const)('is refused as %s', (reason, letter, more) => {
    const told = () => settleLetter(letter, { ...said, ...more });
    expect(told).toThrow(expect.objectContaining({ reason }));
  });

  it('is told once; what was delivered may be signed later', () => {
    expect(() => settleLetter(sent(), said)).not.toThrow();
    expect(() => settleLetter(sent('DELIVERED'), said)).not.toThrow();
  });

  it.each([
    [[], 'SENT'],
    [['DELIVERED'], 'DELIVERED'],
    [['DELIVERED', 'SIGNED'], 'SIGNED'],
    [['SIGNED', 'DELIVERED'], 'SIGNED'],
    [['RETURNED'], 'RETURNED'],
  ] as [Outcome[], string][])('of %j is %s', (outcomes, state) => {
    expect(stateOf(true, outcomes)).toBe(state);
    expect(stateOf(false, outcomes)).toBe('NOT_PERMITTED');
  });
});
