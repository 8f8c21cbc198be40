import { sha256 } from '@recourse/kit/hash.ts';
import type { Field } from './field-rules.ts';
import type { ColumnFormat, FormatCandidate } from './formats.ts';
import { nameKey } from './identity.ts';
import { sideFormatOf } from './side-columns.ts';
import type { AnalysisSummary, ColumnSummary, Mapping } from './summary.ts';

/**
 * A column as it is kept. `knew` says that credits could be chosen when it was: profiles from
 * before the import told debits from credits map a column of credits as what was paid.
 */
type KeptColumn = { header: string; field: Field; format: string; knew?: 'credits' };

/** A mapping kept for the next file of a source with the same header; columns go by heading. */
export type SourceProfile = {
  name: string;
  columns: readonly KeptColumn[];
  defaultCurrency: string;
};

/** Fingerprint of a header: the same headings in any order, whatever their case and spacing. */
export function headerHash(names: readonly string[]): string {
  return sha256(names.map(nameKey).toSorted().join('\u001f'));
}

/** What is kept of a confirmed mapping. */
export function profileOf(summary: AnalysisSummary, mapping: Mapping): SourceProfile {
  const detected = new Map(summary.formats.map((one) => [one.position, one.detected]));
  return {
    name: mapping.profileName,
    defaultCurrency: mapping.defaultCurrency,
    columns: mapping.columns.map(({ position, field, format }) => ({
      header: summary.columns[position]?.header ?? '',
      field,
      format: format === '' ? (detected.get(position) ?? '') : format,
      knew: 'credits',
    })),
  };
}

/**
 * Whether a choice of before may stand. Where credits are signed in part, every choice has rows
 * against it, and the person has made it knowing that.
 */
function stands({ detected }: ColumnFormat, { format, contradictedBy }: FormatCandidate): boolean {
  return contradictedBy === 0 || (detected === '' && sideFormatOf(format) !== undefined);
}

/** A format that was chosen before stands where this file's values allow it. */
function formatBefore(
  summary: AnalysisSummary,
  profile: SourceProfile,
): AnalysisSummary['formats'] {
  const chosen = new Map(profile.columns.map((column) => [column.header, column.format]));
  return summary.formats.map((format) => {
    const before = chosen.get(summary.columns[format.position]?.header ?? '') ?? '';
    const fits = format.candidates.some((one) => one.format === before && stands(format, one));
    return fits ? { ...format, detected: before } : format;
  });
}

/**
 * Whether a column of credits was kept as what was paid only because nothing else could be chosen.
 * Then the suggestion stands; that its credits are taken from the amount is told as ever.
 */
function isOutgrown({ sides }: AnalysisSummary, column: ColumnSummary, kept: KeptColumn): boolean {
  const isCredit = column.field === 'CREDIT_AMOUNT' && column.position === sides?.pair?.credit;
  return isCredit && kept.field === 'PAID_AMOUNT' && kept.knew === undefined;
}

/** Puts a saved profile in the place of the suggestions; what a person ignored stays ignored. */
export function applyProfile(summary: AnalysisSummary, profile: SourceProfile): AnalysisSummary {
  const kept = new Map(profile.columns.map((column) => [column.header, column]));
  const columns = summary.columns.map((column): ColumnSummary => {
    const before = kept.get(column.header);
    if (before === undefined) return { ...column, field: undefined, confidence: 0, reasons: [] };
    if (isOutgrown(summary, column, before)) return column;
    return { ...column, field: before.field, confidence: 100, reasons: ['saved_profile'] };
  });
  return {
    ...summary,
    columns,
    formats: formatBefore(summary, profile),
    currency: profile.defaultCurrency === '' ? summary.currency : profile.defaultCurrency,
    profileName: profile.name,
  };
}
