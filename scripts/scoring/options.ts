import { parseArgs } from 'node:util';
import { fault } from '@recourse/kit/fault.ts';

export const help = `scripts/scorecard fit <table> --target <column> [options]
  Fits a points scorecard and boosted trees, and prints what cross-validation says of each.
  <table>  CSV (comma, semicolon, tab, bar or blanks; with or without header) or ARFF
  --target <column>   the outcome; a name, a number from 1, or "last"
  --bad <value>       which value is the bad outcome, or several with commas between; found by
                      itself when not given
  --group <column>    keeps rows of one group (a customer) in one fold
  --folds <n>         5 when not given
  --kind <kind>       scorecard or trees; both when not given
  --drop <a,b,c>      columns that must not take part
  --seed <n>          another division into folds; 1 when not given
  --out <model.json>  writes the model fitted on all rows (the better kind, or --kind)

scripts/scorecard score <model.json> <table> [--top <n>]
  Writes CSV: row, score, pd, grade and the strongest reasons of every row.

scripts/scorecard late <receivables> [options]
  Predicts at the invoice date whether an invoice will be paid late, from the customer's own
  history before that day; fitted on earlier invoices, tested on later ones.
  --days <n>          late means more than so many days; 0 when not given
  --share <x>         share of invoices that come before the cut; 0.7 when not given
  --customer --invoiced --due --settled --amount --disputed <column>
                      which column is what; found by name when not given
`;

export type Options =
  | { command: 'help' }
  | {
      command: 'fit';
      table: string;
      target: string;
      bad: string | undefined;
      group: string | undefined;
      folds: number;
      kind: 'scorecard' | 'trees' | undefined;
      dropped: string[];
      seed: number;
      out: string | undefined;
    }
  | { command: 'score'; model: string; table: string; top: number }
  | {
      command: 'late';
      table: string;
      days: number;
      share: number;
      seed: number;
      columns: Record<LateColumn, string | undefined>;
    };

export const lateColumnNames = [
  'customer',
  'invoiced',
  'due',
  'settled',
  'amount',
  'disputed',
] as const;
export type LateColumn = (typeof lateColumnNames)[number];

function number(text: string | undefined, usual: number, name: string): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw fault('invalid', 'option_is_no_number', { option: name, value: text });
  }
  return value;
}

function must(text: string | undefined, name: string): string {
  if (text === undefined || text === '') throw fault('invalid', 'option_missing', { option: name });
  return text;
}

function kindOf(text: string | undefined): 'scorecard' | 'trees' | undefined {
  if (text === undefined || text === 'scorecard' || text === 'trees') return text;
  throw fault('invalid', 'kind_unknown', { kind: text, known: 'scorecard, trees' });
}

const text = { type: 'string' } as const;

/** Reads the command line. Faults: `invalid` option_missing, option_is_no_number, kind_unknown. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      target: text,
      bad: text,
      group: text,
      folds: text,
      kind: text,
      drop: { type: 'string', multiple: true },
      seed: text,
      out: text,
      top: text,
      days: text,
      share: text,
      customer: text,
      invoiced: text,
      due: text,
      settled: text,
      amount: text,
      disputed: text,
    },
  });
  const [command, first, second] = positionals;
  if (values.help === true || command === undefined || command === 'help') {
    return { command: 'help' };
  }
  const seed = number(values.seed, 1, 'seed');
  switch (command) {
    case 'fit':
      return {
        command,
        table: must(first, '<table>'),
        target: must(values.target, '--target'),
        bad: values.bad,
        group: values.group,
        folds: number(values.folds, 5, 'folds'),
        kind: kindOf(values.kind),
        dropped: (values.drop ?? []).flatMap((list) => list.split(',')).filter(Boolean),
        seed,
        out: values.out,
      };
    case 'score':
      return {
        command,
        model: must(first, '<model.json>'),
        table: must(second, '<table>'),
        top: number(values.top, 4, 'top'),
      };
    case 'late': {
      const { customer, invoiced, due, settled, amount, disputed } = values;
      return {
        command,
        table: must(first, '<receivables>'),
        days: number(values.days, 0, 'days'),
        share: number(values.share, 0.7, 'share'),
        seed,
        columns: { customer, invoiced, due, settled, amount, disputed },
      };
    }
    default:
      throw fault('invalid', 'command_unknown', { command, known: 'fit, score, late' });
  }
}
