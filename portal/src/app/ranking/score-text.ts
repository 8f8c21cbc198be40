import { RankingSuggestion } from '@recourse/proto/web/agencies/v1/ranking';
import type {
  RankedAgency,
  RankingFactor,
  RankingLine,
} from '@recourse/proto/web/agencies/v1/ranking';
import type { Tone } from '../ui/chip';
import { formatBps, formatCount, formatNumber } from '../ui/format';
import { t } from './words';

const minus = '−';

/** Hundredths of a point with two digits: 5025 → `50.25`. */
export function pointsText(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const digits = size.toString().padStart(3, '0');
  return `${hundredths < 0n ? minus : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same with its sign: `+3.20`. */
export function effectText(hundredths: bigint): string {
  return hundredths > 0n ? `+${pointsText(hundredths)}` : pointsText(hundredths);
}

/** A component's name; the contract's values begin with `RANKING_COMPONENT_`. */
export function componentName(component: string): string {
  const word = component.replace('RANKING_COMPONENT_', '');
  return t.find(`component.${word}`) ?? word;
}

export function suggestionName(suggestion: string): string {
  const word = suggestion.replace('RANKING_SUGGESTION_', '');
  return t.find(`suggestion.${word}`) ?? word;
}

const suggestionTones: Readonly<Record<string, Tone>> = {
  [RankingSuggestion.PROMOTE]: 'good',
  [RankingSuggestion.PROBATION]: 'warn',
  [RankingSuggestion.EXIT]: 'bad',
};

export function suggestionTone(suggestion: string): Tone {
  return suggestionTones[suggestion] ?? 'neutral';
}

export function reasonText(reason: string): string {
  return t.find(`reason.${reason}`) ?? reason;
}

/** A line's figure in its unit. */
export function figureText(line: Pick<RankingLine, 'unit'>, value: bigint): string {
  if (line.unit === 'bps') return formatBps(Number(value));
  const number = Number(value);
  if (line.unit === 'tenths_of_day') return t('daysValue', { days: formatNumber(number / 10) });
  return t('perThousand', { count: formatCount(number) });
}

/** The components that moved an agency's score most, at most three, strongest first. */
export function movers(agency: RankedAgency): RankingLine[] {
  const size = (line: RankingLine): number => Math.abs(Number(line.effectHundredths));
  return agency.lines
    .filter((line) => line.recorded && size(line) >= 50)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, 3);
}

/** A factor's level in words; industries and regions are called what they are called. */
export function levelText({ feature, level }: RankingFactor): string {
  return t.find(`level.${feature}.${level}`) ?? t.find(`level.${level}`) ?? level;
}

/** From where to where the plots of these agencies reach, in points; 50 is always on them. */
export function plotRange(agencies: readonly RankedAgency[]): { from: number; to: number } {
  const low = Math.min(45, ...agencies.map((one) => Number(one.scoreLowHundredths) / 100));
  const high = Math.max(55, ...agencies.map((one) => Number(one.scoreHighHundredths) / 100));
  return {
    from: Math.max(0, Math.floor((low - 1) / 5) * 5),
    to: Math.min(100, Math.ceil((high + 1) / 5) * 5),
  };
}
