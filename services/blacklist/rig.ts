import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { moveClock, now } from '@recourse/kit/clock.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { sha256 } from '@recourse/kit/hash.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import {
  AssociationsServiceClient,
  MemberState,
} from '@recourse/proto/blacklist/v1/associations.ts';
import {
  Delivery,
  EvidenceKind,
  ListingsServiceClient,
  type PutListingRequest,
} from '@recourse/proto/blacklist/v1/listings.ts';
import {
  type ScreenRequest,
  ScreeningServiceClient,
} from '@recourse/proto/blacklist/v1/screening.ts';
import {
  AmountBand,
  Category,
  Purpose,
  Scope,
  SubjectKind,
} from '@recourse/proto/blacklist/v1/subject.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import type { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import { blacklist } from './service.ts';
import { casesTopic, creditTopic } from './topic.ts';

/** The service on its real ground, with neighbours that only tell. */

export type Person = { orgId: string; userId: string; as(role: string): Promise<ClientCall> };

export type Rig = {
  platform: TestPlatform;
  service: TestService;
  associations: Promised<AssociationsServiceClient>;
  listings: Promised<ListingsServiceClient>;
  screening: Promised<ScreeningServiceClient>;
  creditor(name?: string): Person;
  /** An association with its members and three stewards that nobody employs. */
  association(members: readonly Person[], groups?: readonly string[]): Promise<House>;
  upload(orgId: string, text: string): Promise<{ fileId: string; digest: string }>;
  tellCases(
    orgId: string,
    id: string,
    event: EventOf<CasesEvent>,
    at?: Temporal.Instant,
  ): Promise<void>;
  tellCredit(orgId: string, id: string, event: EventOf<CreditEvent>): Promise<void>;
  run(job: string, orgId: string): Promise<void>;
  told(aggregateId: string): Promise<string[]>;
  stop(): Promise<void>;
};

export type House = {
  orgId: string;
  admin: ClientCall;
  stewards: readonly ClientCall[];
};

const teller = (name: string) => defineService({ name, wire: () => ({ rpc: [] }) });

/** Moves the platform's clock by days from now on. */
export function passDays(days: number): void {
  moveClock(now().add({ hours: 24 * days }), false);
}

