import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { ImportField, ImportState } from '@recourse/proto/cases/v1/imports.ts';
import { type Org, patiently, type Town } from './town.ts';

/** One open document of a creditor's export. */
export type Document = {
  number: string;
  customer: string;
  dueOn: string;
  /** In minor units of two decimals. */
  minor: bigint;
};

function amountText(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
}

/** A creditor's export as CSV. */
export function ledgerFile(documents: readonly Document[], currency: string): string {
  const rows = documents.map(({ number, customer, dueOn, minor }) => {
    const issued = Temporal.PlainDate.from(dueOn).subtract({ days: 30 }).toString();
    const name = `${customer}有限公司`;
    return [number, customer, name, issued, dueOn, amountText(minor), currency].join(',');
  });
  const head = 'invoice number,customer number,customer name,invoice date,due date,amount,currency';
  return [head, ...rows, ''].join('\n');
}

/** Brings a file into a creditor's book, confirming whatever was suggested. */
export async function importFile(town: Town, creditor: Org, text: string): Promise<void> {
  const [uploadId, importId] = [randomUUIDv7(), randomUUIDv7()];
  const about = { fileName: 'open-items.csv', mediaType: 'text/csv', maxBytes: 10_000_000 };
  async function* pieces(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  await town.files.put(creditor.orgId, uploadId, pieces(), about);
  const call = await creditor.as('director');
  const inState = (state: ImportState) =>
    eventually(async () => {
      const { import: found } = await town.imports.getImport({ importId }, call);
      if (found?.state !== state) throw new Error(`${found?.state} ${found?.failureReason}`);
      return found;
    }, 30_000);
  await patiently(() => town.imports.createImport({ importId, uploadId, source: '' }, call));
  const { analysis, version } = await inState(ImportState.MAPPING);
  const columns = (analysis?.columns ?? [])
    .filter((column) => column.suggested !== ImportField.IGNORE)
    .map(({ position, suggested }) => ({ position, field: suggested, format: '' }));
  const mapping = { columns, defaultCurrency: 'CNY', profileName: '' };
  const requestId = randomUUIDv7();
  await town.imports.checkImport({ importId, mapping, expectedVersion: version, requestId }, call);
  const checked = await inState(ImportState.CHECKED);
  const wanted = { importId, expectedVersion: checked.version, requestId: randomUUIDv7() };
  await town.imports.commitImport(wanted, call);
  await inState(ImportState.COMMITTED);
}
