import { compareAcrossScripts, compareChineseCompanies } from './chinese-company.ts';
import {
  compareChinesePersons,
  comparePersonAcrossScripts,
  readChinesePerson,
  type ChinesePerson,
} from './chinese-person.ts';
import { readAloud, readChineseCompany, type ChineseCompany } from './chinese.ts';
import { compareCompanies, type Rarity } from './company.ts';
import {
  belowStrong,
  better,
  comparison,
  nothingToCompare,
  verdictFrom,
  type Comparison,
  type NameKind,
} from './comparison.ts';
import type { Lexicon } from './lexicon.ts';
import { comparePersons, readPerson, type PersonName } from './person.ts';
import { alternatesOf, foldText, isChinese } from './text.ts';
import { endsInForm, readCompany, type CompanyName } from './token.ts';

/** A name read once, to be compared often. Parts that its kind does not need are absent. */
export type ReadName = {
  readonly folded: string;
  readonly company?: CompanyName;
  readonly person?: PersonName;
  readonly chineseCompany?: ChineseCompany;
  readonly chinesePerson?: ChinesePerson;
};

/** Reads each name that a text gives (`A / B` gives two). Texts are cut at 500 characters. */
export function readNames(text: string, kind: NameKind, lexicon: Lexicon): ReadName[] {
  return alternatesOf(text.slice(0, 500))
    .map((part) => readOne(part, kind, lexicon))
    .filter(({ folded }) => folded !== '');
}

function readOne(text: string, kind: NameKind, lexicon: Lexicon): ReadName {
  const folded = foldText(text, lexicon);
  const mayBeCompany = kind !== 'person';
  const mayBePerson = kind === 'person' || (kind === 'unknown' && !endsInForm(folded, lexicon));
  if (!isChinese(folded)) {
    return {
      folded,
      ...(mayBeCompany ? { company: readCompany(folded, lexicon) } : {}),
      ...(mayBePerson ? { person: readPerson(folded, lexicon) } : {}),
    };
  }
  const isForeign = mayBePerson && folded.includes(' ');
  if (isForeign && kind === 'person') return readForeign(folded, lexicon);
  return {
    folded,
    ...(mayBeCompany ? { chineseCompany: readChineseCompany(folded, lexicon) } : {}),
    ...(mayBePerson ? { chinesePerson: readChinesePerson(folded, lexicon) } : {}),
  };
}

/** A foreign person's name in characters, its parts set apart by dots: 贝拉克·奥巴马. */
function readForeign(folded: string, lexicon: Lexicon): ReadName {
  const aloud = folded
    .split(' ')
    .map((part) => readAloud(part, lexicon)[0] ?? '')
    .join(' ');
  return { folded, person: { ...readPerson(aloud, lexicon), isHeard: true } };
}

/** Compares two names that were read with the same kind. */
export function compareRead(
  a: ReadName,
  b: ReadName,
  lexicon: Lexicon,
  rarity?: Rarity,
): Comparison {
  const found: Comparison[] = [];
  if (a.company !== undefined && b.company !== undefined) {
    found.push(compareCompanies(a.company, b.company, lexicon, rarity));
  }
  if (a.person !== undefined && b.person !== undefined) {
    found.push(comparePersons(a.person, b.person, lexicon));
  }
  if (a.chineseCompany !== undefined && b.chineseCompany !== undefined) {
    found.push(compareChineseCompanies(a.chineseCompany, b.chineseCompany, lexicon));
  }
  if (a.chinesePerson !== undefined && b.chinesePerson !== undefined) {
    found.push(compareChinesePersons(a.chinesePerson, b.chinesePerson, lexicon));
  }
  return best([...found, ...acrossScripts(a, b, lexicon), ...acrossScripts(b, a, lexicon)]);
}

function best(found: readonly Comparison[]): Comparison {
  const [first = nothingToCompare, ...others] = found;
  return others.reduce(better, first);
}

function acrossScripts(chinese: ReadName, latin: ReadName, lexicon: Lexicon): Comparison[] {
  const found: Comparison[] = [];
  if (chinese.chineseCompany !== undefined && latin.company !== undefined) {
    found.push(compareAcrossScripts(chinese.chineseCompany, latin.company, lexicon));
  }
  if (chinese.chinesePerson !== undefined && latin.person !== undefined) {
    found.push(comparePersonAcrossScripts(chinese.chinesePerson, latin.person, lexicon));
  }
  return found;
}

/** The best comparison among all readings of two texts. */
export function compareNames(a: string, b: string, kind: NameKind, lexicon: Lexicon): Comparison {
  const right = readNames(b, kind, lexicon);
  const left = readNames(a, kind, lexicon);
  const rows = left.map((one) => right.map((other) => compareRead(one, other, lexicon)));
  const found = best(rows.flat());
  if (found.verdict !== 'strong' || left.length < 2 || right.length < 2) return found;
  // `A / B` beside `A / C`: who bears one name of several may be another.
  const columns = right.map((_, at) => rows.flatMap((row) => row.slice(at, at + 1)));
  const isEach = (lines: readonly (readonly Comparison[])[]) =>
    lines.every((line) => best(line).score >= verdictFrom.possible);
  return isEach(rows) || isEach(columns) ? found : comparison(belowStrong, found.reasons);
}
