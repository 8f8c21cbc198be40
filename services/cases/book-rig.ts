/**
 * The ground of the service's tests: the service on real PostgreSQL and NATS, and books to work on.
 */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import type { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import {
  type Case,
  CasesServiceClient,
  ListCasesRequest,
  OpenCasesRequest,
} from '@recourse/proto/cases/v1/cases.ts';
import { ClosingsServiceClient } from '@recourse/proto/cases/v1/closings.ts';
import { LettersServiceClient } from '@recourse/proto/cases/v1/letters.ts';
import { PlansServiceClient } from '@recourse/proto/cases/v1/plans.ts';
import { ReceivablesServiceClient } from '@recourse/proto/cases/v1/receivables.ts';
import { SettlementsServiceClient } from '@recourse/proto/cases/v1/settlements.ts';
import { WorkServiceClient } from '@recourse/proto/cases/v1/work.ts';
import { cases } from './service.ts';
import { agenciesTopic } from './topic.ts';

export type Rig = {
  platform: TestPlatform;
  service: TestService;
  cases: Promised<CasesServiceClient>;
  receivables: Promised<ReceivablesServiceClient>;
  work: Promised<WorkServiceClient>;
  letters: Promised<LettersServiceClient>;
  plans: Promised<PlansServiceClient>;
  settlements: Promised<SettlementsServiceClient>;
  closings: Promised<ClosingsServiceClient>;
  /** What the service wraps the keys of personal fields with. */
  keyEncryptionKey: string;
  /** Tells an event of agencies in a creditor's organisation, through a real outbox and stream. */
  tellOfPlacement(orgId: string, placementId: string, event: EventOf<AgenciesEvent>): Promise<void>;
  stop(): Promise<void>;
};

/** Agencies as far as cases can tell: somebody who writes its events to a real outbox. */
const teller = defineService({ name: 'agencies', wire: () => ({ rpc: [] }) });

/** Whatever a test has done to cases and receivables, the sums of the first page followed. */
const wrongSums = `
  SELECT 'cases' AS of, org_id, c.minor::text AS there, s.minor::text AS counted FROM (
    SELECT org_id, sum(open_minor + 7 * overdue_minor) + count(*) AS minor FROM case_file
     WHERE state = 'OPEN' GROUP BY org_id) c
    FULL JOIN (
      SELECT org_id, sum(open_minor + 7 * overdue_minor) + sum(cases) AS minor
        FROM case_sum GROUP BY org_id) s USING (org_id)
   WHERE coalesce(c.minor, 0) <> coalesce(s.minor, 0)
  UNION ALL
  SELECT 'days', org_id, r.minor::text, s.minor::text FROM (
    SELECT org_id, due_date AS on_day, sum(open_minor) AS minor FROM receivable GROUP BY 1, 2) r
    FULL JOIN (
      SELECT org_id, on_day, sum(open_minor) AS minor FROM book_sum GROUP BY 1, 2) s
      USING (org_id, on_day)
   WHERE coalesce(r.minor, 0) <> coalesce(s.minor, 0)`;

export async function startRig(): Promise<Rig> {
  const platform = await testPlatform();
  const agencies = await platform.startService(teller);
  const keyEncryptionKey = randomBytes(32).toString('base64');
  const variables = { KEY_ENCRYPTION_KEY: keyEncryptionKey };
  const service = await platform.startService(cases, { variables });
  return {
    platform,
    service,
    cases: service.client(CasesServiceClient),
    receivables: service.client(ReceivablesServiceClient),
    work: service.client(WorkServiceClient),
    letters: service.client(LettersServiceClient),
    plans: service.client(PlansServiceClient),
    settlements: service.client(SettlementsServiceClient),
    closings: service.client(ClosingsServiceClient),
    keyEncryptionKey,
    tellOfPlacement: (orgId, placementId, event) =>
      agencies.db.tenant(orgId, (tx) =>
        emit(tx, agenciesTopic, { aggregateId: placementId, at: Temporal.Now.instant() }, [event]),
      ),
    stop: async () => {
      const wrong = await service.ownerQuery(wrongSums);
      await platform.stop();
      if (wrong.length > 0) throw new Error(`sums are wrong: ${JSON.stringify(wrong)}`);
    },
  };
}

/** A zone in which it is about noon now, so that no contact of the test falls into quiet hours. */
export function noonZone(): string {
  const offset = 12 - Temporal.Now.zonedDateTimeISO('UTC').hour;
  return offset >= 0 ? `Etc/GMT-${offset}` : `Etc/GMT+${-offset}`;
}

/** A day so many days from today in the creditor's zone. */
export function dayFromToday(days: number): string {
  return Temporal.Now.plainDateISO('Asia/Shanghai').add({ days }).toString();
}

export type Document = {
  number: string;
  dueDate: string;
  amountMinor: bigint;
  openMinor?: bigint;
  currency?: string;
  documentDate?: string;
  settledDate?: string;
  costsMinor?: bigint;
  interestMinor?: bigint;
};

export type Debtor = { key: string; name: string; zone?: string; documents: readonly Document[] };

/** A creditor's book, written as the import writes it. Answers the debtors' ids by key. */
export async function writeBook(
  rig: Rig,
  orgId: string,
  debtors: readonly Debtor[],
): Promise<Map<string, string>> {
  const ids = new Map(debtors.map(({ key }) => [key, namedUuid(orgId, key)]));
  await rig.service.db.tenant(orgId, async (tx) => {
    for (const { key, name, zone } of debtors) {
      await tx.query(
        `INSERT INTO debtor (org_id, debtor_id, customer_key, customer_number, name, time_zone)
         VALUES ($1, $2, $3, $3, $4, $5)`,
        [orgId, ids.get(key), key, name, zone ?? 'Asia/Shanghai'],
      );
    }
    const documents = debtors.flatMap(({ key, documents: own }) =>
      own.map((one) => ({ ...one, debtorId: ids.get(key) })),
    );
    for (const one of documents) {
      const open = one.openMinor ?? (one.settledDate === undefined ? one.amountMinor : 0n);
      await tx.query(
        `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
                document_date, due_date, currency, amount_minor, open_minor, delivered_open_minor,
                settled_date, delivered_settled_date, content_hash, costs_minor, interest_minor)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $9, $10, $10, $11, $12, $13)`,
        [
          orgId,
          namedUuid(orgId, one.number),
          one.number,
          one.debtorId,
          one.documentDate ?? null,
          one.dueDate,
          one.currency ?? 'CNY',
          one.amountMinor,
          open,
          one.settledDate ?? null,
          contentHash(one),
          one.costsMinor ?? 0n,
          one.interestMinor ?? 0n,
        ],
      );
    }
  });
  return ids;
}

/** A call by somebody of a creditor, the supervisor when no other role is named. */
export function creditorCall(
  rig: Rig,
  orgId: string,
  role = 'supervisor',
  who: { userId?: string } = {},
): Promise<ClientCall> {
  const person = { role, orgId, orgName: '华东钢铁', name: '陈静', ...who };
  return rig.platform.call({ orgKind: 'creditor', ...person });
}

export function agencyCall(rig: Rig, orgId: string, role = 'agency_agent'): Promise<ClientCall> {
  return rig.platform.call({ role, orgId, orgKind: 'agency', orgName: '安信商账', name: '李雷' });
}

/** A request for a list of cases, everything not named left open. */
export function listOf(wanted: Partial<ListCasesRequest>): ListCasesRequest {
  return { ...ListCasesRequest.fromPartial({}), ...wanted };
}

/** An opening of everything, held to what is named. */
export function openingOf(wanted: Partial<OpenCasesRequest>): OpenCasesRequest {
  return { ...OpenCasesRequest.fromPartial({}), requestId: randomUUIDv7(), ...wanted };
}

/** Opens cases of all that is overdue. */
export async function openAll(rig: Rig, orgId: string): Promise<void> {
  await rig.cases.openCases(openingOf({}), await creditorCall(rig, orgId));
}

/** The only case of a debtor, by its name. */
export async function caseOf(rig: Rig, orgId: string, debtorName: string): Promise<Case> {
  const request = listOf({ query: debtorName });
  const { cases: found } = await rig.cases.listCases(request, await creditorCall(rig, orgId));
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} cases of ${debtorName}`);
  return only;
}

/**
 * A creditor with one debtor and its open case; amounts are minor units of CNY, due so many days
 * ago.
 */
export async function oneCase(
  rig: Rig,
  documents: readonly { amountMinor: bigint; daysAgo: number }[],
): Promise<{ orgId: string; file: Case }> {
  const orgId = randomUUIDv7();
  const own = documents.map(({ amountMinor, daysAgo }, place) => ({
    number: `D${place + 1}`,
    amountMinor,
    dueDate: dayFromToday(-daysAgo),
  }));
  const name = '苏州华成机械有限公司';
  await writeBook(rig, orgId, [{ key: 'K1', name, zone: noonZone(), documents: own }]);
  await openAll(rig, orgId);
  return { orgId, file: await caseOf(rig, orgId, name) };
}
