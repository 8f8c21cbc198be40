import { randomUUIDv7 } from 'node:crypto';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import { bandRate, type Contract, type Paid } from './expected.ts';
import { type Document, importFile, ledgerFile } from './ledger-file.ts';
import { accept, introduce, offer, openAll } from './placing.ts';
import { type Org, patiently, type Town } from './town.ts';

/** Creditors whose cases are with agencies, ready to be paid. */
export type Business = {
  contracts: readonly Contract[];
  /** The next payments, seeded; one in twenty came in before the agency had accepted. */
  draw(count: number): Paid[];
  pay(paid: Paid): Promise<unknown>;
  reverse(paid: Paid, requestId: string): Promise<unknown>;
};

const zone = 'Asia/Shanghai';

const bands = [
  [0, 833n],
  [31, 1_275n],
  [91, 2_050n],
] as const;

const bandTerms: CommissionTerms = {
  model: {
    $case: 'ageBands',
    value: {
      bands: bands.map(([fromDaysOverdue, bps]) => ({ fromDaysOverdue, rateBps: Number(bps) })),
    },
  },
  vatBps: 600,
  tailDays: 0,
};

const flatBps = 1_250n;
const flatTerms: CommissionTerms = {
  model: { $case: 'flat', value: { rateBps: Number(flatBps) } },
  vatBps: 300,
  tailDays: 30,
};

const creditors = [
  { name: '远望机电', currency: 'CNY' },
  { name: '华辰化工', currency: 'USD' },
] as const;

const debtorsEach = 24;
/** More than all payments of a test together: no case is settled and closed. */
const owedMinor = 5_000_000_00n;

function documents(today: Temporal.PlainDate): Document[] {
  return Array.from({ length: debtorsEach }, (_, place) => ({
    number: `INV${String(place).padStart(4, '0')}`,
    customer: `D${String(place).padStart(3, '0')}`,
    // 5, 12, 19, … days: every band has its cases.
    dueOn: today.subtract({ days: 5 + 7 * place }).toString(),
    minor: owedMinor,
  }));
}

/** Whole numbers below a bound, the same in every run (a linear congruential generator). */
function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

type Side = { creditor: Org; cases: Case[] };

async function openBook(town: Town, name: string, currency: string): Promise<Side> {
  const creditor = town.org('creditor', name);
  const today = Temporal.Now.plainDateISO(zone);
  await importFile(town, creditor, ledgerFile(documents(today), currency));
  return { creditor, cases: await openAll(town, creditor) };
}

/** Half of the cases to each agency; what their contracts must be follows from age and terms. */
async function placeAll(town: Town, side: Side, flat: Org, banded: Org): Promise<Contract[]> {
  const { creditor, cases } = side;
  const today = Temporal.Now.plainDateISO(zone);
  const contracts: Contract[] = [];
  for (const [agency, rest] of [
    [flat, 0],
    [banded, 1],
  ] as const) {
    const own = cases.filter((_, place) => place % 2 === rest);
    const caseIds = own.map(({ caseId }) => caseId);
    const placed = await offer(town, creditor, agency, caseIds);
    await accept(town, agency, placed);
    for (const { caseId, placementId } of placed) {
      const file = own.find((one) => one.caseId === caseId);
      const place = Number.parseInt(file?.debtorName.slice(1) ?? '', 10);
      const rateBps = agency === flat ? flatBps : bandRate(bands, 5 + 7 * place);
      const vatBps = agency === flat ? 300n : 600n;
      const about = { caseId, placementId, agencyId: agency.orgId, rateBps, vatBps };
      const currency = file?.open?.currency ?? '';
      contracts.push({ ...about, currency, firstDay: today.toString() });
    }
  }
  return contracts;
}

/** The day on which the agencies accepted, as their own books say. */
async function firstDays(town: Town, agency: Org): Promise<Map<string, string>> {
  const about = { states: [PlacementState.ACTIVE], caseId: '', agencyId: '', creditorId: '' };
  const page = { size: 200, cursor: '' };
  const call = await agency.as('agency_manager');
  const { placements } = await town.placements.listPlacements({ ...about, sort: '', page }, call);
  return new Map(
    placements.map(({ placementId, acceptedAt }) => {
      const at = Temporal.Instant.from(acceptedAt ?? '');
      return [placementId, at.toZonedDateTimeISO(zone).toPlainDate().toString()];
    }),
  );
}

/** Imports, opens, places and accepts, through the services and nothing else. */
export async function openBusiness(town: Town): Promise<Business> {
  const [flat, banded] = [town.org('agency', '正信资产'), town.org('agency', '恒通商账')];
  await patiently(() => introduce(town, flat, flatTerms));
  await introduce(town, banded, bandTerms);
  const contracts: Contract[] = [];
  const ownerOf = new Map<string, Org>();
  for (const { name, currency } of creditors) {
    const side = await openBook(town, name, currency);
    for (const { caseId } of side.cases) ownerOf.set(caseId, side.creditor);
    contracts.push(...(await placeAll(town, side, flat, banded)));
  }
  const days = new Map([...(await firstDays(town, flat)), ...(await firstDays(town, banded))]);
  for (const contract of contracts) {
    contract.firstDay = days.get(contract.placementId) ?? contract.firstDay;
  }
  return { contracts, ...paying(town, contracts, ownerOf) };
}

function paying(
  town: Town,
  contracts: readonly Contract[],
  ownerOf: ReadonlyMap<string, Org>,
): Pick<Business, 'draw' | 'pay' | 'reverse'> {
  const roll = dice(20_260_101);
  const caller = async (caseId: string) => {
    const owner = ownerOf.get(caseId);
    if (owner === undefined) throw new Error('nobody owns this case');
    return owner.as('finance');
  };
  const one = (place: number): Paid => {
    const contract = contracts[roll(contracts.length)];
    if (contract === undefined) throw new Error('there is no contract');
    const isEarly = place % 20 === 19;
    const receivedOn = Temporal.PlainDate.from(contract.firstDay).subtract({
      days: isEarly ? 1 : 0,
    });
    return {
      paymentId: randomUUIDv7(),
      caseId: contract.caseId,
      // Every tenth is a multiple of 40, of which the flat rate leaves exact halves to be rounded.
      minor: place % 10 === 0 ? BigInt(40 * roll(500) + 4) : BigInt(1 + roll(2_000_000)),
      receivedOn: receivedOn.toString(),
      reversed: false,
    };
  };
  const currencyOf = new Map(contracts.map(({ caseId, currency }) => [caseId, currency]));
  return {
    draw: (count) => Array.from({ length: count }, (_, place) => one(place)),
    pay: async ({ caseId, paymentId, minor, receivedOn }) => {
      const amount = { currency: currencyOf.get(caseId) ?? '', minor };
      const about = { caseId, paymentId, amount, receivedOn, means: 'bank_transfer' };
      return town.work.recordPayment({ ...about, reference: '', note: '' }, await caller(caseId));
    },
    reverse: async ({ caseId, paymentId }, requestId) => {
      const reason = '支票退票';
      return town.work.reversePayment(
        { caseId, paymentId, requestId, reason },
        await caller(caseId),
      );
    },
  };
}
