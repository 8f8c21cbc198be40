/** Cases to work on: imported, opened, and some of them placed, as people would by the API. */
import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadHouse, machineToken, type Role } from './house.ts';

type Json = { readonly [name: string]: unknown };

const patienceMs = 600_000;

async function send(
  house: LoadHouse,
  role: Role,
  verb: string,
  path: string,
  body?: Json | string,
): Promise<{ status: number; json: Json }> {
  const isText = typeof body === 'string';
  const answer = await fetch(`${house.address}${path}`, {
    method: verb,
    headers: {
      authorization: `Bearer ${await machineToken(house, role)}`,
      'content-type': isText ? 'text/csv' : 'application/json',
      ...(isText ? { 'x-file-name': 'book.csv' } : {}),
      ...(verb === 'POST' ? { 'idempotency-key': randomUUIDv7() } : {}),
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, json: (await answer.json()) as Json };
}

async function done(
  house: LoadHouse,
  role: Role,
  verb: string,
  path: string,
  body?: Json | string,
) {
  const { status, json } = await send(house, role, verb, path, body);
  if (status !== 200) throw new Error(`${verb} ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(200);
  }
}

const fields = [
  'DOCUMENT_NUMBER',
  'CUSTOMER_NUMBER',
  'CUSTOMER_NAME',
  'DOCUMENT_DATE',
  'DUE_DATE',
  'AMOUNT',
  'CURRENCY',
] as const;

const dayAgo = (days: number): string =>
  Temporal.Now.plainDateISO('Asia/Shanghai').subtract({ days }).toString();

function ledger(cases: number): string {
  const mark = randomUUIDv7().slice(-6);
  const rows = Array.from({ length: cases }, (_, at) => {
    const late = 5 + (at % 300);
    const amount = `${100_000 + at}.00`;
    const [from, due] = [dayAgo(late + 30), dayAgo(late)];
    return [`L${mark}${at}`, `C${mark}${at}`, `负载${mark}${at}有限公司`, from, due, amount, 'CNY'];
  });
  const head = ['单据号', '客户编号', '客户名称', '单据日期', '到期日', '金额', '币种'];
  return `${[head, ...rows].map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}

async function importCases(house: LoadHouse, cases: number): Promise<void> {
  const [uploadId, importId] = [randomUUIDv7(), randomUUIDv7()];
  const at = `/v1/imports/${importId}`;
  const reached = (state: string) =>
    until(`the import to be ${state}`, async () => {
      const { import: found } = (await done(house, 'director', 'GET', at)) as {
        import: { state: string };
      };
      if (found.state === 'IMPORT_STATE_FAILED') throw new Error(JSON.stringify(found));
      return found.state === `IMPORT_STATE_${state}`;
    });
  await done(house, 'director', 'PUT', `/v1/uploads/${uploadId}`, ledger(cases));
  await done(house, 'director', 'PUT', at, { uploadId, source: 'LOAD' });
  await reached('MAPPING');
  const columns = fields.map((field, position) => ({ position, field }));
  await done(house, 'director', 'POST', `${at}:check`, {
    mapping: { columns, defaultCurrency: 'CNY' },
  });
  await reached('CHECKED');
  await done(house, 'director', 'POST', `${at}:commit`, {});
  await reached('COMMITTED');
}

async function introduce(house: LoadHouse): Promise<void> {
  const path = `/v1/agencies/${house.agencyId}`;
  if ((await send(house, 'manager', 'GET', path)).status === 200) return;
  await done(house, 'manager', 'PUT', path, {
    name: 'Load agency',
    sectors: ['制造'],
    regions: ['上海'],
    licences: [{ kind: '营业执照', number: house.agencyId, expiresOn: dayAgo(-400) }],
    listTerms: { flat: { rateBps: 1500 }, vatBps: 600, tailDays: 30 },
    agentCount: 100,
    capacityCases: 1_000_000,
  });
}

type CasesPage = { cases?: { caseId: string }[]; page?: { nextCursor?: string } };
type Results = { results: { placementId: string; done?: boolean }[] };

const path = '/v1/cases?page.size=100';
const mostPages = 20;

/** Every second case of those that are seen first, so that the creditor keeps as many. */
async function casesToPlace(house: LoadHouse): Promise<string[][]> {
  const found: string[][] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const more = cursor === '' ? '' : `&page.cursor=${encodeURIComponent(cursor)}`;
    const seen = (await done(house, 'director', 'GET', `${path}${more}`)) as CasesPage;
    const ids = (seen.cases ?? []).map((one) => one.caseId);
    found.push(ids.slice(0, Math.ceil(ids.length / 2)));
    cursor = seen.page?.nextCursor ?? '';
    if (cursor === '') break;
  }
  return found.filter((ids) => ids.length > 0);
}

async function placeSome(house: LoadHouse): Promise<void> {
  for (const caseIds of await casesToPlace(house)) {
    const placements = caseIds.map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
    const body = { placements, agencyId: house.agencyId, note: 'Load' };
    // One that is with somebody already stays there.
    const told = (await done(house, 'director', 'POST', '/v1/placements:place', body)) as Results;
    const placementIds = told.results
      .filter((one) => one.done === true)
      .map((one) => one.placementId);
    if (placementIds.length === 0) continue;
    await done(house, 'manager', 'POST', '/v1/placements:accept', { placementIds });
  }
  await until('the agency to see its cases', async () => {
    const seen = (await done(house, 'agent', 'GET', path)) as CasesPage;
    return (seen.cases?.length ?? 0) > 0;
  });
}

/** Adds so many cases of as many debtors and places up to 1,000 of them with the agency. */
export async function seedCases(house: LoadHouse, cases: number): Promise<void> {
  await importCases(house, cases);
  for (let isMore = true; isMore;) {
    const { hasMore } = await done(house, 'director', 'POST', '/v1/cases:open', {});
    isMore = hasMore === true;
  }
  await introduce(house);
  await placeSome(house);
}
