/** What the import's tests do again and again: upload, wait, confirm what was suggested, commit. */
import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { createFiles } from '@recourse/kit/files.ts';
import {
  type Import,
  ImportField,
  type ImportsServiceClient,
  ImportState,
  type MappedColumn,
} from '@recourse/proto/cases/v1/imports.ts';
import { creditorCall, type Rig } from './book-rig.ts';

export type Imports = Promised<ImportsServiceClient>;

/** A file in the store of an organisation, as the gateway lays an upload down. */
export async function upload(
  rig: Rig,
  orgId: string,
  content: string | Buffer,
  fileName = 'open-items.csv',
): Promise<string> {
  const uploadId = randomUUIDv7();
  const bytes = Buffer.from(content);
  const about = { fileName, mediaType: 'text/csv', maxBytes: bytes.length + 1 };
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
  }
  await createFiles({ bus: rig.service.bus }).put(orgId, uploadId, pieces(), about);
  return uploadId;
}

const working: readonly ImportState[] = [
  ImportState.ANALYSING,
  ImportState.CHECKING,
  ImportState.COMMITTING,
  ImportState.UNDOING,
];

/** Waits until no job is at work on the import, and answers it. */
export async function settled(
  imports: Imports,
  importId: string,
  call: ClientCall,
): Promise<Import> {
  for (;;) {
    const { import: found } = await imports.getImport({ importId }, call);
    if (found === undefined) throw new Error('no import');
    if (!working.includes(found.state)) return found;
    await sleep(25);
  }
}

/** Names an upload and waits for its analysis. */
export async function analysed(
  rig: Rig,
  imports: Imports,
  orgId: string,
  content: string | Buffer,
  o: { source?: string; fileName?: string } = {},
): Promise<{ found: Import; call: ClientCall }> {
  const call = await creditorCall(rig, orgId);
  const uploadId = await upload(rig, orgId, content, o.fileName);
  const importId = randomUUIDv7();
  await imports.createImport({ importId, uploadId, source: o.source ?? '' }, call);
  return { found: await settled(imports, importId, call), call };
}

/** The mapping that was suggested, as a person confirms it without a change. */
export function suggested(found: Import): MappedColumn[] {
  return (found.analysis?.columns ?? [])
    .filter((column) => column.suggested !== ImportField.IGNORE)
    .map(({ position, suggested: field }) => ({ position, field, format: '' }));
}

/** Analyses and checks by the suggestions. */
export async function checked(
  rig: Rig,
  imports: Imports,
  orgId: string,
  content: string | Buffer,
  o: { currency?: string; profileName?: string; source?: string } = {},
): Promise<{ found: Import; call: ClientCall }> {
  const { found, call } = await analysed(rig, imports, orgId, content, o);
  const mapping = {
    columns: suggested(found),
    defaultCurrency: o.currency ?? 'CNY',
    profileName: o.profileName ?? '',
  };
  const { importId, version } = found;
  const requestId = randomUUIDv7();
  await imports.checkImport({ importId, mapping, expectedVersion: version, requestId }, call);
  return { found: await settled(imports, importId, call), call };
}

/** The whole way, from bytes to the book. */
export async function imported(
  rig: Rig,
  imports: Imports,
  orgId: string,
  content: string | Buffer,
  o: { currency?: string } = {},
): Promise<{ found: Import; call: ClientCall }> {
  const { found, call } = await checked(rig, imports, orgId, content, o);
  const { importId, version } = found;
  const requestId = randomUUIDv7();
  await imports.commitImport({ importId, expectedVersion: version, requestId }, call);
  return { found: await settled(imports, importId, call), call };
}

export async function undone(
  imports: Imports,
  importId: string,
  call: ClientCall,
): Promise<Import> {
  await imports.undoImport({ importId, requestId: randomUUIDv7() }, call);
  return settled(imports, importId, call);
}

/** A small ledger, and rows of it. */
export const head =
  'invoice number,customer number,customer name,invoice date,due date,amount,settled date';
export const ledger = (...rows: string[]): string => [head, ...rows, ''].join('\n');
export const first = '0001,C1,ACME,2024-01-01,2024-01-31,100.00,';
export const second = '0002,C1,Acme Inc.,2024-01-02,2024-02-01,50.50,';
export const third = '0003,C2,Beta,2024-01-03,2024-02-02,70.25,2024-01-20';

/** The book of an organisation as it stands, without ids and versions. */
export async function book(rig: Rig, orgId: string): Promise<object> {
  const receivables = await rig.service.ownerQuery(
    `SELECT r.document_key, r.document_number, d.customer_key, r.document_date::text AS issued,
            r.due_date::text AS due, r.currency, r.amount_minor::text AS amount,
            r.open_minor::text AS open, r.settled_date::text AS settled, r.disputed,
            r.payment_terms, r.description, r.company_code, r.import_id
       FROM receivable r JOIN debtor d USING (org_id, debtor_id)
      WHERE r.org_id = $1 ORDER BY r.document_key`,
    [orgId],
  );
  const debtors = await rig.service.ownerQuery(
    `SELECT customer_key, customer_number, name, aliases, credit_code, region, contacts_sealed
       FROM debtor WHERE org_id = $1 ORDER BY customer_key`,
    [orgId],
  );
  return { receivables, debtors };
}
