/** Rules about single lines and words: what may stand nowhere, and what to write instead. */
import type { Finding, Source } from './tree.ts';

type Where = (path: string) => boolean;

/** Hand-written code. */
export const isCode: Where = (path) => /\.(ts|mjs|js|html|scss)$/.test(path);
const isTypeScript: Where = (path) => path.endsWith('.ts');
const isTest: Where = (path) => path.endsWith('.test.ts') || path.startsWith('test/');

// Words are written with a class of one letter so that this file does not contain them.
const banned: readonly { word: RegExp; where: Where; what: string; repair: string }[] = [
  {
    word: /\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/,
    where: isCode,
    what: 'a note to do it later',
    repair: 'do it now, or file it and say in the README what is missing',
  },
  {
    word: /not implemen[t]ed/,
    where: isCode,
    what: 'something left out',
    repair: 'write it, or take the way to it out',
  },
  {
    word: /@ts-(ignor[e]|nochec[k])|eslint-disabl[e]|oxlint-disabl[e](?!-next-line \S+ -- \S)/,
    where: isCode,
    what: 'a checker silenced',
    repair: 'repair what it says, or disable the next line ` rule -- reason`',
  },
  {
    word: /\b(it|test|describe)\.(onl[y]|ski[p]|tod[o])\b|\b[xf](it|describe)\(/,
    where: isTest,
    what: 'a test left out',
    repair: 'run it, or delete it',
  },
  {
    word: /\bjest\.(moc[k]|unstable_mockModul[e])\(/,
    where: isTypeScript,
    what: 'a mock of own code',
    repair: 'test the pure function, or the real PostgreSQL and NATS',
  },
  {
    word: /conso[l]e\.(log|debug|info)\(/,
    where: isCode,
    what: 'console output',
    repair: 'use the log; scripts write to process.stdout',
  },
  {
    word: /registry\.npmj[s]\.org|registry\.npmmirro[r]|proxy\.golan[g]\.org|pypi\.or[g]\/simple/,
    where: () => true,
    what: 'a registry host',
    repair: 'leave it to the client: hosts differ from place to place',
  },
  {
    word: /(^|[^a-z.])\/(wor[k]|far[m]|hom[e]\/[a-z]+|User[s]\/[a-z]+|tm[p]\/(exp|research))\//,
    where: () => true,
    what: 'a path of one machine',
    repair: 'make it relative, or take it from a variable',
  },
  {
    word: /^(?!\s*[*/]).*'[^']*\b(domai[n]|lega[l]|practice[s])\.md\b/,
    where: (path) => isTypeScript(path) && !isTest(path),
    what: 'a note of the builders as the source of what a person reads',
    repair: 'name the law, the standard or `house rule`; notes are for comments',
  },
];

const columnsMax = 100;
const linesMax = 400;

/** Columns as an editor counts them: characters, not UTF-16 units. */
function columns(line: string): number {
  return [...line].length;
}

export function wordFindings(source: Source): Finding[] {
  const findings: Finding[] = [];
  const { path: file } = source;
  for (const { word, where, what, repair } of banned) {
    if (!where(file)) continue;
    source.lines.forEach((text, at) => {
      if (word.test(text)) findings.push({ file, line: at + 1, what, repair });
    });
  }
  return findings;
}

export function sizeFindings(source: Source): Finding[] {
  const { path: file, lines } = source;
  if (!isCode(file)) return [];
  const long = lines.flatMap((text, at) =>
    columns(text) <= columnsMax
      ? []
      : [
          {
            file,
            line: at + 1,
            what: `a line of ${columns(text)} columns`,
            repair: `break it: ${columnsMax} at most`,
          },
        ],
  );
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (count <= linesMax) return long;
  return [
    ...long,
    {
      file,
      line: count,
      what: `a file of ${count} lines`,
      repair: `split it by noun: ${linesMax} at most, 200 as a rule`,
    },
  ];
}

const functionLinesMax = 70;

/** Functions too long to see at once; a test's `describe` holds many and does not count. */
export function functionFindings({ path: file, code }: Source): Finding[] {
  if (code === undefined || isTest(file)) return [];
  return code.functions
    .filter(({ lines }) => lines > functionLinesMax)
    .map((one) => ({
      file,
      line: one.line,
      what: `${one.text} has ${one.lines} lines`,
      repair: `split it: ${functionLinesMax} at most, 25 as a rule`,
    }));
}

const catchAll =
  /(^|\/)(util|utils|helper|helpers|common|misc|types|interfaces|shared)(\.[a-z.]+|\/)/;

/** Names that say nothing about what is inside, and files that only pass others on. */
export function nameFindings({ path: file, code }: Source): Finding[] {
  const findings: Finding[] = [];
  const add = (line: number, what: string, repair: string) =>
    findings.push({ file, line, what, repair });
  if (catchAll.test(file)) add(1, 'a catch-all name', 'name it by the noun it holds');
  if (/(^|\/)index\.(ts|mjs|js)$/.test(file)) {
    add(1, 'an index file', 'import the file that has it; name the folder by its noun');
  }
  for (const { line, text } of code?.reExports ?? []) {
    add(
      line,
      text === '*' ? 'a barrel (export everything from)' : `re-export of ${text}`,
      'let the importer name the file that has it',
    );
  }
  return findings;
}

/** Types and assertions that switch the compiler off. */
export function typeFindings({ path: file, code }: Source): Finding[] {
  const anyTypes = (code?.anyTypes ?? []).map(({ line }) => ({
    file,
    line,
    what: 'the type that allows everything',
    repair: 'write the type, or unknown and narrow it',
  }));
  const assertions = (code?.assertions ?? []).map(({ line, text }) => ({
    file,
    line,
    what: `${text.slice(0, 40)} asserts that it is there`,
    repair: 'handle the absence: ?? with a fault, or narrow it',
  }));
  return [...anyTypes, ...assertions];
}

/** The environment is read in one place. */
const timed = /^(it|test|beforeAll|beforeEach|afterAll|afterEach)\b|^jest\.setTimeout$/;
/** What a test and its preparation are given by themselves (jest.config.mjs). */
const patienceMs = 300_000;

/**
 * A machine that is slow or does other things as well takes several times as long as this one: no
 * test is given less time than all are.
 */
export function patienceFindings({ path: file, code }: Source): Finding[] {
  if (code === undefined) return [];
  return code.calls.flatMap(({ text, args, line }) => {
    const given = /(?:^|,)\s*([\d_]+),?\s*$/.exec(args)?.[1]?.replaceAll('_', '');
    if (given === undefined || !timed.test(text) || Number(given) >= patienceMs) return [];
    const repair = 'leave it out: nobody is hurt by more time';
    return [{ file, line, what: `${text} is given ${given} ms`, repair }];
  });
}

export function environmentFindings({ path: file, code }: Source): Finding[] {
  const mayRead = file === 'services/kit/config.ts' || file.startsWith('scripts/');
  if (code === undefined || mayRead || isTest(file)) return [];
  return code.accesses
    .filter(({ text }) => text === 'process.env')
    .map(({ line }) => ({
      file,
      line,
      what: 'the environment is read outside kit/config.ts',
      repair: 'declare a variable with its doc and read it with readConfig',
    }));
}
