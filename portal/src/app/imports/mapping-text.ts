import type { LayoutFact } from '@recourse/proto/web/cases/v1/imports';
import { formatCount } from '../ui/format';
import type { MappingGap } from './mapping';
import { t } from './words';

/** What keeps a mapping from being checked, with what to do about it. */
export function gapText(gap: MappingGap): string {
  switch (gap.kind) {
    case 'missing':
      return t('missing', { fields: t.find(gap.field) ?? gap.field });
    case 'name':
      return t('missing', { fields: t('needName') });
    case 'duplicate':
      return t('duplicateField', { field: t.find(gap.field) ?? gap.field });
    case 'format':
      return t('needFormat', { column: gap.header });
  }
}

/** How the rows of a file belong together, or what to look at before they are read so. */
export function factText({ kind, column, rows, sample }: LayoutFact): string {
  return t.find(`layout.${kind}`, { column, rows: formatCount(rows), sample }) ?? kind;
}

/** Facts that only say how the file was read; every other asks a person to look or to choose. */
const notes: readonly string[] = [
  'group_rows',
  'carried_down',
  'document_lines',
  'side_unsigned',
  'side_signed',
  'credit_amounts',
  'running_balance',
];

/** Whether a fact asks for a look before the file is read as it stands. */
export function isWarning({ kind }: LayoutFact): boolean {
  return !notes.includes(kind);
}
