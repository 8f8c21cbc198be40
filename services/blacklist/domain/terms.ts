import type {
  Category as CategoryValue,
  Purpose as PurposeValue,
} from '@recourse/proto/blacklist/v1/subject.ts';
import type {
  EvidenceKind as EvidenceValue,
  LegalBasisKind as BasisValue,
  Pillar as PillarValue,
} from '@recourse/proto/blacklist/v1/listings.ts';

/** The short word of a contract value: `FRAUD` of `CATEGORY_FRAUD`. */
export type Word<Value extends string, Prefix extends string> = Exclude<
  Value extends `${Prefix}_${infer W}` ? W : never,
  'UNSPECIFIED'
>;

export type Category = Word<CategoryValue, 'CATEGORY'>;
export type Purpose = Word<PurposeValue, 'PURPOSE'>;
export type EvidenceKind = Word<EvidenceValue, 'EVIDENCE_KIND'>;
export type Pillar = Word<PillarValue, 'PILLAR'>;
export type BasisKind = Word<BasisValue, 'LEGAL_BASIS_KIND'>;

/** For each pillar, what it takes: all lines, of each line any one kind. */
export type PillarStandard = Readonly<Record<Pillar, readonly (readonly EvidenceKind[])[]>>;

/** What natural persons need before they may be listed. */
export type PersonTerms = {
  readonly bases: readonly BasisKind[];
  readonly leastAgeYears: number;
};

/** The figures a decision is made by, as they hold on its day. */
export type Terms = {
  readonly noticeDays: number;
  readonly answerDays: number;
  readonly defaultYears: number;
  readonly legalMostYears: number;
  readonly reviewMonths: number;
  readonly votes: number;
  readonly protectMostDays: number;
  /** Categories in which no temporary difficulty can be: they are intent. */
  readonly neverProtected: readonly Category[];
  readonly standard: Readonly<Record<Category, PillarStandard>>;
  readonly persons: PersonTerms;
  readonly freeReports: number;
  readonly dailyLookUps: number;
  readonly dailyBulkRows: number;
  readonly watchMostMonths: number;
  readonly nightReceiptMonths: number;
};
