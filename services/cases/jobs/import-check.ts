import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Row } from '../domain/import/csv.ts';
import { customerCollector } from '../domain/import/customers.ts';
import { difference } from '../domain/import/difference.ts';
import { type Finding, findingGroups } from '../domain/import/finding.ts';
import { rowPlan } from '../domain/import/plan.ts';
import type { ReceivableRecord, Verdict } from '../domain/import/record.ts';
import { rejectedHeader, rejectedLine } from '../domain/import/rejected-csv.ts';
import { confirmedBy } from '../domain/import/summary.ts';
import { counter, type Tally } from '../domain/import/tally.ts';
import { readerOf } from '../intake/read-rows.ts';
import type { Table } from '../intake/table.ts';
import { addCustomers, clearCustomers, countCustomers } from '../store/import-customers.ts';
import { addFindings, clearFindings } from '../store/import-findings.ts';
import { meet } from '../store/import-writing.ts';
import type { ImportRow, RejectedFile } from '../store/imports.ts';
import { gathered, storedOf } from './import-records.ts';
import {
  advance,
  type AskUndo,
  type ImportDeps,
  type ImportRun,
  inState,
  teller,
  withTable,
} from './import-work.ts';

/** Accepted rows compared with the store at a time. */
const compareBatch = 5_000;
/**
 * Customers and spellings held before they are laid down, 20 to 30 MB: those of most files at once,
 * since a file whose customers come again and again writes each of them anew every time.
 */
const customersHeld = 60_000;
/** Findings of one rule that can be read on the screen; the file of rejected rows has every row. */
const findingsOfRule = 1_000;

type Places = { rule: Map<string, number>; next: number };

/** Findings to be kept, numbered through the import. */
function keepSome(places: Places, findings: readonly Finding[]): (Finding & { place: number })[] {
  return findings.flatMap((one) => {
    const count = places.rule.get(one.rule) ?? 0;
    if (count >= findingsOfRule) return [];
    places.rule.set(one.rule, count + 1);
    places.next += 1;
    return [{ ...one, place: places.next }];
  });
}

type Rejects = {
  add(row: Row, findings: readonly Finding[]): Promise<void>;
  /** Stores the file when there is something in it. */
  store(): Promise<RejectedFile | null>;
  remove(): Promise<void>;
};

