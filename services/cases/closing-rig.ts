/** A creditor's cases to be given up, and the people who propose and decide it. */
import { randomUUIDv7 } from 'node:crypto';
import { namedUuid } from '@recourse/kit/hash.ts';
import { ClosingVerdict } from '@recourse/proto/cases/v1/closings.ts';
import {
  creditorCall,
  dayFromToday,
  type Document,
  listOf,
  noonZone,
  openAll,
  type Rig,
  writeBook,
} from './book-rig.ts';
import { closing, payment, reversal } from './work-rig.ts';

const { APPROVE } = ClosingVerdict;
const names = ['甲厂', '乙厂', '丙厂'];

/** A creditor with a case of each amount in minor units, due 400 days ago. */
export async function closingStage(
  rig: Rig,
  amounts: readonly bigint[],
  more: Partial<Document> = {},
) {
  const orgId = randomUUIDv7();
  const debtors = amounts.map((amountMinor, place) => ({
    key: `K${place}`,
    name: names[place] ?? `${place}`,
    zone: noonZone(),
    documents: [{ number: `D${place}`, amountMinor, dueDate: dayFromToday(-400), ...more }],
  }));
  await writeBook(rig, orgId, debtors);
  await openAll(rig, orgId);
  const as = (role: string) => creditorCall(rig, orgId, role, { userId: namedUuid(orgId, role) });
  const [collector, director] = [await as('collector'), await as('director')];
  const { cases } = await rig.cases.listCases(listOf({ sort: 'debtor_name' }), director);
  const files = names.flatMap((name) => cases.filter((one) => one.debtorName === name));
  const caseIds = files.map((one) => one.caseId);
  const [caseId = ''] = caseIds;
  const propose = async (what = {}, by = collector, ids = caseIds) => {
    const request = closing(ids, what);
    await rig.closings.proposeClosing(request, by);
    return request.closingId;
  };
  const decide = async (
    closingId: string,
    by = director,
    verdict: ClosingVerdict = APPROVE,
    note = '',
  ) => {
    const request = {
      closingId,
      requestId: randomUUIDv7(),
      verdict,
      note,
      expectedVersion: 0n,
      open: undefined,
    };
    return (await rig.closings.decideClosing(request, by)).closing;
  };
  const approved = async (what = {}) => decide(await propose(what));
  const found = async (id = caseId) => (await rig.cases.getCase({ caseId: id }, director)).case;
  const read = (closingId: string) => rig.closings.getClosing({ closingId }, director);
  const pay = async (minor: bigint, day = 0) => {
    const paid = payment(caseId, minor, { receivedOn: dayFromToday(day) });
    return (await rig.work.recordPayment(paid, director)).payment;
  };
  const takeBack = (paymentId = '') =>
    rig.work.reversePayment(reversal(caseId, paymentId), director);
  const openOn = async (day: number) => {
    const asked = { asOf: dayFromToday(day), debtorId: '' };
    const { agings } = await rig.receivables.getAging(asked, director);
    return agings[0]?.total?.minor ?? 0n;
  };
  const ledger = async () => {
    const { entries } = await rig.work.listLedger({ caseId }, director);
    return entries.map((one) => `${one.kind} ${one.change?.minor} ${one.balance?.minor}`);
  };
  const made = { orgId, files, caseIds, caseId, as, collector, director };
  return { ...made, propose, decide, approved, found, read, pay, takeBack, openOn, ledger };
}

export const refused = (reason: string, facts = {}) => ({ kind: 'refused', reason, facts });
