/** What the matcher must be told about words; the tables themselves are rule data. */

/** Kinds of legal form that a name may claim; `any` says no more than "a firm". */
export type FormClass = 'stock' | 'limited' | 'partnership' | 'nonprofit' | 'state' | 'any';

export type FormRow = { readonly class: FormClass; readonly phrases: readonly string[] };

export type NameWords = {
  readonly version: string;
  /** Traditional characters, each followed by its simplified one; blanks are ignored. */
  readonly simplifiedPairs: string;
  /** A syllable, then the characters read so. */
  readonly pinyinFirst: string;
  readonly pinyinOther: string;
  /** Letters of other scripts in Latin, `letter latin` per word pair. */
  readonly letters: Readonly<Record<string, string>>;
  readonly forms: readonly FormRow[];
  /** One region or country per line; its spellings by `|`; the first one stands for all. */
  readonly regions: string;
  /** Abbreviation and full word. */
  readonly abbreviations: Readonly<Record<string, string>>;
  /** Number words in digits. */
  readonly numbers: Readonly<Record<string, string>>;
  /** Words of trade that many firms bear, by blanks. */
  readonly trades: string;
  /** Words of one meaning in several languages: lines; the first word stands for all. */
  readonly translations: string;
  /** Words that say nothing. */
  readonly fillers: string;
  readonly titles: string;
  readonly particles: string;
  /** Given names that stand for each other: lines. */
  readonly givenNames: string;
  readonly chineseProvinces: string;
  readonly chineseCounties: string;
  readonly chineseForms: readonly FormRow[];
  /** Words of trade in Chinese company names. */
  readonly chineseTrades: string;
  readonly chinesePlaceClasses: string;
  readonly compoundSurnames: string;
  /** Short name of a bank and its whole one. */
  readonly chineseBanks: Readonly<Record<string, string>>;
  /** What stands before the name of a ship. */
  readonly hullPrefixes: string;
};
