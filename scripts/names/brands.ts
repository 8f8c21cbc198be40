import { matcher } from '../../services/blacklist/domain/match/matcher.ts';
import { nameWords } from '../../services/blacklist/rules/names/words.ts';
import { percent, readText, say } from './table.ts';

/** Brand words of a file: a name a line, then, where known, its brand after a blank or comma. */
export function measureBrands(path: string, show: number): number {
  const { brandOf } = matcher(nameWords);
  const lines = readText(path)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim().split(/[\s,，]+/))
    .filter(([name = '']) => /\p{Script=Han}{2}/u.test(name));
  const isTold = lines.some((cells) => cells.length > 1);
  let right = 0;
  let shown = 0;
  for (const [name = '', brand] of lines) {
    const found = brandOf(name);
    const isRight = found === brand;
    if (isRight) right += 1;
    if ((isTold && isRight) || shown >= show) continue;
    shown += 1;
    say(`  ${name}  ${found ?? '–'}${isTold ? `  (told: ${brand ?? '–'})` : ''}`);
  }
  say(
    isTold
      ? `${lines.length} names, brand word exact ${right}: ${percent(right / lines.length)}`
      : `${lines.length} names without a told brand`,
  );
  return 0;
}
