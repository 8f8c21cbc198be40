/**
 * Court fees, interest, limitation and deadlines of the litigation service on one's own figures,
 * with the derivation and the source of each: `./scripts/law fee acceptance 1234567.89`. Vectors in
 * a CSV (`kind,input…,expected`) are held against it with `./scripts/law vectors mine.csv`.
 */
import { wrongField } from '../services/litigation/domain/law/dated.ts';
import { type Answer, commands } from './law-desk/commands.ts';
import { holdVectors, verdictsText } from './law-desk/vectors.ts';
import { faultWords, givenTwice, json, noMore, readWords } from './law-desk/words.ts';

const usage = [
  'Usage: scripts/law <command> … [--json]',
  ...Object.values(commands).map((one) => `  ${one.usage}`),
  '  vectors file.csv     rows kind,input…,expected; an option is name=value',
  '',
].join('\n');

const today = () => Temporal.Now.plainDateISO('Asia/Shanghai').toString();

/** Runs one command by its words; what stands alone goes to the options named by position. */
function run(words: readonly string[]): Answer {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const known = [...Object.keys(commands), 'vectors'].join(' ');
    throw wrongField('command', 'command_unknown', `choose one of ${known}`, { command: name });
  }
  const read = readWords(rest, command.options);
  const { positions } = command;
  if (positions === undefined) return command.run(read, today());
  read.alone.forEach((value, at) => {
    const option = positions[at];
    if (option === undefined) {
      throw wrongField(`word ${at + 1}`, 'word_unexpected', `leave it out: ${command.usage}`, {
        value,
      });
    }
    if (read.named.has(option)) throw givenTwice(option);
    read.named.set(option, [value]);
  });
  return command.run({ ...read, alone: [] }, today());
}

function main(words: readonly string[]): void {
  const [name, file, ...more] = words;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(usage);
    return;
  }
  if (words.includes('--help')) {
    const one = Object.hasOwn(commands, name) ? commands[name] : undefined;
    const options = one?.options.map((option) => `--${option}`).join(' ');
    process.stdout.write(one ? `${one.usage}\n  options: ${options}\n` : usage);
    return;
  }
  if (name === 'vectors') {
    noMore(more, 'vectors file.csv');
    if (file === undefined) throw wrongField('file', 'required', 'give the path of a CSV');
    const verdicts = holdVectors(file, run, commands);
    process.stdout.write(verdictsText(verdicts));
    if (verdicts.some(({ passed }) => !passed)) process.exitCode = 1;
    return;
  }
  const { text, value } = run(words);
  process.stdout.write(words.some((word) => word.startsWith('--json')) ? `${json(value)}\n` : text);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(faultWords(error));
  process.exitCode = 2;
}
