import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';

/** Words divided by any comma or semicolon, Chinese ones too. */
export function listOf(text: string): string[] {
  return text
    .split(/[,，、;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** `12.5` per cent as basis points, exactly; undefined for anything else or above 100. */
export function bpsOf(percent: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent.trim());
  if (match === null) return undefined;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return bps <= 10_000 ? bps : undefined;
}

/** The flat rate of terms as per cent text; empty for other models. */
export function percentOf(terms: CommissionTerms | undefined): string {
  if (terms?.model?.$case !== 'flat') return '';
  return String(terms.model.value.rateBps / 100);
}
