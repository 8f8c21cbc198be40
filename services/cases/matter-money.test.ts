import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import type { TestService } from '@recourse/kit/testing.ts';
import { creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { brokenCredit, creditOf, movesOf, refund } from './credit-rig.ts';
import { litigationTopic } from './topic.ts';

let rig: Rig;
let litigation: TestService;

beforeAll(async () => {
  rig = await startRig();
  const teller = defineService({ name: 'litigation', wire: () => ({ rpc: [] }) });
  litigation = await rig.platform.startService(teller);
});

afterAll(() => rig.stop());

type Entry = { caseId: string; minor: bigint; what: string; id?: string; reversesId?: string };

const money = (minor: bigint) => ({ currency: 'CNY', minor });

/**
 * An entry of a matter with one case; each told alone, so that it arrives in the order of telling.
 */
async function tell(orgId: string, kind: 'cost' | 'recovery', entry: Entry): Promise<string> {
  const { caseId, minor, what, id = randomUUIDv7(), reversesId = '' } = entry;
  const shares = [{ caseId, amount: money(minor) }];
  const ids = { matterId: randomUUIDv7(), debtorId: randomUUIDv7(), reversesId };
  const about = { ...ids, what, amount: money(minor), shares, recordedAt: undefined };
  const day = dayFromToday(0);
  const event =
    kind === 'cost'
      ? { $case: 'costRecorded' as const, value: { ...about, costId: id, paidOn: day } }
      : {
          $case: 'recoveryRecorded' as const,
          value: { ...about, recoveryId: id, receivedOn: day },
        };
  const at = Temporal.Now.instant();
  await litigation.db.tenant(orgId, (tx) =>
    emit(tx, litigationTopic, { aggregateId: randomUUIDv7(), at }, [event]),
  );
  await eventually(async () => {
    const sql = 'SELECT 1 FROM matter_entry WHERE entry_id = $1';
    expect(await rig.service.ownerQuery(sql, [id])).toHaveLength(1);
  }, 20_000);
  return id;
}

async function bookOf(orgId: string, caseId: string) {
  const call = await creditorCall(rig, orgId, 'finance');
  const file = (await rig.cases.getCase({ caseId }, call)).case;
  const { payments } = await rig.work.listPayments({ caseId, page: undefined }, call);
  const [credit] = await rig.service.ownerQuery<{ minor: bigint }>(
    'SELECT coalesce(sum(credit_minor), 0)::bigint AS minor FROM debtor_credit WHERE org_id = $1',
    [orgId],
  );
  const { entries } = await rig.cases.getTimeline(
    { caseId, kinds: ['case'], page: undefined },
    call,
  );
  return {
    state: file?.state,
    open: file?.open?.minor,
    credit: credit?.minor,
    allocated: payments.flatMap((one) =>
      one.allocations.map((line) => `${line.part} ${line.amount?.minor}`),
    ),
    reversed: payments.map((one) => one.reversed),
    shown: entries.map((one) => one.what).filter((what) => what.startsWith('matter')),
  };
}

/** The ledger of a case: what each entry changed, and what was open after it. */
async function ledgerOf(orgId: string, caseId: string) {
  const call = await creditorCall(rig, orgId, 'finance');
  const { entries, opening } = await rig.work.listLedger({ caseId }, call);
  const lines = entries.map((one) => `${one.kind} ${one.change?.minor} ${one.balance?.minor}`);
  return { opening: opening?.minor, lines };
}

function expectBook(orgId: string, caseId: string, expected: object): Promise<void> {
  return eventually(async () => {
    expect(await bookOf(orgId, caseId)).toMatchObject(expected);
  }, 20_000);
}

describe('A cost of a matter', () => {
  it('that the debtor bears stands open on the case, another is only shown', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    await tell(orgId, 'cost', { caseId, minor: 500n, what: 'lawyer_fee' });
    await tell(orgId, 'cost', { caseId, minor: 50n, what: 'acceptance_fee' });
    const shown = ['matter_cost', 'matter_cost'];
    await expectBook(orgId, caseId, { state: 'CASE_STATE_OPEN', open: 1_050n, shown });
  });

  it('that is taken back is no longer owed, whichever is told first', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    const what = 'appeal_fee';
    const first = await tell(orgId, 'cost', { caseId, minor: 50n, what });
    await expectBook(orgId, caseId, { open: 1_050n });
    await tell(orgId, 'cost', { caseId, minor: -50n, what, reversesId: first });
    await expectBook(orgId, caseId, { open: 1_000n });
    const second = randomUUIDv7();
    await tell(orgId, 'cost', { caseId, minor: -30n, what, reversesId: second });
    await tell(orgId, 'cost', { caseId, minor: 30n, what, id: second });
    await tell(orgId, 'cost', { caseId, minor: 7n, what });
    await expectBook(orgId, caseId, { open: 1_007n, credit: 0n });
  });

  it('that was paid before it is taken back is the debtor’s credit', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    const what = 'acceptance_fee';
    const cost = await tell(orgId, 'cost', { caseId, minor: 50n, what });
    await expectBook(orgId, caseId, { open: 1_050n });
    await tell(orgId, 'recovery', { caseId, minor: 20n, what: 'voluntary' });
    await expectBook(orgId, caseId, { open: 1_030n, allocated: ['costs 20'] });
    await tell(orgId, 'cost', { caseId, minor: -50n, what, reversesId: cost });
    await expectBook(orgId, caseId, { open: 1_000n, credit: 20n });
    expect(await ledgerOf(orgId, caseId)).toEqual({
      opening: 1_000n,
      lines: ['cost_reversed -30 1000', 'payment -20 1030', 'cost 50 1050'],
    });
  });
});

