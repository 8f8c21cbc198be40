/** The outcome of comparing two names, and the words for it. */

export const kinds = ['company', 'person', 'unknown'] as const;
export type NameKind = (typeof kinds)[number];

/** `strong`: one name to a reader. Every verdict but `none` asks for a second identifier. */
export type Verdict = 'strong' | 'possible' | 'weak' | 'none';

export type ReasonCode =
  | 'same_words'
  | 'spelling_near'
  | 'word_missing'
  | 'words_differ'
  | 'number_differs'
  | 'number_missing'
  | 'region_differs'
  | 'region_missing'
  | 'form_differs'
  | 'acronym'
  | 'initial'
  | 'initial_differs'
  | 'patronymic_differs'
  | 'one_word_only'
  | 'brand_same'
  | 'brand_sounds_same'
  | 'brand_differs'
  | 'trade_differs'
  | 'trade_missing'
  | 'branch_differs'
  | 'read_aloud_same'
  | 'nothing_to_compare';

export type Reason = {
  readonly code: ReasonCode;
  readonly facts: Readonly<Record<string, string | number>>;
};

export type Comparison = {
  /** 0..1, two digits after the point. */
  readonly score: number;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
};

/** From which score a verdict holds; measured by `scripts/match` on labelled pairs. */
export const verdictFrom = { strong: 0.92, possible: 0.72, weak: 0.5 } as const;

/** What may be one firm or person, and may as well be another: the reader is asked, never told. */
export const belowStrong = verdictFrom.strong - 0.01;

export function verdictOf(score: number): Verdict {
  if (score >= verdictFrom.strong) return 'strong';
  if (score >= verdictFrom.possible) return 'possible';
  return score >= verdictFrom.weak ? 'weak' : 'none';
}

export function comparison(score: number, reasons: readonly Reason[]): Comparison {
  const rounded = Math.round(Math.min(Math.max(score, 0), 1) * 100) / 100;
  return { score: rounded, verdict: verdictOf(rounded), reasons };
}

export function reason(code: ReasonCode, facts: Reason['facts'] = {}): Reason {
  return { code, facts };
}

export const nothingToCompare = comparison(0, [reason('nothing_to_compare')]);

/** The better of two comparisons; the first when equal. */
export function better(a: Comparison, b: Comparison): Comparison {
  return b.score > a.score ? b : a;
}
