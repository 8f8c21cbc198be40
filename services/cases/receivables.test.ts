import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namedUuid } from '@recourse/kit/hash.ts';
import {
  type Aging,
  type ListReceivablesRequest,
  OverdueClass,
} from '@recourse/proto/cases/v1/receivables.ts';
import {
  caseOf,
  creditorCall,
  dayFromToday,
  type Debtor,
  type Document,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { aging } from './domain/aging.ts';
import { overdueClasses } from './rules/overdue-classes.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const due = (daysAgo: number): string => dayFromToday(-daysAgo);
const classRows = overdueClasses[0]?.value ?? [];

/** A small generator with a seed, so that a failure can be looked at again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Documents of all kinds: open, partly paid, settled, in two currencies, credit notes too. */
function manyDocuments(count: number): Document[] {
  const next = seeded(42);
  return Array.from({ length: count }, (_, place) => {
    const dueDate = due(next(300) - 60);
    const amountMinor = BigInt(next(10_000) + 1) * (next(20) === 0 ? -1n : 1n);
    const isSettled = next(3) === 0;
    return {
      number: `R${place}`,
      amountMinor,
      dueDate,
      documentDate: due(next(300) + 1),
      currency: next(4) === 0 ? 'USD' : 'CNY',
      ...(isSettled ? { settledDate: due(next(200) + 1) } : {}),
      ...(!isSettled && next(4) === 0 ? { openMinor: amountMinor / 2n } : {}),
    };
  });
}

describe('aging', () => {
  const orgId = randomUUIDv7();
  const documents = manyDocuments(400);

  beforeAll(async () => {
    const debtors: Debtor[] = Array.from({ length: 8 }, (_, place) => ({
      key: `K${place}`,
      name: `公司${place}`,
      documents: documents.filter((_one, index) => index % 8 === place),
    }));
    await writeBook(rig, orgId, debtors);
  });

  const flat = (agings: readonly Aging[]) =>
    agings.map(({ currency, buckets, total, count }) => ({
      currency,
      count: Number(count),
      minor: total?.minor,
      buckets: buckets.map((one) => [one.overdueClass, Number(one.count), one.amount?.minor]),
    }));

  it.each([0, 1, 15, 60, 90, 150, 250, 400])(
    'in the database is what the pure function says, as of %d days ago',
    async (daysAgo) => {
      const asOf = due(daysAgo);
      const found = await rig.receivables.getAging(
        { asOf, debtorId: '' },
        await creditorCall(rig, orgId, 'auditor'),
      );
      const items = documents.map((one) => ({
        documentDate: one.documentDate,
        dueDate: one.dueDate,
        settledDate: one.settledDate,
        currency: one.currency ?? 'CNY',
        amountMinor: one.amountMinor,
        openMinor: one.openMinor ?? (one.settledDate === undefined ? one.amountMinor : 0n),
      }));
      const expected = aging(items, asOf, classRows).map(({ currency, count, minor, buckets }) => ({
        currency,
        count,
        minor,
        buckets: buckets.map((one) => [OverdueClass[one.overdueClass], one.count, one.minor]),
      }));
      expect(flat(found.agings)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
    },
  );

  it('of one debtor adds up to that of all', async () => {
    const call = await creditorCall(rig, orgId);
    const all = await rig.receivables.getAging({ asOf: due(30), debtorId: '' }, call);
    let sum = 0n;
    for (let place = 0; place < 8; place += 1) {
      const debtorId = namedUuid(orgId, `K${place}`);
      const one = await rig.receivables.getAging({ asOf: due(30), debtorId }, call);
      sum += one.agings.find((aged) => aged.currency === 'CNY')?.total?.minor ?? 0n;
    }
    const total = all.agings.find((aged) => aged.currency === 'CNY');
    expect(total).toMatchObject({ total: { minor: sum }, debtors: 8n });
  });

  it.each(['0001-01-01', '1899-12-31', '2200-01-01'])('is not told as of %s', async (asOf) => {
    const call = await creditorCall(rig, orgId);
    await expect(rig.receivables.getAging({ asOf, debtorId: '' }, call)).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'day_out_of_range',
    });
  });

  it('names the days of each class', async () => {
    const { agings } = await rig.receivables.getAging(
      { asOf: '', debtorId: '' },
      await creditorCall(rig, orgId),
    );
    expect(agings[0]?.buckets.map((one) => [one.fromDays, one.toDays])).toEqual([
      [0, 0],
      [1, 30],
      [31, 60],
      [61, 90],
      [91, 0],
    ]);
  });
});