describe('A recovery of a matter', () => {
  it('pays costs, the interest that only the judgment gave, and the debt, and closes', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    await tell(orgId, 'cost', { caseId, minor: 50n, what: 'acceptance_fee' });
    await expectBook(orgId, caseId, { open: 1_050n });
    const id = await tell(orgId, 'recovery', { caseId, minor: 1_065n, what: 'deduction' });
    const allocated = ['costs 50', 'interest 15', 'principal 1000'];
    await expectBook(orgId, caseId, {
      state: 'CASE_STATE_CLOSED',
      open: 0n,
      credit: 0n,
      allocated,
    });
    const back = { caseId, minor: -1_065n, what: 'deduction', reversesId: id };
    await tell(orgId, 'recovery', back);
    // The interest was known by that payment alone, so it goes with it.
    await expectBook(orgId, caseId, { state: 'CASE_STATE_OPEN', open: 1_050n, reversed: [true] });
    expect(await ledgerOf(orgId, caseId)).toEqual({
      opening: 1_000n,
      lines: [
        'interest_reversed -15 1050',
        'payment_reversed 1065 1065',
        'payment -1065 0',
        'interest 15 1065',
        'cost 50 1050',
      ],
    });
  });

  it('taken back before it was told is no payment', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    const id = randomUUIDv7();
    await tell(orgId, 'recovery', { caseId, minor: -10n, what: 'auction', reversesId: id });
    await tell(orgId, 'recovery', { caseId, minor: 10n, what: 'auction', id });
    await tell(orgId, 'recovery', { caseId, minor: 3n, what: 'auction' });
    await expectBook(orgId, caseId, { open: 997n, allocated: ['principal 3'] });
  });

  it('that comes when the case is closed is the debtor’s credit', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    await tell(orgId, 'recovery', { caseId, minor: 1_000n, what: 'voluntary' });
    await expectBook(orgId, caseId, { state: 'CASE_STATE_CLOSED', open: 0n });
    const id = await tell(orgId, 'recovery', { caseId, minor: 40n, what: 'voluntary' });
    await expectBook(orgId, caseId, { credit: 40n, allocated: ['principal 1000'] });
    await tell(orgId, 'recovery', { caseId, minor: -40n, what: 'voluntary', reversesId: id });
    await expectBook(orgId, caseId, { credit: 0n });
  });

  it('taken back after its credit was used takes what is left, and says so', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const { caseId } = file;
    const call = await creditorCall(rig, orgId, 'finance');
    await tell(orgId, 'recovery', { caseId, minor: 1_000n, what: 'voluntary' });
    await expectBook(orgId, caseId, { state: 'CASE_STATE_CLOSED' });
    const id = await tell(orgId, 'recovery', { caseId, minor: 40n, what: 'voluntary' });
    await expectBook(orgId, caseId, { credit: 40n });
    const credit = creditOf(rig);
    await credit.refundCredit(refund(caseId, 30n), call);
    await tell(orgId, 'recovery', { caseId, minor: -40n, what: 'voluntary', reversesId: id });
    await expectBook(orgId, caseId, { credit: 0n });
    const held = await credit.listCredit({ caseId }, call);
    expect(movesOf(held)).toEqual(['recovery 40 40', 'refunded -30 10', 'recovery_reversed -10 0']);
    expect(held.movements[0]?.missing).toEqual(money(30n));
    const page = undefined;
    const { entries } = await rig.cases.getTimeline({ caseId, kinds: ['payment'], page }, call);
    expect(entries[0]).toMatchObject({ what: 'credit_missing', amount: money(30n) });
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });
});
