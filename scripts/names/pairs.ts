import { verdictFrom, type NameKind } from '../../services/blacklist/domain/match/comparison.ts';
import { matcher } from '../../services/blacklist/domain/match/matcher.ts';
import { nameWords } from '../../services/blacklist/rules/names/words.ts';
import { columnOf, percent, readTable, readText, say, type Table } from './table.ts';

type Pair = {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly kind: NameKind;
  /** As the file names it. */
  readonly group: string;
  readonly quality: string;
  readonly isMatch: boolean | undefined;
};

type Scored = Pair & { readonly score: number; readonly why: string };

function kindOf(word: string): NameKind {
  if (/person|individual|people|human|自然人|个人/i.test(word)) return 'person';
  if (/company|organi[sz]ation|entity|business|firm|vessel|airplane|企业|公司/i.test(word)) {
    return 'company';
  }
  return 'unknown';
}

function labelOf(word: string | undefined): boolean | undefined {
  if (word === undefined || word === '') return undefined;
  if (
    /^(true|1(\.0+)?|yes|y|match(ed)?|positive|same|t|dup(licate)?|link|是|相同|同一|匹配|对)$/i.test(
      word,
    )
  ) {
    return true;
  }
  if (/^(false|0(\.0+)?|-1|no|n|(non|no|un)[_ -]?match(ed)?|negative|different)$/i.test(word)) {
    return false;
  }
  if (/^(f|distinct|(non|not)[_ -]?(dup(licate)?|link)|否|不同|不匹配|错)$/i.test(word))
    return false;
  return undefined;
}

const namesOfNames = new RegExp(
  'name|left|right|query|candidate|alias|caption|text|string|company|entity|' +
    '公司|企业|名称|全称|简称|姓名|单位|客户|机构|主体',
);
const notNames = new RegExp(
  '(^|_)id(_|$)|id$|schema|type|country|source|label|is_|match|score|group|note|' +
    '是否|标签|结果|类型|类别|代码|编号',
);

/** How many different texts of letters a column has. */
function variety(table: Table, at: number): number {
  const texts = table.rows.map((row) => row[at] ?? '').filter((cell) => /\p{L}{2}/u.test(cell));
  return new Set(texts).size;
}

/**
 * The two columns of names: `name1, name2`, `left_name, right_name`, `query, candidate` …, else
 * those with the most different texts.
 */
function nameColumns(table: Table): [number, number] {
  const fits = table.header.flatMap((word, at) =>
    namesOfNames.test(word) && !notNames.test(word) && variety(table, at) > 0 ? [at] : [],
  );
  if (fits.length >= 2) return [fits[0] ?? 0, fits[1] ?? 1];
  const width = Math.max(...table.rows.slice(0, 200).map((row) => row.length), 2);
  const [one = 0, two = 1] = Array.from({ length: width }, (_, at) => at)
    .map((at) => ({ at, many: variety(table, at) }))
    .toSorted((a, b) => b.many - a.many || a.at - b.at)
    .slice(0, 2)
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  return [one, two];
}

/** The column that says whether the names are one; without a header, one of labels alone. */
function labelColumn(table: Table, names: readonly number[]): number {
  const named = columnOf(table, [
    /^is_?match$/,
    /match|label|judg|same|truth|target|expected|duplicate|^y$|是否|标签|匹配|同一/,
  ]);
  if (named >= 0 || table.header.length > 0) return named;
  const width = Math.max(...table.rows.slice(0, 200).map((row) => row.length), 0);
  const isLabel = (at: number) =>
    !names.includes(at) && table.rows.every((row) => labelOf(row[at]) !== undefined);
  return Array.from({ length: width }, (_, at) => at).findIndex(isLabel);
}

/** Pairs of a delimited file, or of JSON lines. */
export function readPairs(path: string): Pair[] {
  if (readText(path).trimStart().startsWith('{')) return readJsonPairs(path);
  const table = readTable(path);
  const [one, two] = nameColumns(table);
  const label = labelColumn(table, [one, two]);
  const kind = columnOf(table, [/schema|kind|type|类型|类别/]);
  const quality = columnOf(table, [/quality|strength|difficulty/]);
  return table.rows.map((row) => {
    const group = row[kind] ?? '';
    return {
      a: [row[one] ?? ''],
      b: [row[two] ?? ''],
      kind: kindOf(group),
      group: group === '' ? 'all' : group,
      quality: row[quality] ?? '',
      isMatch: labelOf(row[label]),
    };
  });
}

type JsonEntity = { schema?: string; caption?: string; properties?: { name?: string[] } };
type JsonPair = { left?: JsonEntity; right?: JsonEntity; judgement?: string };

