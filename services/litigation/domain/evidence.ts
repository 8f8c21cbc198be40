import { fault } from '@recourse/kit/fault.ts';
import type { DebtType } from '@recourse/proto/litigation/v1/matters.ts';
import type { ChecklistLine, EvidenceItem } from '@recourse/proto/litigation/v1/papers.ts';

export type ChecklistRule = {
  kind: string;
  zh: string;
  en: string;
  required: boolean;
  provesZh: string;
  provesEn: string;
};

/** The evidence that a kind of debt needs, as rule data. */
export type Checklist = {
  debtType: DebtType;
  effectiveFrom: string;
  source: string;
  lines: readonly ChecklistRule[];
};

/** Fault: `missing` checklist_unknown. */
export function checklistOf(checklists: readonly Checklist[], debtType: DebtType): Checklist {
  const found = checklists.find((one) => one.debtType === debtType);
  if (found === undefined) throw fault('missing', 'checklist_unknown', { debtType });
  return found;
}

/**
 * The checklist with what there is; a required line without anything is a gap. Evidence of a kind
 * that the list does not name stands under `other` at the end.
 */
export function laidOut(checklist: Checklist, items: readonly EvidenceItem[]): ChecklistLine[] {
  const lines = checklist.lines.map((rule) => {
    const own = items.filter((item) => item.kind === rule.kind);
    return {
      kind: rule.kind,
      labelZh: rule.zh,
      labelEn: rule.en,
      required: rule.required,
      provesZh: rule.provesZh,
      provesEn: rule.provesEn,
      items: own,
      gap: rule.required && own.length === 0,
    };
  });
  const named = new Set(checklist.lines.map((rule) => rule.kind));
  const others = items.filter((item) => !named.has(item.kind));
  if (others.length === 0) return lines;
  const other = { kind: 'other', labelZh: '其他', labelEn: 'Other', required: false };
  return [...lines, { ...other, provesZh: '', provesEn: '', items: others, gap: false }];
}

/** How many required kinds are missing. */
export function gapsOf(checklist: Checklist, items: readonly Pick<EvidenceItem, 'kind'>[]): number {
  const kinds = new Set(items.map((item) => item.kind));
  return checklist.lines.filter((rule) => rule.required && !kinds.has(rule.kind)).length;
}
