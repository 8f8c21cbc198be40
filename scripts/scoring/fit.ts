import { writeFileSync } from 'node:fs';
import {
  crossValidate,
  fitModel,
  leaksIn,
  type ModelKind,
  type Prepared,
  prepare,
  type Validated,
} from '@recourse/credit/domain/fitting/fit.ts';
import { groupCount } from '@recourse/credit/domain/fitting/folds.ts';
import { writeModel } from '@recourse/credit/domain/fitting/model.ts';
import type { Options } from './options.ts';
import { fixed, pairs, printCalibration, printCard, printValidated, say } from './print.ts';
import { readFile } from './reading.ts';

type Fit = Extract<Options, { command: 'fit' }>;

const because = {
  asked: 'as asked',
  named_so: 'by its name',
  one_of_nought_and_one: '1 of 0 and 1; say --bad 0 if that is wrong',
  the_rarer_one: 'the rarer value; say --bad if that is wrong',
} as const;

function printTable(path: string, prepared: Prepared): void {
  const { outcome, columns, leftOut, notes, groups } = prepared;
  say(`${path}: ${outcome.bad.length} records, target ${prepared.target}`);
  const share = fixed((outcome.badCount / outcome.bad.length) * 100, 2);
  const missing = outcome.unknownCount === 0 ? '' : `, ${outcome.unknownCount} without outcome`;
  pairs([
    ['bad outcome', `${outcome.badValue} (${because[outcome.because]})`],
    ['bad records', `${outcome.badCount} (${share} %)${missing}`],
    [
      'columns',
      `${columns.filter((one) => one.kind === 'numeric').length} numeric, ` +
        `${columns.filter((one) => one.kind === 'coded').length} coded`,
    ],
    ...(groups === undefined ? [] : [['groups', `${groupCount(groups)}`] as const]),
  ]);
  for (const { name, reason } of leftOut) say(`  left out  ${name} (${reason})`);
  if (outcome.because === 'one_of_nought_and_one' && outcome.badCount > outcome.goodCount) {
    say('  WARNING   most outcomes are bad: copies have 0 and 1 the other way round; --bad 0?');
  }
  for (const note of notes) say(`  note      ${note}`);
  for (const leak of leaksIn(prepared)) {
    say(`  WARNING   ${leak.column}: ${leak.code}, AUC ${fixed(leak.auc, 3)} alone; --drop it?`);
  }
}

/** Prints cross-validated figures of both kinds, or of one; writes the model when asked. */
export function fitCommand(options: Fit): void {
  const prepared = prepare(readFile(options.table), options);
  printTable(options.table, prepared);
  const kinds: ModelKind[] = options.kind === undefined ? ['scorecard', 'trees'] : [options.kind];
  const results: Validated[] = [];
  for (const kind of kinds) {
    const from = performance.now();
    const made = crossValidate(prepared, kind, options);
    printValidated(made, (performance.now() - from) / 1_000);
    printCalibration(made.calibration);
    results.push(made);
  }
  if (kinds.includes('scorecard')) printCard(fitModel(prepared, 'scorecard', options.seed));
  if (options.out === undefined) return;
  const best = results.toSorted((a, b) => b.auc - a.auc)[0]?.kind ?? 'scorecard';
  const model = fitModel(prepared, best, options.seed);
  writeFileSync(options.out, writeModel(model));
  say();
  say(`${best} fitted on all records, written to ${options.out}`);
}
