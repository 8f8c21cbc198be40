import { formatBps, formatMoney } from '../ui/format';
import { t } from './words';

/** Whether one rate gave a line, 0 too; of several, or of an amount, there is no one figure. */
export function isOneRate(line: { rateBps: number; term: string }): boolean {
  return line.rateBps > 0 || /^(flat|age_band)/.test(line.term);
}

const spans = { bracket: 'termBracket', share: 'termShare', share_all: 'termShareAll' } as const;

function isSpan(name: string | undefined): name is keyof typeof spans {
  return name !== undefined && name in spans;
}

function pieceText(piece: string, currency: string): string {
  const known = t.find(`term.${piece}`);
  if (known !== undefined) return known;
  const [, from, to] = /^age_band:(\d+)-(\d*)$/.exec(piece) ?? [];
  if (from !== undefined) {
    return to === '' || to === undefined ? t('termFrom', { from }) : t('termBand', { from, to });
  }
  const [, uplift] = /^litigation:(\d+)$/.exec(piece) ?? [];
  if (uplift !== undefined) return t('termUplift', { rate: formatBps(Number(uplift)) });
  const [, name, begin = '', end = '', bps] =
    /^(bracket|share|share_all):(\d+)-(\d*)@(\d+)$/.exec(piece) ?? [];
  if (!isSpan(name)) return piece;
  const edge = (text: string): string =>
    name === 'bracket' ? formatMoney({ currency, minor: BigInt(text) }) : formatBps(Number(text));
  const range =
    end === ''
      ? t('spanFrom', { from: edge(begin) })
      : t('spanTo', { from: edge(begin), to: edge(end) });
  return t(spans[name], { range, rate: formatBps(Number(bps)) });
}

/**
 * The rule a commission was reckoned by, as the ledger names it: `flat`, `age_band:91-180` and
 * `age_band:181-` by days overdue, `bracket:0-1000000@2000` by minor units of the currency,
 * `share:…` and `share_all:…` by basis points of what was placed, and conditions after `;`. Another
 * name stands as it is.
 */
export function termText(term: string, currency: string): string {
  return term
    .split(';')
    .map((part) =>
      part
        .split(',')
        .map((piece) => pieceText(piece, currency))
        .join(t('termAnd')),
    )
    .join(' · ');
}
