import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import {
  Matter as MatterCodec,
  type SmallClaimsBasis,
} from '@recourse/proto/litigation/v1/matters.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import type { Matter } from './matter.ts';
import { begin, move } from './proceeding.ts';
import { standingOf } from './small-claim.ts';

const book = { tracks, law, calendar: prcCalendar() };
const actor = { userId: 'u', name: '王律', orgId: 'o', orgName: '远望机电' };
const at = Temporal.Instant.from('2026-07-01T01:00:00Z');
const doing = { actor, at, today: day('2026-07-01') };
const on = '2026-03-02';

const matter = (minor: bigint, more: Partial<Matter> = {}): Matter =>
  MatterCodec.fromPartial({
    matterId: 'm',
    state: 'MATTER_STATE_OPEN',
    currency: 'CNY',
    province: '江苏省',
    claims: [
      {
        claimId: 'a',
        kind: 'CLAIM_KIND_PRINCIPAL',
        amount: { currency: 'CNY', minor: minor - 1n },
      },
      { claimId: 'b', kind: 'CLAIM_KIND_INTEREST', amount: { currency: 'CNY', minor: 1n } },
    ],
    ...more,
  });
const basis = (more: Partial<SmallClaimsBasis>): SmallClaimsBasis => ({
  wage: undefined,
  agreedOn: '',
  agreement: '',
  ...more,
});
const agreed = basis({ agreedOn: '2026-02-27', agreement: '合同第十条' });
const wage = { currency: 'CNY', minor: 15_000_000n };

const beginning = (of: Matter, smallClaims?: SmallClaimsBasis, from = on) => {
  const said = { procedure: 'PROCEDURE_SMALL_CLAIMS', court: '', on: from, moveId: 'b' } as const;
  return begin(of, { proceedingId: 'p', ...said, smallClaims }, book, doing).state;
};

// 江苏 2026: 64,610 at most, 258,440 by agreement (rules/law/average-wages.csv).
describe('small claims in a province whose ceilings are known', () => {
  it.each([
    [6_461_000n, undefined],
    [6_461_001n, agreed],
    [25_844_000n, agreed],
  ])('begin with %s fen claimed', (minor, given) => {
    const [proceeding] = beginning(matter(minor), given).proceedings;
    expect(proceeding?.procedure).toBe('PROCEDURE_SMALL_CLAIMS');
    expect(proceeding?.smallClaims).toEqual(given);
  });

  it.each([
    [6_461_001n, undefined, 'small_claim_needs_agreement', '64610.01'],
    [25_844_000n, basis({ agreement: '口头' }), 'small_claim_needs_agreement', '258440.00'],
    [25_844_001n, undefined, 'small_claim_above_ceiling', '258440.01'],
    [25_844_001n, agreed, 'small_claim_above_ceiling', '258440.01'],
  ])('are refused with %s fen claimed: %s', (minor, given, reason, claimed) => {
    const ceilings = { mandatoryUpTo: '64610.00', byAgreementUpTo: '258440.00', wageYear: 2024 };
    const facts = { claimed, ...ceilings };
    expect(() => beginning(matter(minor), given)).toThrow(
      expect.objectContaining({ kind: 'refused', reason, facts }),
    );
  });

  it('take the wage that is given before the table’s', () => {
    expect(beginning(matter(7_500_000n), basis({ wage })).proceedings).toHaveLength(1);
    expect(() => beginning(matter(7_500_001n), basis({ wage }))).toThrow(
      'small_claim_needs_agreement',
    );
  });

  it('are looked at again when they are filed with more claimed', () => {
    const begun = beginning(matter(6_000_000n));
    const more = { ...begun, claims: matter(7_000_000n).claims };
    const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n, moveId: 'f' };
    const filed = { proceedingId: 'p', stage: 'filed', on: '2026-03-05', ...said };
    expect(() => move(more, filed, book, doing)).toThrow('small_claim_needs_agreement');
    const state = move(more, { ...filed, smallClaims: agreed }, book, doing).state;
    expect(state.proceedings[0]).toMatchObject({ stage: 'filed', smallClaims: agreed });
  });
});

describe('small claims of which nothing can be told', () => {
  const usd = [{ ...matter(2n).claims[0], amount: { currency: 'USD', minor: 100n } }];
  const abroad = MatterCodec.fromPartial({ ...matter(2n), currency: 'USD', claims: usd });
  it.each<[string, Matter, string, string]>([
    [
      'of a province without a row',
      matter(99_000_000n, { province: '北京市' }),
      on,
      'average_wage',
    ],
    ['of a province nobody named', matter(99_000_000n, { province: '' }), on, 'province'],
    ['in another currency', abroad, on, 'amount_in_yuan'],
    ['of before the ceilings of today', matter(99_000_000n), '2021-12-31', ''],
  ])('%s say so, and are not refused', (_what, of, filedOn, asks) => {
    expect(standingOf(of, { on: filedOn }, law)).toMatchObject({ verdict: 'unknown', asks });
    expect(beginning(of, undefined, filedOn).proceedings).toHaveLength(1);
  });

  it('are told once the wage is given, with whatever province', () => {
    const of = matter(31_000_000n, { province: '' });
    const standing = standingOf(of, { smallClaims: basis({ wage }), on }, law);
    expect(standing).toMatchObject({ verdict: 'not_available', asks: '', wage });
    expect(() => beginning(of, basis({ wage }))).toThrow('small_claim_above_ceiling');
  });
});

describe('what is given for small claims', () => {
  it.each([
    [basis({ agreedOn: '2026-07-02' }), 'day_in_future'],
    [basis({ wage: { currency: 'USD', minor: 1n } }), 'wage_not_in_yuan'],
  ])('is refused: %j', (given, reason) => {
    expect(() => beginning(matter(100n), given)).toThrow(expect.objectContaining({ reason }));
  });

  it('is out of place in another procedure', () => {
    const said = { procedure: 'PROCEDURE_ORDINARY', court: '', on, moveId: 'b' } as const;
    const asked = { proceedingId: 'p', ...said, smallClaims: agreed };
    expect(() => begin(matter(100n), asked, book, doing)).toThrow(
      'small_claims_basis_out_of_place',
    );
  });
});