/** Pairs of entities, one a line, as OpenSanctions publishes judgements. */
function readJsonPairs(path: string): Pair[] {
  const lines = readText(path)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const { left, right, judgement } = JSON.parse(line) as JsonPair;
    const group = left?.schema ?? 'all';
    const namesOf = (entity: JsonEntity | undefined) =>
      entity?.properties?.name ?? (entity?.caption === undefined ? [] : [entity.caption]);
    return {
      a: namesOf(left),
      b: namesOf(right),
      kind: kindOf(group),
      group,
      quality: '',
      isMatch: labelOf(judgement),
    };
  });
}

/** The best comparison of each pair's spellings. */
export function scored(pairs: readonly Pair[]): Scored[] {
  const { compareNames } = matcher(nameWords);
  return pairs.map((pair) => {
    let score = 0;
    let why = 'nothing_to_compare';
    for (const a of pair.a) {
      for (const b of pair.b) {
        const found = compareNames(a, b, pair.kind);
        if (found.score < score) continue;
        score = found.score;
        why = found.reasons.map(({ code }) => code).join(' ');
      }
    }
    return { ...pair, score, why };
  });
}

/** Precision, recall and F1 of a threshold over labelled pairs. */
export function figures(pairs: readonly Scored[], from: number) {
  const count = (isMatch: boolean, isFound: boolean) =>
    pairs.filter((one) => one.isMatch === isMatch && one.score >= from === isFound).length;
  const [right, missed, wrong] = [count(true, true), count(true, false), count(false, true)];
  return {
    precision: right / (right + wrong),
    recall: right / (right + missed),
    f1: (2 * right) / (2 * right + wrong + missed),
    missed,
    wrong,
  };
}

/** The threshold with the best F1; the middle of several as good. */
function bestThreshold(pairs: readonly Scored[]): number {
  const steps = Array.from({ length: 61 }, (_, at) => (at + 35) / 100);
  const f1s = steps.map((from) => figures(pairs, from).f1);
  const best = Math.max(...f1s);
  const good = steps.filter((_, at) => f1s[at] === best);
  return good[Math.floor(good.length / 2)] ?? verdictFrom.possible;
}

function sayFigures(name: string, pairs: readonly Scored[], from: number): void {
  const { precision, recall, f1, missed, wrong } = figures(pairs, from);
  const strong = pairs.filter(
    (one) => one.quality === 'STRONG' && one.score >= from !== one.isMatch,
  ).length;
  say(
    `${name.padEnd(16)} ${String(pairs.length).padStart(6)} pairs  P ${percent(precision)}  ` +
      `R ${percent(recall)}  F1 ${percent(f1)}  missed ${missed}, wrong ${wrong}, ` +
      `STRONG cases wrong ${strong}`,
  );
}

/** Threshold fitted on every other pair and tried on the rest, both ways round. */
function sayHalves(name: string, pairs: readonly Scored[]): void {
  const halves = [0, 1].map((side) => pairs.filter((_, at) => at % 2 === side));
  const f1s = halves.map((half, at) => {
    const other = halves[1 - at] ?? [];
    return figures(half, bestThreshold(other)).f1;
  });
  say(`${name.padEnd(16)} threshold from the other half: F1 ${f1s.map(percent).join(' and ')}`);
}

/** Scores a file of pairs. */
export function measurePairs(path: string, show: number): number {
  const all = scored(readPairs(path));
  const labelled = all.filter(({ isMatch }) => isMatch !== undefined);
  if (labelled.length === 0) {
    for (const one of all.slice(0, show)) {
      say(`${one.score.toFixed(2)}  ${one.a[0]}  |  ${one.b[0]}  ${one.why}`);
    }
    say(`${all.length} pairs without labels.`);
    return 0;
  }
  say(`Threshold ${verdictFrom.possible} (verdict possible or strong).`);
  const groups = [...new Set(labelled.map(({ group }) => group))].sort();
  for (const group of groups) {
    sayFigures(
      group,
      labelled.filter((one) => one.group === group),
      verdictFrom.possible,
    );
  }
  for (const kind of ['company', 'person'] as const) {
    const some = labelled.filter((one) => one.kind === kind && one.group !== 'Vessel');
    if (some.length === 0) continue;
    sayFigures(kind === 'company' ? 'all companies' : 'all persons', some, verdictFrom.possible);
    sayHalves(kind === 'company' ? 'all companies' : 'all persons', some);
  }
  const faults = labelled.filter(({ score, isMatch }) => score >= verdictFrom.possible !== isMatch);
  for (const one of faults.slice(0, show)) {
    say(
      `${one.isMatch === true ? 'missed' : 'wrong '} ${one.score.toFixed(2)} ${one.quality}  ` +
        `${one.a[0]}  |  ${one.b[0]}  ${one.why}`,
    );
  }
  return 0;
}
