import { ImportField } from '@recourse/proto/web/cases/v1/imports';
import type { ImportAnalysis, ImportMapping } from '@recourse/proto/web/cases/v1/imports';

/** What a person has chosen so far, by the column's position. */
export type MappingChoice = {
  fields: Readonly<Record<number, ImportField>>;
  formats: Readonly<Record<number, string>>;
  defaultCurrency: string;
  profileName: string;
};

/** What keeps a mapping from being checked; the page says each in words. */
export type MappingGap =
  | { kind: 'missing'; field: ImportField }
  | { kind: 'name' }
  | { kind: 'duplicate'; field: ImportField }
  | { kind: 'format'; header: string };

const needed = [ImportField.DOCUMENT_NUMBER, ImportField.DUE_DATE, ImportField.AMOUNT] as const;
const names = [ImportField.CUSTOMER_NUMBER, ImportField.CUSTOMER_NAME] as const;
/** Columns whose reading a person must choose where the values leave it open. */
const readings: readonly ImportField[] = [
  ImportField.DOCUMENT_DATE,
  ImportField.DUE_DATE,
  ImportField.SETTLED_DATE,
  ImportField.SIDE,
];

/** The choice to begin with: the mapping of before, else what was suggested. */
export function firstChoice(
  analysis: ImportAnalysis,
  mapping: ImportMapping | undefined,
): MappingChoice {
  const before = new Map(mapping?.columns.map((column) => [column.position, column]));
  const detected = new Map(analysis.formats.map((format) => [format.position, format.detected]));
  const fields: Record<number, ImportField> = {};
  const formats: Record<number, string> = {};
  for (const { position, suggested } of analysis.columns) {
    const chosen = before.get(position);
    fields[position] = chosen?.field ?? suggested;
    const format = chosen?.format || detected.get(position);
    if (format !== undefined && format !== '') formats[position] = format;
  }
  return {
    fields,
    formats,
    defaultCurrency: mapping?.defaultCurrency || analysis.suggestedCurrency || 'CNY',
    profileName: mapping?.profileName ?? analysis.profileName,
  };
}

/** What is still wrong with a choice; empty when it can be checked. */
export function gapsOf(analysis: ImportAnalysis, choice: MappingChoice): MappingGap[] {
  const chosen = Object.values(choice.fields).filter((field) => field !== ImportField.IGNORE);
  const missing = needed.filter((field) => !chosen.includes(field));
  const twice = [...new Set(chosen.filter((field, at) => chosen.indexOf(field) !== at))];
  const unread = analysis.formats.filter(({ position, candidates }) => {
    const field = choice.fields[position] ?? ImportField.IGNORE;
    return readings.includes(field) && candidates.length > 0 && !choice.formats[position];
  });
  return [
    ...missing.map((field) => ({ kind: 'missing', field }) as const),
    ...(names.some((field) => chosen.includes(field)) ? [] : [{ kind: 'name' } as const]),
    ...twice.map((field) => ({ kind: 'duplicate', field }) as const),
    ...unread.map(({ position }) => ({
      kind: 'format' as const,
      header: analysis.columns.find((column) => column.position === position)?.header ?? '',
    })),
  ];
}

/** The contract's mapping of a choice. */
export function mappingOf(choice: MappingChoice): ImportMapping {
  return {
    columns: Object.entries(choice.fields).map(([position, field]) => ({
      position: Number(position),
      field,
      format: choice.formats[Number(position)] ?? '',
    })),
    defaultCurrency: choice.defaultCurrency,
    profileName: choice.profileName,
  };
}
