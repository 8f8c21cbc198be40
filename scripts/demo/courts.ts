import { addDays, type Day, instantAt } from '@recourse/kit/day.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import {
  DebtType,
  PartyRole,
  type PaymentOrderConditions,
  Procedure,
} from '@recourse/proto/litigation/v1/matters.ts';
import { type Stage, unlessRefused } from './stage.ts';

const officer = 'jinggong.legal_officer';

export type Steps = readonly (readonly [stage: string, day: Day])[];
export type Lawsuit = { matterId: string; proceedingId: string };

/** A matter of one case against its debtor, with a lawyer; undefined when the case is over. */
export async function openMatter(stage: Stage, file: Case): Promise<string | undefined> {
  const matterId = stage.id('matter');
  const call = await stage.as(officer);
  const about = { title: '', debtType: DebtType.SALE_OF_GOODS, province: '江苏省' };
  const asked = { matterId, caseIds: [file.caseId], ...about };
  const isOver = ['case_closed', 'nothing_owed', 'case_in_open_matter'];
  if (!(await unlessRefused(isOver, () => stage.matters.openMatter(asked, call)))) return undefined;
  const party = { creditCode: '', address: '', legalRepresentative: '', phone: '' };
  const { orgName } = call.caller;
  const sides = [
    { ...party, partyId: stage.id('party'), role: PartyRole.PLAINTIFF, name: orgName },
    { ...party, partyId: stage.id('party'), role: PartyRole.DEFENDANT, name: file.debtorName },
  ];
  const fresh = () => ({ expectedVersion: 0n, requestId: stage.id('matter changed') });
  await stage.matters.setParties({ matterId, parties: sides, ...fresh() }, call);
  const fee = { fixed: { currency: 'CNY', minor: 8_000_00n }, successBps: 600 };
  const lawyer = { lawyerName: '林晓东', firm: '', phone: '', scope: 'special', fee };
  const engagement = { ...lawyer, engagedOn: '' };
  await stage.matters.setEngagement({ matterId, engagement, ...fresh() }, call);
  return matterId;
}

/** What the law asks before a payment order, all of it answered with yes. */
const allMet: PaymentOrderConditions = {
  forMoney: true,
  due: true,
  amountFixed: true,
  chargesAgreed: true,
  noCounterPerformance: true,
  noOtherDispute: true,
  debtorPresent: true,
  canBeServed: true,
  courtHasJurisdiction: true,
  noPreSuitPreservation: true,
};

/** Begins a procedure and takes it through its stages, each on its day. */
export async function proceed(
  stage: Stage,
  matterId: string,
  procedure: Procedure,
  steps: Steps,
): Promise<Lawsuit> {
  const proceedingId = stage.id('proceeding');
  const on = steps[0]?.[1].toString() ?? '';
  const begun = { matterId, proceedingId, procedure, court: '苏州市虎丘区人民法院', on };
  const asked = procedure === Procedure.PAYMENT_ORDER ? { ...begun, conditions: allMet } : begun;
  await stage.matters.openProceeding(asked, await stage.as(officer));
  await move(stage, { matterId, proceedingId }, steps);
  return { matterId, proceedingId };
}

export async function move(stage: Stage, suit: Lawsuit, steps: Steps): Promise<void> {
  for (const [name, on] of steps) {
    const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n };
    const asked = { ...suit, stage: name, on: on.toString(), ...said };
    const call = await stage.as(officer);
    await stage.matters.moveProceeding({ ...asked, requestId: stage.id('stage moved') }, call);
  }
}

/** A first hearing at nine in the morning of a day. */
export async function setHearing(stage: Stage, suit: Lawsuit, on: Day): Promise<void> {
  const at = instantAt(on, Temporal.PlainTime.from('09:00'), 'Asia/Shanghai').toString();
  const room = { place: '第五法庭', judge: '沈法官', kind: 'first_hearing' };
  const hearing = { ...suit, hearingId: stage.id('hearing'), at, ...room };
  await stage.deadlines.putHearing(hearing, await stage.as(officer));
}

/** A cost of a matter, as its receipt says. */
export async function pay(stage: Stage, matterId: string, what: string, minor: bigint, on: Day) {
  const amount = { currency: 'CNY', minor };
  const cost = { matterId, costId: stage.id('cost'), what, amount, paidOn: on.toString() };
  const call = await stage.as(officer);
  await stage.money.recordCost({ ...cost, reference: '', note: '' }, call);
}

/** The judgment of a suit gives all that is claimed; twenty days later the time to pay is over. */
export async function judge(stage: Stage, suit: Lawsuit, decided: Day, effective: Day) {
  const call = await stage.as(officer);
  const { matter } = await stage.matters.getMatter({ matterId: suit.matterId }, call);
  const currency = matter?.currency ?? 'CNY';
  const nothing = { currency, minor: 0n };
  const judgment = {
    ...suit,
    judgmentId: stage.id('judgment'),
    form: 'judgment',
    docketNumber: `(${decided.year})苏0505民初${2_000 + decided.dayOfYear}号`,
    decidedOn: decided.toString(),
    effectiveOn: effective.toString(),
    principal: matter?.claimed ?? nothing,
    interest: nothing,
    costs: nothing,
    performBy: addDays(effective, 10).toString(),
    generalInterest: '',
  };
  await stage.matters.recordJudgment(judgment, call);
}

/** A tenth of what was claimed, deducted from the debtor's account. */
export async function recover(stage: Stage, matterId: string, on: Day): Promise<void> {
  const call = await stage.as(officer);
  const { matter } = await stage.matters.getMatter({ matterId }, call);
  if (matter?.claimed === undefined) return;
  const { currency, minor } = matter.claimed;
  const amount = { currency, minor: minor / 10n };
  const what = { what: 'deduction', amount, receivedOn: on.toString(), reference: '', note: '' };
  await stage.money.recordRecovery({ matterId, recoveryId: stage.id('recovery'), ...what }, call);
}
