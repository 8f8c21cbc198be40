/**
 * Laws 3 and 5: the domain is synchronous and takes time as an argument; money is never a float.
 */
import type { Finding, Source } from './tree.ts';

const isDomain = (path: string) => /^services\/[^/]+\/domain\//.test(path);
const isTest = (path: string) => path.endsWith('.test.ts');

/** What a domain file may not touch: the outside world comes in as arguments. */
const outside = /^(Math\.random|Temporal\.Now(\.\w+)?|Date\.\w+|process\.\w+|performance\.\w+)$/;

export function purityFindings({ path: file, code }: Source): Finding[] {
  if (code === undefined || !isDomain(file) || isTest(file)) return [];
  const waits = code.awaits.map(({ line }) => ({
    file,
    line,
    what: 'the domain waits',
    repair: 'read it in rpc, inbox or jobs and pass it in',
  }));
  const touches = code.accesses
    .filter(({ text }) => outside.test(text))
    .map(({ line, text }) => ({
      file,
      line,
      what: `the domain touches ${text}`,
      repair: 'take the time, the chance or the setting as an argument',
    }));
  const dates = code.news
    .filter(({ text }) => /^new Date\b/.test(text))
    .map(({ line }) => ({
      file,
      line,
      what: 'the domain uses Date',
      repair: 'use Temporal.PlainDate or an Instant passed in',
    }));
  return [...waits, ...touches, ...dates];
}

/** Names under which money goes: `minor`, `balanceMinor`, `amount`, `commissionMinor`. */
const moneyName = /minor|amount|balance|principal|outstanding|commission(?!Rate)/i;
/** A count, rate, share or position of money is a number and may be. */
const aboutMoney =
  /count|bps|rate|share|percent|index|digits|column|at$|length|score|days|ratio|rank/i;

function isMoney(text: string): boolean {
  return moneyName.test(text) && !aboutMoney.test(text);
}

export function moneyFindings({ path: file, code }: Source): Finding[] {
  if (code === undefined || !file.startsWith('services/') || isTest(file)) return [];
  const repair = 'keep bigint minor units; kit/money.ts divides and rounds';
  const calls = code.calls.flatMap(({ line, text, args }) => {
    if (/(^|\.)parseFloat$/.test(text)) return [{ file, line, what: 'parseFloat', repair }];
    if (text.endsWith('.toFixed')) return [{ file, line, what: 'toFixed', repair }];
    const becomesFloat = /^(Number|Number\.parseInt|parseInt|Math\.(round|floor|ceil|trunc))$/;
    const isMade = becomesFloat.test(text) && isMoney(args);
    return isMade
      ? [{ file, line, what: `${text}(${args.slice(0, 40)}) makes money a float`, repair }]
      : [];
  });
  const numbers = code.numbers
    .filter(({ text }) => isMoney(text))
    .map(({ line, text }) => ({
      file,
      line,
      what: `${text} is money and a number`,
      repair,
    }));
  return [...calls, ...numbers];
}
