import { addDays, type Day } from '@recourse/kit/day.ts';
import { sha256 } from '@recourse/kit/hash.ts';
import { MemberState } from '@recourse/proto/blacklist/v1/associations.ts';
import {
  Delivery,
  DisputeGround,
  DisputeKind,
  EvidenceKind,
} from '@recourse/proto/blacklist/v1/listings.ts';
import {
  AmountBand,
  Category,
  Purpose,
  Scope,
  SubjectKind,
} from '@recourse/proto/blacklist/v1/subject.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import { type Stage, unlessRefused } from './stage.ts';

const stewards = ['xiehui.steward', 'xiehui.reviewer'] as const;

/**
 * A listing dies with its claim; what comes after has nothing to act upon. Of one that was paid
 * before it was handed in the stewards never hear.
 */
const over = [
  'listing_not_decidable',
  'listing_ended',
  'listing_not_submitted',
  'listing_unknown',
  'claim_is_paid',
];

/** The association with its members, who are the demo's creditors, and two stewards. */
export async function foundAssociation(stage: Stage): Promise<void> {
  const call = await stage.as('xiehui.reviewer');
  const { orgId, orgName } = call.caller;
  const about = { description: '会员共享恶意拖欠信息', region: '长三角', industry: '制造与贸易' };
  const papers = { reportingLicence: '', impactAssessment: 'PIA-2026-01' };
  const named = { associationId: orgId, name: orgName, ...about, ...papers, expectedVersion: 0n };
  await stage.associations.putAssociation(named, call);
  for (const user of ['jinggong.director', 'haishu.director', 'yunqi.director', 'xinqi.owner']) {
    const { orgId: memberId, orgName: name } = (await stage.as(user)).caller;
    const member = { memberId, name, groupName: '', state: MemberState.ACTIVE };
    await stage.associations.putMember({ ...member, expectedVersion: 0n }, call);
  }
  for (const user of stewards) {
    const { userId, userName: name } = (await stage.as(user)).caller;
    const steward = { userId, name, employerId: '', active: true, expectedVersion: 0n };
    await stage.associations.putSteward(steward, call);
  }
}

/** What a member puts before the stewards, and what each paper is called. */
const papersShown = [
  [EvidenceKind.CONTRACT, '购销合同'],
  [EvidenceKind.INVOICE, '增值税发票'],
  [EvidenceKind.DEMAND, '催款函'],
  [EvidenceKind.PROOF_OF_SERVICE, '送达回执'],
  [EvidenceKind.BROKEN_PROMISES, '承诺未兑现记录'],
  [EvidenceKind.CREDIT_WITHDRAWN, '停止赊销通知'],
] as const;

/** A member drafts a listing of a case's debtor with so much of the evidence. */
export async function draftListing(
  stage: Stage,
  user: string,
  file: Case,
  on: Day,
  papers: number = papersShown.length,
): Promise<string> {
  const call = await stage.as(user);
  const { caseId, debtorId, debtorName: name } = file;
  const { customer } = await stage.credit.getCustomer({ customerId: debtorId }, call);
  const xiehui = (await stage.as(stewards[0])).caller.orgId;
  const listingId = stage.id('listing');
  const conduct = {
    category: Category.REPEATED_BREACH,
    scope: Scope.ASSOCIATION,
    amountBand: AmountBand.FROM_100K,
    conductFrom: addDays(on, -file.daysOverdue).toString(),
    conductUntil: addDays(on, -3).toString(),
  };
  const subject = { kind: SubjectKind.COMPANY, name, aliases: [], idNumber: '' };
  const creditCode = customer?.creditCode ?? '';
  const about = { ...subject, creditCode, ...conduct, debtorId, caseId, legalBasis: undefined };
  const note = '多次承诺未兑现，货已签收。';
  const draft = { listingId, associationId: xiehui, ...about, note, expectedVersion: 0n };
  await stage.listings.putListing(draft, call);
  for (const [kind, title] of papersShown.slice(0, papers)) {
    const text = Buffer.from(`${title}\r\n${name}\r\n演示数据，并非真实文件。\r\n`);
    const uploadId = await stage.upload(call.caller, `${title}.txt`, text);
    const evidence = { evidenceId: stage.id('evidence'), kind, uploadId, note: '' };
    await stage.listings.addEvidence({ listingId, ...evidence, sha256: sha256(text) }, call);
  }
  return listingId;
}

