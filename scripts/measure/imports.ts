import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBus } from '@recourse/kit/bus.ts';
import { client, type ClientCall } from '@recourse/kit/client.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { createLog } from '@recourse/kit/log.ts';
import {
  type Import,
  ImportField,
  ImportsServiceClient,
  ImportState,
} from '@recourse/proto/cases/v1/imports.ts';
import type pg from 'pg';
import { type House, withHouse } from './house.ts';
import { peakMemoryMib } from './machine.ts';
import { type Result, say, whole } from './report.ts';

const goal = 0.2;
const memoryGoalMib = 512;

const head =
  'business_code,cust_number,name_customer,clear_date,doc_id,posting_date,due_in_date,' +
  'cust_payment_terms,invoice_currency,total_open_amount\n';

function dayText(offset: number): string {
  const day = Temporal.PlainDate.from('2020-01-01').add({ days: offset }).toString();
  return day.split('-').toReversed().join('-');
}

/** An export like an ERP's: one customer in fifty rows, a third settled, dates day first. */
async function* ledger(rows: number): AsyncGenerator<Buffer> {
  const days = Array.from({ length: 450 }, (_, offset) => dayText(offset));
  const customers = Math.max(20, Math.floor(rows / 50));
  let text = head;
  for (let row = 0; row < rows; row += 1) {
    const posted = row % 400;
    const customer = (row * 7919) % customers;
    const settled = row % 3 === 0 ? days[posted + 20] : '';
    const amount = (((row * 37) % 1_000_003) / 100).toFixed(2);
    text +=
      `U00${row % 7},${200_000_000 + customer},"Customer ${customer}, Ltd",${settled},` +
      `${1_930_000_000 + row},${days[posted]},${days[posted + 30]},NAA8,USD,${amount}\n`;
    if (text.length > 131_072) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}

const busy: readonly string[] = [
  ImportState.ANALYSING,
  ImportState.CHECKING,
  ImportState.COMMITTING,
];

type Importing = {
  imports: ReturnType<typeof client<ImportsServiceClient>>;
  call: () => Promise<ClientCall>;
};

async function untilIdle({ imports, call }: Importing, importId: string): Promise<Import> {
  for (;;) {
    const { import: found } = await imports.getImport({ importId }, await call());
    if (found !== undefined && !busy.includes(found.state)) return found;
    await sleep(50);
  }
}

function expectState(found: Import, state: string): void {
  if (found.state !== state) throw new Error(`import is ${found.state}: ${found.failureReason}`);
}

/** From the stored file to the committed book; the answers of a person take no time. Seconds. */
async function importOnce(on: Importing, uploadId: string): Promise<number> {
  const { imports, call } = on;
  const importId = randomUUIDv7();
  const begin = performance.now();
  await imports.createImport({ importId, uploadId, source: '' }, await call());
  const analysed = await untilIdle(on, importId);
  expectState(analysed, ImportState.MAPPING);
  const columns = (analysed.analysis?.columns ?? [])
    .filter((column) => column.suggested !== ImportField.IGNORE)
    .map(({ position, suggested }) => ({ position, field: suggested, format: '' }));
  const mapping = { columns, defaultCurrency: 'USD', profileName: '' };
  const about = { importId, expectedVersion: 0n, requestId: '' };
  await imports.checkImport({ ...about, mapping }, await call());
  expectState(await untilIdle(on, importId), ImportState.CHECKED);
  await imports.commitImport(about, await call());
  expectState(await untilIdle(on, importId), ImportState.COMMITTED);
  return (performance.now() - begin) / 1000;
}

/** COPY of the very rows into a table with the very indexes, from a file on the server. Seconds. */
async function copyOnce(bare: pg.Pool, orgId: string, file: string): Promise<number> {
  const quoted = `'${orgId}'`;
  await bare.query(`COPY (SELECT * FROM receivable WHERE org_id = ${quoted}) TO '${file}'`);
  await bare.query('DROP TABLE IF EXISTS bare_receivable');
  await bare.query('CREATE TABLE bare_receivable (LIKE receivable INCLUDING INDEXES)');
  const begin = performance.now();
  await bare.query(`COPY bare_receivable FROM '${file}'`);
  return (performance.now() - begin) / 1000;
}

async function upload(house: House, orgId: string, rows: number): Promise<string> {
  const log = createLog('bench', 'fatal');
  const bus = await createBus({ url: house.natsUrl, service: 'bench', log });
  const uploadId = randomUUIDv7();
  const about = { fileName: 'open-items.csv', mediaType: 'text/csv', maxBytes: 1_000_000_000 };
  await createFiles({ bus }).put(orgId, uploadId, ledger(rows), about);
  await bus.stop();
  return uploadId;
}

/**
 * An import through the service (read, checked, compared, written with its news) against COPY of
 * the rows it wrote, and the most memory the importing process held.
 */
export async function benchImports(quick: boolean): Promise<Result[]> {
  const sizes = quick ? [10_000, 50_000, 200_000] : [100_000, 300_000, 1_000_000];
  say('import');
  const results: Result[] = [];
  for (const rows of sizes) {
    const [ratio, memory] = await withHouse(async (house) => {
      const service = await house.start('cases');
      const imports = client(ImportsServiceClient, house.rpcAddress('cases'));
      const orgId = randomUUIDv7();
      const claims = { role: 'director', orgId, orgName: '远望机电股份有限公司' };
      const call = (): Promise<ClientCall> => house.call(claims);
      const uploadId = await upload(house, orgId, rows);
      const ours = await importOnce({ imports, call }, uploadId);
      const peak = peakMemoryMib(service.pid);
      imports.close();
      const bare = await copyOnce(house.bare('cases'), orgId, house.file('receivable.copy'));
      return [ratioResult(rows, ours, bare), memoryResult(rows, peak)] as const;
    });
    results.push(ratio, memory);
    say(`  ${whole(rows)}: ${ratio.value}, ${memory.value}`);
  }
  return results;
}

function ratioResult(rows: number, ours: number, bare: number): Result {
  const ratio = bare / ours;
  return {
    what: 'import against COPY',
    size: `${whole(rows)} rows`,
    ours: `${ours.toFixed(1)} s`,
    bare: `${bare.toFixed(1)} s`,
    value: ratio.toFixed(2),
    goal: `≥ ${goal}`,
    reached: ratio >= goal,
  };
}

function memoryResult(rows: number, peak: number | undefined): Result {
  return {
    what: 'memory of the import',
    size: `${whole(rows)} rows`,
    ours: peak === undefined ? 'not known here' : `${whole(peak)} MiB`,
    bare: '',
    value: peak === undefined ? '' : `${whole(peak)} MiB`,
    goal: `< ${memoryGoalMib} MiB`,
    reached: peak === undefined ? undefined : peak < memoryGoalMib,
  };
}
