import type { JobStatus } from '@recourse/kit/jobs.ts';
import {
  type FindingGroup as FindingGroupMessage,
  type Import,
  type ImportAnalysis,
  type ImportCounts,
  ImportField,
  type ImportMapping,
  ImportState,
} from '@recourse/proto/cases/v1/imports.ts';
import { isWorking } from '../domain/import/batch.ts';
import type { Field } from '../domain/import/field-rules.ts';
import type { FindingGroup } from '../domain/import/finding.ts';
import { type AnalysisSummary, layoutFacts, type Mapping } from '../domain/import/summary.ts';
import type { Tally } from '../domain/import/tally.ts';
import type { ImportRow } from '../store/imports.ts';
import { wordOf } from './words.ts';

/** Imports in the words of the contract. */

function analysisMessage(summary: AnalysisSummary): ImportAnalysis {
  const { encoding, byteOrderMark, delimiter, sheet, headerRow, currency, profileName } = summary;
  return {
    encoding,
    byteOrderMark,
    delimiter,
    sheet,
    headerRow,
    profileName,
    rowCount: BigInt(summary.rowCount),
    suggestedCurrency: currency,
    columns: summary.columns.map(({ field, samples, reasons, emptyCount, ...column }) => ({
      ...column,
      samples: [...samples],
      reasons: [...reasons],
      suggested: ImportField[field ?? 'IGNORE'],
      emptyCount: BigInt(emptyCount),
    })),
    formats: summary.formats.map(({ position, detected, candidates }) => ({
      position,
      detected,
      candidates: candidates.map(({ contradictedBy, ...candidate }) => ({
        ...candidate,
        contradictedBy: BigInt(contradictedBy),
      })),
    })),
    layout: layoutFacts(summary).map((fact) => ({ ...fact, rows: BigInt(fact.rows) })),
  };
}

function mappingMessage(mapping: Mapping): ImportMapping {
  const { defaultCurrency, profileName } = mapping;
  const columns = mapping.columns.map(({ position, field, format }) => ({
    position,
    field: ImportField[field],
    format,
  }));
  return { columns, defaultCurrency, profileName };
}

/** A mapping of a request; columns that are ignored say nothing. */
export function mappingFrom(message: ImportMapping): Mapping {
  const columns = message.columns.flatMap(({ position, field: value, format }) => {
    const field = wordOf(ImportField, value);
    if (field === undefined || field === 'UNSPECIFIED' || field === 'IGNORE') return [];
    return [{ position, field: field satisfies Field, format }];
  });
  const { defaultCurrency, profileName } = message;
  return { columns, defaultCurrency, profileName };
}

const moneys = (sums: Readonly<Record<string, string>>): ImportCounts['totals'] =>
  Object.entries(sums).map(([currency, minor]) => ({ currency, minor: BigInt(minor) }));

function countsMessage(tally: Tally): ImportCounts {
  const { totals, openTotals = {}, ...counts } = tally;
  return {
    rows: BigInt(counts.rows),
    accepted: BigInt(counts.accepted),
    rejected: BigInt(counts.rejected),
    notices: BigInt(counts.notices),
    receivablesNew: BigInt(counts.receivablesNew),
    receivablesChanged: BigInt(counts.receivablesChanged),
    receivablesUnchanged: BigInt(counts.receivablesUnchanged),
    customersNew: BigInt(counts.customersNew),
    customersSeen: BigInt(counts.customersSeen),
    totals: moneys(totals),
    openTotals: moneys(openTotals),
  };
}

function groupMessage(group: FindingGroup): FindingGroupMessage {
  const { count, firstRow, ...rest } = group;
  return { ...rest, count: BigInt(count), firstRow: BigInt(firstRow) };
}

function perSecond(job: JobStatus, at: Temporal.Instant): bigint {
  if (job.startedAt === null || job.state !== 'running') return 0n;
  const seconds = Temporal.Instant.from(job.startedAt).until(at).total('seconds');
  return seconds < 1 ? 0n : BigInt(Math.round(job.progress.done / seconds));
}

/** An import as it stands. A job that was given up after crashes has failed its import. */
export function importMessage(
  row: ImportRow,
  job: JobStatus | undefined,
  at: Temporal.Instant,
): Import {
  const isLost = isWorking(row.state) && job?.state === 'failed';
  const working = isWorking(row.state) && job !== undefined && !isLost;
  return {
    importId: row.importId,
    fileName: row.fileName,
    uploadId: row.uploadId,
    state: ImportState[isLost ? 'FAILED' : row.state],
    analysis: row.analysis === null ? undefined : analysisMessage(row.analysis),
    mapping: row.mapping === null ? undefined : mappingMessage(row.mapping),
    counts: row.tally === null ? undefined : countsMessage(row.tally),
    findingGroups: row.findingGroups.map(groupMessage),
    progress: working
      ? {
          jobId: job.id,
          stage: job.progress.stage,
          done: BigInt(job.progress.done),
          total: BigInt(job.progress.total),
          perSecond: perSecond(job, at),
        }
      : undefined,
    failureReason: isLost ? job.reason : row.failureReason,
    failureFacts: { ...row.failureFacts },
    source: row.source,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt ?? undefined,
    version: row.version,
  };
}
