import { expect } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { flatTerms, type Org, type Stage } from './stage.ts';

export const page = { size: 200, cursor: '' };
export const cny = (minor: bigint) => ({ currency: 'CNY', minor });
export const today = (): string =>
  Temporal.Now.instant().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();

/** A case between a creditor and an agency. */
export type Deal = { creditor: Org; agency: Org; caseId: string; placementId: string };

type Paid = { paymentId: string; minor: bigint; receivedOn?: string };

/** Deals, the payments on them, and what the books say of them, for tests. */
export function openBooks(stage: Stage) {
  /** A case placed and, unless told, accepted. */
  async function deal(
    more: {
      accepts?: boolean;
      rateBps?: number;
      terms?: CommissionTerms;
      openMinor?: bigint;
      pair?: Pick<Deal, 'creditor' | 'agency'>;
    } = {},
  ): Promise<Deal> {
    const creditor = more.pair?.creditor ?? stage.creditor();
    const agency = more.pair?.agency ?? (await stage.agency());
    const caseId = stage.openCase({ open: cny(more.openMinor ?? 1_000_000n) });
    const placementId = randomUUIDv7();
    const terms = more.terms ?? flatTerms(more.rateBps ?? 1250);
    await stage.placements.placeCase(
      { caseId, placementId, agencyId: agency.orgId, terms, note: '' },
      await creditor.as('director'),
    );
    const made = { creditor, agency, caseId, placementId };
    if (more.accepts !== false) await accept(made);
    return made;
  }

  async function accept({ agency, placementId }: Deal): Promise<void> {
    await stage.placements.acceptPlacements(
      { placementIds: [placementId], requestId: randomUUIDv7() },
      await agency.as('agency_manager'),
    );
  }

  function eventOf(
    { caseId }: Deal,
    { paymentId, minor, receivedOn = today() }: Paid,
    reversed = false,
  ) {
    const value = {
      caseId,
      paymentId,
      debtorId: randomUUIDv7(),
      amount: cny(minor),
      receivedOn,
      effects: [],
      credit: undefined,
    };
    const at = Temporal.Now.instant().toString();
    return reversed
      ? ({ $case: 'paymentReversed', value: { ...value, reversedAt: at } } as const)
      : ({ $case: 'paymentRecorded', value: { ...value, recordedAt: at } } as const);
  }

  const pay = (made: Deal, paid: Paid) =>
    stage.tell(made.creditor, made.caseId, eventOf(made, paid));
  const bounce = (made: Deal, paid: Paid) =>
    stage.tell(made.creditor, made.caseId, eventOf(made, paid, true));

  async function lines(made: Deal, by: 'creditor' | 'agency' = 'creditor') {
    const call =
      by === 'creditor'
        ? await made.creditor.as('finance')
        : await made.agency.as('agency_manager');
    const found = await stage.commission.listCommissionLines(
      {
        agencyId: '',
        creditorId: '',
        caseId: made.caseId,
        placementId: '',
        onlyUnstated: false,
        page,
      },
      call,
    );
    return found.lines;
  }

  async function untilLines(made: Deal, count: number) {
    return eventually(async () => {
      const found = await lines(made);
      expect(found).toHaveLength(count);
      return found;
    });
  }

  async function balances(org: Org) {
    const call = await org.as(org.orgKind === 'agency' ? 'agency_manager' : 'finance');
    const found = await stage.commission.listBalances({ agencyId: '' }, call);
    return Object.fromEntries(found.balances.map((one) => [one.account, one.balance?.minor]));
  }

  /** Another payment of the same case behind what was told: once it is there, all before it is. */
  async function settled(made: Deal): Promise<void> {
    const paymentId = randomUUIDv7();
    await pay(made, { paymentId, minor: 1n, receivedOn: '2000-01-01' });
    await eventually(async () => {
      const rows = await stage.service.ownerQuery(
        'SELECT 1 FROM payment_fact WHERE payment_id = $1',
        [paymentId],
      );
      expect(rows).toHaveLength(1);
    });
  }

  return { deal, accept, eventOf, pay, bounce, lines, untilLines, balances, settled };
}

export type Books = ReturnType<typeof openBooks>;
