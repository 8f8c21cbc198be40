import { describe, expect, it } from '@jest/globals';
import { CommissionTerms, FixedDue } from '@recourse/proto/web/agencies/v1/agencies';
import { draftOf, termsOf } from './terms-draft';
import type { BandDraft, TermsDraft } from './terms-draft';

const draft = (more: Partial<TermsDraft>): TermsDraft => ({ ...draftOf(undefined), ...more });
const banded = (...bands: BandDraft[]) => draft({ model: 'ageBands', ageBands: bands });

describe('commission terms as they are written', () => {
  it.each([
    { model: { $case: 'flat' as const, value: { rateBps: 1250 } }, vatBps: 600, tailDays: 0 },
    {
      model: {
        $case: 'ageBands' as const,
        value: {
          bands: [
            { fromDaysOverdue: 0, rateBps: 800 },
            { fromDaysOverdue: 91, rateBps: 2205 },
          ],
        },
      },
      vatBps: 0,
      tailDays: 30,
    },
    {
      model: {
        $case: 'amountBrackets' as const,
        value: {
          brackets: [
            { from: { currency: 'USD', minor: 0n }, rateBps: 2000 },
            { from: { currency: 'USD', minor: 1_000_050n }, rateBps: 1500 },
          ],
        },
      },
      vatBps: 600,
      tailDays: 30,
      minimum: { currency: 'USD', minor: 50_000n },
      cap: { currency: 'USD', minor: 900_000n },
      litigationUpliftBps: 250,
    },
    {
      model: {
        $case: 'ratchet' as const,
        value: {
          steps: [
            { fromRecoveredBps: 0, rateBps: 1000 },
            { fromRecoveredBps: 3350, rateBps: 1500 },
          ],
          retroactive: true,
        },
      },
      vatBps: 600,
      tailDays: 30,
      vatIncluded: true,
      agencyBearsCosts: true,
    },
    {
      model: {
        $case: 'fixed' as const,
        value: { fee: { currency: 'CNY', minor: 200_000n }, due: FixedDue.PAID_IN_FULL },
      },
      vatBps: 600,
      tailDays: 30,
      retainer: { fee: { currency: 'CNY', minor: 10_000n }, credited: false },
    },
  ])('give back what they were made from', (terms) => {
    expect(termsOf(draftOf(CommissionTerms.fromPartial(terms)))).toEqual(terms);
  });

  it('begin without a rate, with the usual VAT and tail', () => {
    expect(termsOf(draftOf(undefined))).toBeUndefined();
    expect(termsOf(draft({ rate: '12.5' }))).toMatchObject({ vatBps: 600, tailDays: 30 });
  });

  it.each([
    ['a rate above all', draft({ rate: '101' })],
    ['VAT above a half', draft({ rate: '10', vat: '60' })],
    ['a tail of more than a year', draft({ rate: '10', tail: '366' })],
    ['no band', banded()],
    ['bands not from day 0', banded({ from: '30', rate: '10' })],
    ['bands that do not rise', banded({ from: '0', rate: '10' }, { from: '0', rate: '20' })],
    ['a fee of nothing', draft({ model: 'fixed', fee: '0' })],
    ['a cap below the minimum', draft({ rate: '10', minimum: '200', cap: '100' })],
    ['an amount that cannot be read', draft({ rate: '10', retainer: 'viel' })],
    [
      'a step that falls and reaches back',
      draft({
        model: 'ratchet',
        retroactive: true,
        ratchet: [
          { from: '0', rate: '10' },
          { from: '50', rate: '5' },
        ],
      }),
    ],
    ['a band half written', banded({ from: '0', rate: '10' }, { from: '31', rate: '' })],
  ])('do not hold with %s', (_what, written) => {
    expect(termsOf(written)).toBeUndefined();
  });
});