/** Rejected rows on their way to a file that a person can repair and upload again. */
async function rejects(
  deps: ImportDeps,
  run: ImportRun,
  row: ImportRow,
  names: readonly string[],
): Promise<Rejects> {
  const folder = await mkdtemp(join(deps.limits.folder, 'recourse-rejected-'));
  const path = join(folder, 'rejected.csv');
  const out = createWriteStream(path, { mode: 0o600 });
  let count = 0;
  out.write(`\ufeff${rejectedHeader(names)}`);
  return {
    add: async ({ cells }, findings) => {
      count += 1;
      if (!out.write(rejectedLine(names, cells, findings))) await once(out, 'drain');
    },
    store: async () => {
      out.end();
      await finished(out);
      if (count === 0) return null;
      const fileId = namedUuid(run.data.importId, `rejected ${row.version}`);
      const fileName = `${row.fileName.replace(/\.[^.]{1,5}$/, '')}-rejected.csv`;
      const { size } = await stat(path);
      const about = { fileName, mediaType: 'text/csv; charset=utf-8', maxBytes: size };
      const content = createReadStream(path);
      const { sizeBytes } = await deps.files.put(run.orgId, fileId, content, about);
      return { fileId, fileName, sizeBytes };
    },
    remove: async () => {
      out.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Compared = Pick<Tally, 'receivablesNew' | 'receivablesChanged' | 'receivablesUnchanged'>;

/** Counts what accepted records would do to the store. */
async function compare(
  deps: ImportDeps,
  run: ImportRun,
  records: readonly ReceivableRecord[],
  sums: Compared,
): Promise<void> {
  const keys = records.map((record) => record.documentKey);
  const marks = records.map((record) => record.contentMark);
  const met = await deps.db.tenant(run.orgId, (tx) => meet(tx, keys, marks, false));
  for (const record of records) {
    const stored = met.different.get(record.documentKey);
    const kind = met.same.has(record.documentKey)
      ? 'unchanged'
      : difference(record, stored === undefined ? undefined : storedOf(record, stored, run.orgId))
          .kind;
    if (kind === 'new') sums.receivablesNew += 1;
    else if (kind === 'changed') sums.receivablesChanged += 1;
    else sums.receivablesUnchanged += 1;
  }
}

/** One check of a whole file: everything that is counted, gathered and kept on the way. */
function checking(deps: ImportDeps, run: ImportRun, rejected: Rejects) {
  const { importId } = run.data;
  const sums: Compared = { receivablesNew: 0, receivablesChanged: 0, receivablesUnchanged: 0 };
  const counts = counter();
  const groups = findingGroups();
  const customers = customerCollector();
  const places: Places = { rule: new Map(), next: 0 };
  let records: ReceivableRecord[] = [];
  let kept: (Finding & { place: number })[] = [];

  async function flush(all: boolean): Promise<void> {
    if (records.length >= compareBatch || all) {
      await compare(deps, run, records, sums);
      records = [];
    }
    if (kept.length >= compareBatch || (all && kept.length > 0)) {
      await deps.db.tenant(run.orgId, (tx) => addFindings(tx, importId, kept));
      kept = [];
    }
    if (customers.size() >= customersHeld || all) {
      const taken = await gathered(deps.contacts, run.orgId, customers.take());
      await deps.db.tenant(run.orgId, (tx) => addCustomers(tx, importId, taken));
    }
  }

  async function add(row: Row, verdict: Verdict): Promise<void> {
    counts.add(verdict);
    if (verdict.findings.length > 0) {
      groups.add(verdict.findings);
      kept.push(...keepSome(places, verdict.findings));
    }
    if (verdict.kind === 'rejected') await rejected.add(row, verdict.findings);
    if (verdict.kind !== 'accepted') return;
    customers.add(verdict.record);
    records.push(verdict.record);
    if (records.length >= compareBatch) await flush(false);
  }
  return { add, flush, tally: () => ({ ...counts.finish(), ...sums }), groups };
}

async function checkTable(
  deps: ImportDeps,
  run: ImportRun,
  row: ImportRow,
  table: Table,
): Promise<void> {
  const { analysis, mapping } = row;
  if (analysis === null || mapping === null) return;
  const plan = rowPlan(confirmedBy(analysis, mapping));
  await deps.db.tenant(run.orgId, async (tx) => {
    await clearFindings(tx, run.data.importId);
    await clearCustomers(tx, run.data.importId);
  });
  const rejected = await rejects(deps, run, row, plan.names);
  try {
    const work = checking(deps, run, rejected);
    const file = await readerOf(table, analysis, mapping, run.signal);
    const watch = teller(deps, run, 'checking', table);
    let rows = 0;
    for await (const batch of table.rows()) {
      for (const each of batch) {
        if (each.line <= analysis.headerRow) continue;
        for (const { row: judged, verdict } of file.add(each)) await work.add(judged, verdict);
      }
      rows += batch.length;
      await watch(rows);
    }
    for (const { row: judged, verdict } of file.finish()) await work.add(judged, verdict);
    await work.flush(true);
    const rejectedFile = await rejected.store();
    const customers = await deps.db.tenant(run.orgId, (tx) =>
      countCustomers(tx, run.data.importId),
    );
    await advance(deps, run, 'CHECKING', {
      state: 'CHECKED',
      tally: { ...work.tally(), ...customers },
      findingGroups: work.groups.finish(),
      rejectedFile,
    });
  } finally {
    await rejected.remove();
  }
}

/** Judges every row by the confirmed mapping and says what a commit would do. */
export async function runCheck(deps: ImportDeps, run: ImportRun, askUndo: AskUndo): Promise<void> {
  await inState(deps, run, 'CHECKING', askUndo, (row) =>
    withTable(deps, row, run.orgId, (table) => checkTable(deps, run, row, table)),
  );
}