export async function handIn(stage: Stage, user: string, listingId: string): Promise<boolean> {
  const asked = { listingId, requestId: stage.id('hand in'), expectedVersion: 0n };
  const call = await stage.as(user);
  return unlessRefused(over, () => stage.listings.submitListing(asked, call));
}

export async function serve(stage: Stage, listingId: string, on: Day): Promise<void> {
  const notice = {
    delivery: Delivery.EMS,
    servedOn: on.toString(),
    reference: 'EMS',
    uploadId: '',
  };
  const asked = { listingId, ...notice, requestId: stage.id('serve'), expectedVersion: 0n };
  const call = await stage.as(stewards[0]);
  await unlessRefused(over, () => stage.listings.serveNotice(asked, call));
}

export async function object(stage: Stage, listingId: string, on: Day): Promise<void> {
  const kind = { kind: DisputeKind.OBJECTION, ground: DisputeGround.NOT_OWED };
  const statement = '该批货物存在质量问题，已书面通知供方。';
  const said = { ...kind, receivedOn: on.toString(), statement, uploadIds: [] };
  const asked = { listingId, disputeId: stage.id('dispute'), ...said };
  const call = await stage.as(stewards[0]);
  await unlessRefused(over, () => stage.listings.openDispute(asked, call));
}

/** Both stewards vote for it. */
export async function publish(stage: Stage, listingId: string): Promise<void> {
  for (const user of stewards) {
    const vote = { listingId, agrees: true, reason: '证据充分，程序合规。' };
    const asked = { ...vote, requestId: stage.id('vote'), expectedVersion: 0n };
    const call = await stage.as(user);
    await unlessRefused(over, () => stage.listings.decideListing(asked, call));
  }
}

/** Members look before they sell: by code, by name alone, and somebody nobody has listed. */
export async function lookUp(stage: Stage, listed: Case, other: Case): Promise<void> {
  const jinggong = await stage.as('jinggong.director');
  const asked = { customerId: listed.debtorId };
  const creditCode = (await stage.credit.getCustomer(asked, jinggong)).customer?.creditCode ?? '';
  const rest = { kind: SubjectKind.COMPANY, idNumber: '', customerId: '', consentReference: '' };
  for (const [user, purpose, question] of [
    ['haishu.director', Purpose.ONBOARDING, { name: listed.debtorName, creditCode: '' }],
    ['haishu.director', Purpose.ONBOARDING, { name: listed.debtorName, creditCode }],
    ['yunqi.director', Purpose.CREDIT_REVIEW, { name: other.debtorName, creditCode: '' }],
    ['xinqi.owner', Purpose.CONTRACT, { name: '', creditCode }],
  ] as const) {
    const screened = { lookUpId: stage.id('look up'), purpose, ...question, ...rest };
    await stage.screening.screen(screened, await stage.as(user));
  }
}

/** Another member has the listed company among its customers, and will be alarmed. */
export async function sellTo(stage: Stage, user: string, listed: Case): Promise<void> {
  const jinggong = await stage.as('jinggong.director');
  const asked = { customerId: listed.debtorId };
  const known = (await stage.credit.getCustomer(asked, jinggong)).customer;
  if (known === undefined) return;
  const { kind, name, creditCode, region, industry } = known;
  const about = { kind, name, aliases: [], creditCode, region, industry, contacts: [] };
  const customerId = stage.id('customer');
  const own = { customerId, customerNumber: 'X0001', timeZone: 'Asia/Shanghai', note: '' };
  const customer = { ...about, ...own, expectedVersion: 0n };
  await stage.credit.putCustomer(customer, await stage.as(user));
}