describe('a receivable that was paid in parts', () => {
  const orgId = randomUUIDv7();
  beforeAll(async () => {
    await writeBook(rig, orgId, [
      {
        key: 'K',
        name: '分期公司',
        documents: [{ number: 'P1', amountMinor: 1_000n, dueDate: due(50), documentDate: due(80) }],
      },
    ]);
    await openAll(rig, orgId);
    const { caseId } = await caseOf(rig, orgId, '分期公司');
    const call = await creditorCall(rig, orgId, 'finance');
    for (const [minor, daysAgo] of [
      [300n, 20],
      [700n, 5],
    ] as const) {
      await rig.work.recordPayment(
        {
          caseId,
          paymentId: randomUUIDv7(),
          amount: { currency: 'CNY', minor },
          note: '',
          receivedOn: due(daysAgo),
          means: 'bank_transfer',
          reference: '',
        },
        call,
      );
    }
  });

  it.each([
    [90, []],
    [79, ['NOT_DUE 1000']],
    [21, ['MILD 1000']],
    [20, ['MILD 700']],
    [6, ['MODERATE 700']],
    [5, []],
    [0, []],
  ])('was open %d days ago with %p', async (daysAgo, expected) => {
    const call = await creditorCall(rig, orgId);
    const { agings } = await rig.receivables.getAging({ asOf: due(daysAgo), debtorId: '' }, call);
    const said = (agings[0]?.buckets ?? [])
      .filter((one) => one.count > 0n)
      .map((one) => `${one.overdueClass.replace('OVERDUE_CLASS_', '')} ${one.amount?.minor}`);
    expect(said).toEqual(expected);
  });
});

describe('receivables', () => {
  const orgId = randomUUIDv7();
  const names = ['甲', '乙', '丙'];
  beforeAll(async () => {
    await writeBook(
      rig,
      orgId,
      names.map((name, place) => ({
        key: `00${place}`,
        name: `${name}钢铁`,
        documents: [
          {
            number: `000${place}7`,
            amountMinor: BigInt(100 * (place + 1)),
            dueDate: due(20 * place + 5),
          },
          {
            number: `S${place}`,
            amountMinor: 50n,
            dueDate: due(70),
            settledDate: due(10),
            documentDate: due(99),
          },
        ],
      })),
    );
    await openAll(rig, orgId);
  });

  async function list(wanted: Partial<ListReceivablesRequest>) {
    const request: ListReceivablesRequest = {
      asOf: '',
      overdueClasses: [],
      debtorId: '',
      caseId: '',
      query: '',
      includeSettled: false,
      sort: '',
      currency: '',
      page: undefined,
      newlyOverdue: false,
      ...wanted,
    };
    return rig.receivables.listReceivables(request, await creditorCall(rig, orgId));
  }

  it.each<[string, Partial<ListReceivablesRequest>, string[]]>([
    ['open, due first', {}, ['00027', '00017', '00007']],
    ['by amount', { sort: '-open' }, ['00027', '00017', '00007']],
    ['by number', { sort: 'document_number' }, ['00007', '00017', '00027']],
    ['of a class', { overdueClasses: [OverdueClass.MILD] }, ['00017', '00007']],
    ['of a debtor’s name', { query: '乙' }, ['00017']],
    ['of part of a number', { query: '01' }, ['00017']],
    [
      'of everything',
      { includeSettled: true, sort: 'document_number' },
      ['00007', '00017', '00027', 'S0', 'S1', 'S2'],
    ],
    [
      'as of a past day',
      { asOf: due(11), sort: 'document_number' },
      ['00007', '00017', '00027', 'S0', 'S1', 'S2'],
    ],
    ['in another currency', { currency: 'USD' }, []],
  ])('are listed %s', async (_what, wanted, expected) => {
    const found = await list(wanted);
    expect(found.receivables.map((one) => one.documentNumber)).toEqual(expected);
    expect(found.page?.count).toBe(BigInt(expected.length));
  });

  it('keep their leading zeros, their case and their age', async () => {
    const { receivables } = await list({ query: '甲' });
    const one = receivables[0];
    expect(one).toMatchObject({
      documentNumber: '00007',
      customerNumber: '000',
      daysOverdue: 5,
      overdueClass: OverdueClass.MILD,
    });
    const call = await creditorCall(rig, orgId, 'auditor');
    const receivableId = one?.receivableId ?? '';
    expect((await rig.receivables.getReceivable({ receivableId }, call)).receivable).toEqual(one);
    expect(one?.caseId).toBe((await caseOf(rig, orgId, '甲钢铁')).caseId);
    await expect(
      rig.receivables.getReceivable({ receivableId }, await creditorCall(rig, randomUUIDv7())),
    ).rejects.toMatchObject({ kind: 'missing', reason: 'receivable_unknown' });
  });

  it('page by key without hole or repeat', async () => {
    for (const sort of ['due_date', '-open', 'document_number']) {
      const whole = (await list({ sort, includeSettled: true })).receivables;
      const seen: string[] = [];
      let cursor = '';
      do {
        const found = await list({ sort, includeSettled: true, page: { size: 2, cursor } });
        seen.push(...found.receivables.map((one) => one.receivableId));
        cursor = found.page?.nextCursor ?? '';
      } while (cursor !== '');
      expect(seen).toEqual(whole.map((one) => one.receivableId));
    }
  });

  it('add up to exposures, the largest first', async () => {
    const call = await creditorCall(rig, orgId);
    const { exposures } = await rig.receivables.listExposures(
      { asOf: '', currency: '', limit: 2 },
      call,
    );
    expect(exposures.map((one) => [one.debtorName, one.open?.minor, one.worstDaysOverdue])).toEqual(
      [
        ['丙钢铁', 300n, 45],
        ['乙钢铁', 200n, 25],
      ],
    );
    expect(exposures[0]?.caseId).not.toBe('');
  });
});

