import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListReceivablesRequest } from '@recourse/proto/cases/v1/receivables.ts';
import {
  creditorCall,
  dayFromToday,
  type Debtor,
  type Document,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';

let rig: Rig;
let orgId: string;

const late = (number: string, days: number, more: Partial<Document> = {}): Document => ({
  number,
  amountMinor: 100n,
  dueDate: dayFromToday(-days),
  documentDate: dayFromToday(-days - 30),
  ...more,
});

const book: readonly Debtor[] = [
  { key: 'A', name: '昨天到期', documents: [late('A1', 1)] },
  { key: 'B', name: '七天前到期两笔', documents: [late('B1', 7), late('B2', 3), late('B3', -9)] },
  { key: 'C', name: '八天前到期', documents: [late('C1', 8)] },
  { key: 'D', name: '早已逾期又添一笔', documents: [late('D1', 40), late('D2', 2)] },
  {
    key: 'E',
    name: '早先的已结清',
    documents: [late('E1', 40, { settledDate: dayFromToday(-5) }), late('E2', 2)],
  },
  { key: 'F', name: '今天到期', documents: [late('F1', 0)] },
  {
    key: 'G',
    name: '早先的是贷项',
    documents: [late('G1', 40, { amountMinor: -30n }), late('G2', 4)],
  },
  { key: 'H', name: '只有贷项', documents: [late('H1', 3, { amountMinor: -30n })] },
];

beforeAll(async () => {
  rig = await startRig();
  orgId = randomUUIDv7();
  await writeBook(rig, orgId, book);
});

afterAll(() => rig.stop());

async function listed(more: Partial<ListReceivablesRequest> = {}): Promise<string[]> {
  const request = ListReceivablesRequest.fromPartial({
    newlyOverdue: true,
    sort: 'document_number',
    ...more,
  });
  const { receivables, page } = await rig.receivables.listReceivables(
    request,
    await creditorCall(rig, orgId, 'credit_manager'),
  );
  expect(page?.count).toBe(BigInt(receivables.length));
  return receivables.map((one) => one.documentNumber);
}

describe('customers who became overdue in the last week', () => {
  it('are those with something due in it and nothing unpaid of before', async () => {
    expect(await listed()).toEqual(['A1', 'B1', 'B2', 'E2', 'G2']);
    // With what is settled only what is unpaid counts all the same.
    expect(await listed({ includeSettled: true })).toEqual(['A1', 'B1', 'B2', 'E2', 'G2']);
    expect(await listed({ query: '七天前' })).toEqual(['B1', 'B2']);
  });

  it('are counted on the first page, each once', async () => {
    const call = await creditorCall(rig, orgId, 'credit_manager');
    const figures = await rig.cases.getDashboard({ asOf: '' }, call);
    expect(figures.newlyOverdue).toBe(4n);
  });

  it('were others on a past day, by what was open then', async () => {
    // Six days ago E still owed what it paid the day after, and D only what is 40 days late now.
    const asOf = dayFromToday(-6);
    expect(await listed({ asOf })).toEqual(['B1', 'C1']);
    const call = await creditorCall(rig, orgId, 'credit_manager');
    expect((await rig.cases.getDashboard({ asOf }, call)).newlyOverdue).toBe(2n);
  });
});
