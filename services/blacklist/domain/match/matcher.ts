import { readChineseCompany } from './chinese.ts';
import type { Comparison, NameKind } from './comparison.ts';
import { lexicon as readLexicon, type Lexicon } from './lexicon.ts';
import { nameIndex, type NameIndex } from './name-index.ts';
import { compareNames } from './name.ts';
import { foldText } from './text.ts';
import type { NameWords } from './words.ts';

export type Matcher = {
  compareNames(a: string, b: string, kind: NameKind): Comparison;
  /** An index, empty or with the entries of a serialised one. */
  nameIndex(from?: string): NameIndex;
  /** The brand word (字号) of a Chinese company name; undefined when it has none. */
  brandOf(name: string): string | undefined;
};

/** The matcher over one set of word tables. */
export function matcher(words: NameWords): Matcher {
  const lexicon = readLexicon(words);
  return {
    compareNames: (a, b, kind) => compareNames(a, b, kind, lexicon),
    nameIndex: (from) => nameIndex(lexicon, from),
    brandOf(name) {
      const { brand } = readChineseCompany(foldText(name, lexicon), lexicon);
      return brand === '' ? undefined : asWritten(name, brand, lexicon);
    },
  };
}

/** The characters of the name that a simplified brand stands for (瑞昇, not 瑞升). */
function asWritten(name: string, brand: string, lexicon: Lexicon): string {
  const letters = [...name.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '')];
  const simple = letters.map((letter) => lexicon.simple.get(letter) ?? letter.toLowerCase());
  const length = [...brand].length;
  const at = simple.findIndex((_, from) => simple.slice(from, from + length).join('') === brand);
  return at < 0 ? brand : letters.slice(at, at + length).join('');
}
