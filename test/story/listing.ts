import { randomUUIDv7 } from 'node:crypto';
import { MemberState } from '@recourse/proto/blacklist/v1/associations.ts';
import {
  Delivery,
  DisputeGround,
  DisputeKind,
  DisputeOutcome,
  EvidenceKind,
  type PutListingRequest,
} from '@recourse/proto/blacklist/v1/listings.ts';
import {
  AmountBand,
  Category,
  Purpose,
  Scope,
  SubjectKind,
} from '@recourse/proto/blacklist/v1/subject.ts';
import { debtor } from './customer.ts';
import type { Person, Stage } from './stage.ts';

export const fresh = () => ({ requestId: randomUUIDv7(), expectedVersion: 0n });

export const stewards = ['李', '赵', '钱'] as const;

/** An association with its members and three stewards that no member employs. */
export async function found(stage: Stage, house: Person, members: readonly Person[]) {
  const admin = await house.as('org_admin');
  const named = { associationId: house.orgId, name: house.orgName, description: '', region: '' };
  const papers = { industry: '', reportingLicence: '', impactAssessment: 'PIA-2026-1' };
  await stage.associations.putAssociation({ ...named, ...papers, expectedVersion: 0n }, admin);
  for (const { orgId: memberId, orgName: name } of members) {
    const member = { memberId, name, groupName: '', state: MemberState.ACTIVE };
    await stage.associations.putMember({ ...member, expectedVersion: 0n }, admin);
  }
  for (const name of stewards) {
    const { userId } = (await house.as('steward', name)).caller;
    const steward = { userId, name, employerId: '', active: true, expectedVersion: 0n };
    await stage.associations.putSteward(steward, admin);
  }
}

const kinds = [
  EvidenceKind.CONTRACT,
  EvidenceKind.INVOICE,
  EvidenceKind.DEMAND,
  EvidenceKind.PROOF_OF_SERVICE,
  EvidenceKind.ENFORCEMENT_RECORD,
  EvidenceKind.CREDIT_WITHDRAWN,
] as const;

/** Drafts a listing of the debtor for malicious default and lays its evidence by. */
export async function draft(
  stage: Stage,
  house: Person,
  reporter: Person,
  claim: { caseId: string; debtorId: string; from: string; until: string },
): Promise<string> {
  const listingId = randomUUIDv7();
  const call = await reporter.as('legal_officer');
  const listing: PutListingRequest = {
    listingId,
    associationId: house.orgId,
    kind: SubjectKind.COMPANY,
    ...debtor,
    aliases: [],
    idNumber: '',
    category: Category.MALICIOUS_DEFAULT,
    scope: Scope.ASSOCIATION,
    amountBand: AmountBand.FROM_500K,
    conductFrom: claim.from,
    conductUntil: claim.until,
    debtorId: claim.debtorId,
    caseId: claim.caseId,
    note: '',
    legalBasis: undefined,
    expectedVersion: 0n,
  };
  await stage.listings.putListing(listing, call);
  for (const kind of kinds) {
    const file = await stage.upload(reporter, `${kind} 证据`);
    const evidence = { evidenceId: randomUUIDv7(), kind, ...file, note: '' };
    await stage.listings.addEvidence({ listingId, ...evidence }, call);
  }
  return listingId;
}

/** What a member is told of a company before it sells to it. */
export async function screen(
  stage: Stage,
  member: Person,
  company: { name: string; creditCode: string },
) {
  const asked = { lookUpId: randomUUIDv7(), purpose: Purpose.ONBOARDING, ...company };
  const rest = { kind: SubjectKind.COMPANY, idNumber: '', customerId: '', consentReference: '' };
  const call = await member.as('credit_manager');
  const { lookUp } = await stage.screening.screen({ ...asked, ...rest }, call);
  return lookUp?.answer;
}

/** A steward serves the notice on a day; the time to object runs from then. */
export async function serve(stage: Stage, house: Person, listingId: string, on: string) {
  const notice = { delivery: Delivery.EMS, servedOn: on, reference: 'EMS1', uploadId: '' };
  const steward = await house.as('steward', stewards[0]);
  await stage.listings.serveNotice({ listingId, ...notice, ...fresh() }, steward);
}

/** What the listed party objects, as a steward records it. */
export async function object(stage: Stage, house: Person, listingId: string, on: string) {
  const disputeId = randomUUIDv7();
  const ground = DisputeGround.TEMPORARY_DIFFICULTY;
  const said = { kind: DisputeKind.OBJECTION, ground, statement: '资金周转困难,请求暂缓' };
  const raised = { listingId, disputeId, ...said, receivedOn: on, uploadIds: [] };
  const steward = await house.as('steward', stewards[0]);
  return (await stage.listings.openDispute(raised, steward)).listing;
}

/** A steward's written answer that rejects an objection. */
export async function reject(
  stage: Stage,
  house: Person,
  dispute: { listingId: string; disputeId: string; steward: (typeof stewards)[number] },
) {
  const { steward, ...ids } = dispute;
  const said = { answer: '判决已生效', correction: undefined, ...fresh() };
  const answer = { ...ids, outcome: DisputeOutcome.REJECTED, ...said };
  await stage.listings.answerDispute(answer, await house.as('steward', steward));
}
