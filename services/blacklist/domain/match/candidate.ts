import type { Comparison, NameKind } from './comparison.ts';

/** A listed entry with the spelling of it that matched best. */
export type Candidate = Comparison & { readonly id: string; readonly name: string };

export type SearchOptions = {
  readonly kind: NameKind;
  readonly limit: number;
  /** Weaker candidates are left out; 0.5 when absent. */
  readonly least?: number;
};
