/**
 * Credit models for anyone's table: `fit`, `score`, `late`. Run by `scripts/scorecard`; the engine
 * is the credit service's own.
 */
import { Fault } from '@recourse/kit/fault.ts';
import { fitCommand } from './scoring/fit.ts';
import { lateCommand } from './scoring/late.ts';
import { help, readOptions } from './scoring/options.ts';
import { scoreCommand } from './scoring/score.ts';

function words(error: unknown): string {
  if (!(error instanceof Fault)) return error instanceof Error ? error.message : String(error);
  const facts = Object.entries(error.facts).map(([name, value]) => `  ${name}: ${String(value)}`);
  return [`${error.reason} (${error.kind})`, ...facts].join('\n');
}

function run(): number {
  const options = readOptions(process.argv.slice(2));
  switch (options.command) {
    case 'help':
      process.stdout.write(help);
      return 0;
    case 'fit':
      fitCommand(options);
      return 0;
    case 'score':
      scoreCommand(options);
      return 0;
    case 'late':
      lateCommand(options);
      return 0;
  }
}

// Whoever reads only the first lines (`| head`) closes the pipe; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  process.exitCode = run();
} catch (error) {
  process.stderr.write(`${words(error)}\n`);
  process.exitCode = error instanceof Fault ? 2 : 1;
}
