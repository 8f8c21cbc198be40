/**
 * What the platform costs beside the bare thing it is built on, on this machine, in one run:
 * `./scripts/bench` for the sizes of the goals, `--quick` for smaller ones, and the names of parts
 * (`import list payment lag`) for those alone. Each line is a ratio against a baseline that was
 * measured in turns with it, so that a busy machine slows both.
 */
import { benchImports } from './measure/imports.ts';
import { benchLag } from './measure/lag.ts';
import { benchLists } from './measure/lists.ts';
import { machineFacts } from './measure/machine.ts';
import { benchPayments } from './measure/payments.ts';
import { printTable, type Result } from './measure/report.ts';

const parts = {
  import: benchImports,
  list: benchLists,
  payment: benchPayments,
  lag: benchLag,
} as const satisfies Record<string, (quick: boolean) => Promise<Result[]>>;

function isPart(word: string): word is keyof typeof parts {
  return Object.hasOwn(parts, word);
}

async function main(words: readonly string[]): Promise<void> {
  const quick = words.includes('--quick');
  const named = words.filter((word) => word !== '--quick');
  const unknown = named.filter((word) => !isPart(word));
  if (unknown.length > 0) {
    const known = Object.keys(parts).join(' ');
    process.stdout.write(
      `unknown: ${unknown.join(' ')}. Usage: scripts/bench [--quick] [${known}]\n`,
    );
    process.exitCode = 2;
    return;
  }
  process.stdout.write(`${machineFacts()}\n`);
  const wanted = named.length === 0 ? Object.keys(parts).filter(isPart) : named.filter(isPart);
  const results: Result[] = [];
  for (const part of wanted) results.push(...(await parts[part](quick)));
  process.stdout.write(`\n${printTable(results)}`);
}

await main(process.argv.slice(2));
