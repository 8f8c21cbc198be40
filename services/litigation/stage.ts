import { randomUUIDv7 } from 'node:crypto';
import { casesStandIn, openCaseBasis, type ToldCases } from '@recourse/kit/cases-stand-in.ts';
import type { Promised } from '@recourse/kit/client.ts';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import type { PlacementBasis } from '@recourse/proto/cases/v1/cases.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { CalculatorsServiceClient } from '@recourse/proto/litigation/v1/calculators.ts';
import { DeadlinesServiceClient } from '@recourse/proto/litigation/v1/deadlines.ts';
import { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { LimitationServiceClient } from '@recourse/proto/litigation/v1/limitation.ts';
import { MattersServiceClient } from '@recourse/proto/litigation/v1/matters.ts';
import { MatterMoneyServiceClient } from '@recourse/proto/litigation/v1/money.ts';
import { PapersServiceClient } from '@recourse/proto/litigation/v1/papers.ts';
import { litigation } from './service.ts';
import { agenciesTopic, casesTopic } from './topic.ts';

/** A creditor of a test, and how its people call. */
export type Creditor = {
  orgId: string;
  /** A call by somebody of this role; the same name is the same person. */
  as(role: string, name?: string): ReturnType<TestPlatform['call']>;
};

export type Stage = {
  platform: TestPlatform;
  service: TestService;
  matters: Promised<MattersServiceClient>;
  limitation: Promised<LimitationServiceClient>;
  deadlines: Promised<DeadlinesServiceClient>;
  papers: Promised<PapersServiceClient>;
  money: Promised<MatterMoneyServiceClient>;
  calculators: Promised<CalculatorsServiceClient>;
  creditor(): Creditor;
  /** An open case that cases would tell when asked. */
  openCase(more?: Partial<PlacementBasis>): PlacementBasis;
  /** An event of cases about one aggregate, as the real service would tell it. */
  tell(
    org: Creditor,
    aggregateId: string,
    event: NonNullable<CasesEvent['event']>,
    at?: Temporal.Instant,
  ): Promise<void>;
  /** The keeper of the directory decides whether somebody may act; all people without an id. */
  tellAccess(by: Creditor, userId: string, allowed: boolean): Promise<void>;
  stop(): Promise<void>;
};

export const debtorId = '01956f3e-0000-7000-8000-00000000d001';

/** The service on its real ground, with a neighbour that keeps to the contract. */
export async function setStage(): Promise<Stage> {
  const platform = await testPlatform();
  const told: ToldCases = { bases: new Map(), activities: new Map(), asked: 0 };
  const neighbour = await platform.startService(casesStandIn(told));
  const keeper = await platform.startService(
    defineService({ name: 'agencies', wire: () => ({ rpc: [] }) }),
  );
  const service = await platform.startService(litigation);
  const people = new Map<string, string>();
  return {
    platform,
    service,
    matters: service.client(MattersServiceClient),
    limitation: service.client(LimitationServiceClient),
    deadlines: service.client(DeadlinesServiceClient),
    papers: service.client(PapersServiceClient),
    money: service.client(MatterMoneyServiceClient),
    calculators: service.client(CalculatorsServiceClient),
    creditor: () => {
      const orgId = randomUUIDv7();
      return {
        orgId,
        as: (role, name = '王律') => {
          const userId = people.get(`${orgId} ${name}`) ?? randomUUIDv7();
          people.set(`${orgId} ${name}`, userId);
          const org = { orgId, orgKind: 'creditor' as const, orgName: '远望机电' };
          return platform.call({ role, ...org, name, userId });
        },
      };
    },
    openCase: (more = {}) => {
      const usual = { debtorId, open: { currency: 'CNY', minor: 10_000_000n }, daysOverdue: 200 };
      const basis = openCaseBasis({ ...usual, oldestDueDate: '2025-06-30', ...more });
      told.bases.set(basis.caseId, basis);
      return basis;
    },
    tell: (by, aggregateId, event, at = Temporal.Now.instant()) =>
      neighbour.db.tenant(by.orgId, (tx) => emit(tx, casesTopic, { aggregateId, at }, [event])),
    tellAccess: ({ orgId }, userId, allowed) => {
      const about = { aggregateId: userId === '' ? orgId : userId, at: Temporal.Now.instant() };
      const event = { $case: 'accessDecided' as const, value: { userId, allowed } };
      return keeper.db.tenant(orgId, (tx) => emit(tx, agenciesTopic, about, [event]));
    },
    stop: () => platform.stop(),
  };
}

/** Runs the morning of an organisation and waits until it is over. */
export async function morning({ service }: Stage, orgId: string): Promise<void> {
  const id = randomUUIDv7();
  await service.ownerQuery(
    `INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, 'litigation-morning', '{}')`,
    [orgId, id],
  );
  await eventually(async () => {
    const rows = await service.ownerQuery<{ state: string; reason: string }>(
      'SELECT state, reason FROM job WHERE id = $1',
      [id],
    );
    const [job] = rows;
    if (job?.state !== 'done' || job.reason !== '') throw new Error(JSON.stringify(rows));
  }, 20_000);
}

/** The alarms that were told of a debt, in their order. */
export async function alarmsTold({ service }: Stage, orgId: string, debtId: string) {
  const rows = await service.ownerQuery<{ payload: Buffer }>(
    'SELECT payload FROM outbox WHERE org_id = $1 AND aggregate_id = $2 ORDER BY version',
    [orgId, debtId],
  );
  return rows.flatMap(({ payload }) => {
    const { event } = LitigationEvent.decode(payload);
    return event?.$case === 'limitationAlarmed' ? [event.value] : [];
  });
}