export async function setUp(): Promise<Rig> {
  const platform = await testPlatform();
  const cases = await platform.startService(teller('cases'));
  const credit = await platform.startService(teller('credit'));
  const service = await platform.startService(blacklist);
  const associations = service.client(AssociationsServiceClient);
  const person = (orgKind: 'creditor' | 'association', orgName: string): Person => {
    const orgId = randomUUIDv7();
    const userId = randomUUIDv7();
    const as = (role: string) =>
      platform.call({ role, orgId, orgKind, orgName, userId, name: '王敏' });
    return { orgId, userId, as };
  };
  return {
    platform,
    service,
    associations,
    listings: service.client(ListingsServiceClient),
    screening: service.client(ScreeningServiceClient),
    creditor: (name = '远望机电') => person('creditor', name),
    association: async (members, groups = []) => {
      const orgId = randomUUIDv7();
      const shared = { orgId, orgKind: 'association', orgName: '长三角机电协会' } as const;
      const admin = await platform.call({ role: 'org_admin', ...shared });
      const page = { associationId: orgId, name: shared.orgName, description: '', region: '' };
      const papers = { industry: '', reportingLicence: '', impactAssessment: 'PIA-2026-1' };
      await associations.putAssociation({ ...page, ...papers, expectedVersion: 0n }, admin);
      for (const [at, { orgId: memberId }] of members.entries()) {
        const groupName = groups[at] ?? '';
        const member = { memberId, name: `成员 ${at}`, groupName, state: MemberState.ACTIVE };
        await associations.putMember({ ...member, expectedVersion: 0n }, admin);
      }
      const stewards: ClientCall[] = [];
      for (const name of ['李', '赵', '钱']) {
        const userId = randomUUIDv7();
        const steward = { userId, name, employerId: '', active: true, expectedVersion: 0n };
        await associations.putSteward(steward, admin);
        stewards.push(await platform.call({ role: 'steward', ...shared, userId, name }));
      }
      return { orgId, admin, stewards };
    },
    upload: async (orgId, text) => {
      const files = createFiles({ bus: service.bus });
      const fileId = randomUUIDv7();
      const about = { fileName: '合同.pdf', mediaType: 'application/pdf', maxBytes: 10_000 };
      await files.put(orgId, fileId, Readable.from([Buffer.from(text)]), about);
      return { fileId, digest: sha256(text) };
    },
    tellCases: (orgId, aggregateId, event, at = now()) =>
      cases.db.tenant(orgId, (tx) => emit(tx, casesTopic, { aggregateId, at }, [event])),
    tellCredit: (orgId, aggregateId, event) =>
      credit.db.tenant(orgId, (tx) => emit(tx, creditTopic, { aggregateId, at: now() }, [event])),
    run: async (name, orgId) => {
      const id = randomUUIDv7();
      await service.db.tenant(orgId, async (tx) => {
        await tx.query(`INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, $3, '{}')`, [
          orgId,
          id,
          name,
        ]);
        tx.wake('jobs');
      });
      for (let state = ''; state !== 'done';) {
        const [row] = await service.ownerQuery('SELECT state, reason FROM job WHERE id = $1', [id]);
        const found = row as { state: string; reason: string };
        if (found.state === 'failed') throw new Error(`${name}: ${found.reason}`);
        state = found.state;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    told: async (aggregateId) => {
      const rows = await service.ownerQuery(
        'SELECT type FROM outbox WHERE aggregate_id = $1 ORDER BY position',
        [aggregateId],
      );
      return (rows as { type: string }[]).map((row) => row.type);
    },
    stop: async () => {
      moveClock(undefined, false);
      await platform.stop();
    },
  };
}

/** A code that follows GB 32100. */
export const goodCode = '91310000MA1FL1LH8R';

export function draftOf(house: House, more: Partial<PutListingRequest> = {}): PutListingRequest {
  const today = now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  return {
    listingId: randomUUIDv7(),
    associationId: house.orgId,
    kind: SubjectKind.COMPANY,
    name: '上海恒达机械有限公司',
    aliases: [],
    creditCode: goodCode,
    idNumber: '',
    category: Category.REPEATED_BREACH,
    scope: Scope.ASSOCIATION,
    amountBand: AmountBand.FROM_100K,
    conductFrom: today.subtract({ months: 8 }).toString(),
    conductUntil: today.subtract({ months: 1 }).toString(),
    debtorId: randomUUIDv7(),
    caseId: '',
    note: '',
    legalBasis: undefined,
    expectedVersion: 0n,
    ...more,
  };
}

const kinds = [
  EvidenceKind.CONTRACT,
  EvidenceKind.INVOICE,
  EvidenceKind.DEMAND,
  EvidenceKind.PROOF_OF_SERVICE,
  EvidenceKind.BROKEN_PROMISES,
  EvidenceKind.CREDIT_WITHDRAWN,
] as const;

/** Drafts a listing with all its evidence, and hands it in. */
export async function submitted(
  rig: Rig,
  house: House,
  reporter: Person,
  more: Partial<PutListingRequest> = {},
): Promise<PutListingRequest> {
  const draft = draftOf(house, more);
  const call = await reporter.as('legal_officer');
  const { listingId } = draft;
  await rig.listings.putListing(draft, call);
  for (const kind of kinds) {
    const { fileId: uploadId, digest: sha } = await rig.upload(reporter.orgId, `${kind} 证据`);
    const evidence = { evidenceId: randomUUIDv7(), kind, uploadId, sha256: sha, note: '' };
    await rig.listings.addEvidence({ listingId, ...evidence }, call);
  }
  const asked = { listingId, requestId: randomUUIDv7(), expectedVersion: 0n };
  await rig.listings.submitListing(asked, call);
  return draft;
}

export function screenOf(more: Partial<ScreenRequest> = {}): ScreenRequest {
  return {
    lookUpId: randomUUIDv7(),
    purpose: Purpose.ONBOARDING,
    kind: SubjectKind.COMPANY,
    name: '上海恒达机械有限公司',
    creditCode: '',
    idNumber: '',
    customerId: '',
    consentReference: '',
    ...more,
  };
}

/** Publishes a listing: handed in, told, and after the notice period decided by two stewards. */
export async function publishedBy(
  rig: Rig,
  house: House,
  reporter: Person,
  more: Partial<PutListingRequest> = {},
): Promise<PutListingRequest> {
  const draft = await submitted(rig, house, reporter, more);
  const { listingId } = draft;
  const servedOn = now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
  const served = { delivery: Delivery.EMS, servedOn, reference: 'EMS1', uploadId: '' };
  const fresh = () => ({ requestId: randomUUIDv7(), expectedVersion: 0n });
  const [first, second] = house.stewards;
  if (first === undefined || second === undefined) throw new Error('two stewards are needed');
  await rig.listings.serveNotice({ listingId, ...served, ...fresh() }, first);
  passDays(16);
  for (const steward of [first, second]) {
    const vote = { listingId, agrees: true, reason: '证据充分', ...fresh() };
    await rig.listings.decideListing(vote, steward);
  }
  return draft;
}