describe('the dashboard of a creditor', () => {
  it('counts cases, money by month and days sales outstanding', async () => {
    const orgId = randomUUIDv7();
    await writeBook(rig, orgId, [
      {
        key: 'A',
        name: '子公司',
        documents: [
          { number: 'A1', amountMinor: 60_000_000n, dueDate: due(70), documentDate: due(80) },
        ],
      },
      {
        key: 'B',
        name: '丑公司',
        documents: [
          { number: 'B1', amountMinor: 20_000_000n, dueDate: due(-5), documentDate: due(20) },
          { number: 'B2', amountMinor: 1_000_000n, dueDate: due(5), documentDate: due(120) },
        ],
      },
    ]);
    await openAll(rig, orgId);
    const { caseId } = await caseOf(rig, orgId, '丑公司');
    const call = await creditorCall(rig, orgId, 'finance');
    const paid = await rig.work.recordPayment(
      {
        caseId,
        paymentId: randomUUIDv7(),
        amount: { currency: 'CNY', minor: 400_000n },
        note: '',
        receivedOn: dayFromToday(0),
        means: 'cash',
        reference: '',
      },
      call,
    );
    expect(paid.case?.open?.minor).toBe(600_000n);
    const figures = await rig.cases.getDashboard({ asOf: '' }, call);
    expect(figures).toMatchObject({
      asOf: dayFromToday(0),
      openCases: 2n,
      placedCases: 0n,
      dueToday: 2n,
      promisesDue: 0n,
      promisesBroken: 0n,
      overdue: [{ currency: 'CNY', minor: 60_600_000n }],
      recoveredMonth: [{ currency: 'CNY', minor: 400_000n }],
      tiers: [
        { tier: 'PRIORITY_TIER_HIGH', cases: 1n, open: { minor: 60_000_000n } },
        { tier: 'PRIORITY_TIER_LOW', cases: 1n, open: { minor: 600_000n } },
      ],
      // (60,000,000 + 20,000,000 + 600,000) ÷ 80,000,000 sold in 90 days × 90 days.
      dsoTenths: 907,
    });
    expect(figures.months).toHaveLength(12);
    expect(figures.months.at(-1)).toMatchObject({
      month: dayFromToday(0).slice(0, 7),
      recovered: { minor: 400_000n },
      placed: { minor: 0n },
    });
  });
});
