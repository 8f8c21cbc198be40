import type { Day } from '@recourse/kit/day.ts';
import { isBefore } from '@recourse/kit/day.ts';
import {
  type ImportAnalysis,
  type ImportMapping,
  ImportState,
} from '@recourse/proto/cases/v1/imports.ts';
import iconv from 'iconv-lite';
import type { Book, DemoReceivable } from './book.ts';
import type { DemoCreditor } from './cast.ts';
import { exportText } from './exports.ts';
import { type Stage, until } from './stage.ts';

/**
 * What a creditor's system sends on a day: documents written since the last delivery, and those
 * paid since. What nobody pays by himself stays as delivered and is settled through its case.
 */
function delivery(book: Book, since: Day | undefined, on: Day): DemoReceivable[] {
  return book.receivables.filter((row) => {
    if (isBefore(on, row.documentDate)) return false;
    if (since === undefined || isBefore(since, row.documentDate)) return true;
    const settled = row.settledOn;
    return settled !== undefined && isBefore(since, settled) && !isBefore(on, settled);
  });
}

function encoded(creditor: DemoCreditor, text: string): Buffer {
  if (creditor.encoding === 'gb18030') return iconv.encode(text, 'gb18030');
  return Buffer.from(creditor.encoding === 'utf-8-bom' ? `\uFEFF${text}` : text, 'utf8');
}

/** Takes every suggestion, as a person does who finds them right. */
function acceptSuggestions(analysis: ImportAnalysis): ImportMapping {
  const formats = new Map(analysis.formats.map((found) => [found.position, found.detected]));
  return {
    columns: analysis.columns.map(({ position, suggested }) => ({
      position,
      field: suggested,
      format: formats.get(position) ?? '',
    })),
    defaultCurrency: analysis.suggestedCurrency === '' ? 'CNY' : analysis.suggestedCurrency,
    profileName: '',
  };
}

async function inState(stage: Stage, user: string, importId: string, state: ImportState) {
  return until(`import in ${state}`, async () => {
    const call = await stage.as(user);
    const { import: found } = await stage.imports.getImport({ importId }, call);
    if (found?.state === ImportState.FAILED)
      throw new Error(`import failed: ${found.failureReason}`);
    return found?.state === state ? found : undefined;
  });
}

/** Sends one delivery through the import: upload, suggestions, check, commit. */
export async function deliver(
  stage: Stage,
  creditor: DemoCreditor,
  book: Book,
  since: Day | undefined,
  on: Day,
): Promise<void> {
  const rows = delivery(book, since, on);
  if (rows.length === 0) return;
  const call = await stage.as(creditor.director);
  const content = encoded(creditor, exportText(creditor.dialect, rows, on));
  const name = `${creditor.prefix}-AR-${on.toString()}.csv`;
  const uploadId = await stage.upload(call.caller, name, content);
  const importId = stage.id('import');
  const { source } = creditor;
  await stage.imports.createImport({ importId, uploadId, source }, call);
  const mapped = await inState(stage, creditor.director, importId, ImportState.MAPPING);
  if (mapped.analysis === undefined) throw new Error('an import without analysis');
  const mapping = acceptSuggestions(mapped.analysis);
  await stage.imports.checkImport(
    { importId, mapping, expectedVersion: mapped.version, requestId: stage.id('check') },
    call,
  );
  const checked = await inState(stage, creditor.director, importId, ImportState.CHECKED);
  await stage.imports.commitImport(
    { importId, expectedVersion: checked.version, requestId: stage.id('commit') },
    call,
  );
  await inState(stage, creditor.director, importId, ImportState.COMMITTED);
}
