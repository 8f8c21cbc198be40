import { describe, expect, it } from '@jest/globals';
import { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import { draftOf, termsOf } from './terms-draft';
import type { BandDraft, TermsDraft } from './terms-draft';

const draft = (more: Partial<TermsDraft>): TermsDraft => ({ ...draftOf(undefined), ...more });
const banded = (...bands: BandDraft[]) => draft({ model: 'ageBands', bands });

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
    ['a band half written', banded({ from: '0', rate: '10' }, { from: '31', rate: '' })],
  ])('do not hold with %s', (_what, written) => {
    expect(termsOf(written)).toBeUndefined();
  });
});
