import { formatDay } from '../../ui/format';
import { history } from './history-words';
import { refusals } from './refusals';

/** Under which keys the short names stand that a line of a history is told with. */
const kinds = ['DISPUTE_GROUND', 'DISPUTE_OUTCOME', 'REMOVAL_REASON', 'SIDE'] as const;

/** Grounds, outcomes, sides and reasons in words; undefined for what a person wrote. */
function nameText(name: string): string | undefined {
  const named = kinds.map((kind) => refusals.find(`${kind}_${name.toUpperCase()}`));
  return named.find((words) => words !== undefined) ?? history.find(`reason.${name}`);
}

/** What has happened, in words. */
export function historyText(what: string): string {
  return history.find(what) ?? what;
}

/**
 * What was told with it: `NOT_OWED` and `settled` in words, `settled: 双方和解` with the note
 * behind them, days as days; what a person wrote stays as it is.
 */
export function detailText(text: string): string {
  const known = nameText(text);
  if (known !== undefined) return known;
  const [, name = '', note = ''] = /^([a-z_]+): (.*)$/s.exec(text) ?? [];
  const reason = nameText(name);
  if (reason !== undefined) return history('reasonAndNote', { reason, note });
  return text.replace(/^\d{4}-\d{2}-\d{2}(?= |$)/, (day) => formatDay(day));
}
