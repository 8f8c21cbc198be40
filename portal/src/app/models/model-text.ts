import { ModelState } from '@recourse/proto/web/credit/v1/models';
import type { CalibrationRow, ModelFigures } from '@recourse/proto/web/credit/v1/models';
import type { ChartSpec } from '../ui/chart-spec';
import type { Tone } from '../ui/chip';
import { formatCount, formatNumber } from '../ui/format';
import { t } from './words';

const tones: Readonly<Record<string, Tone>> = {
  [ModelState.FITTING]: 'info',
  [ModelState.FITTED]: 'watch',
  [ModelState.ACTIVE]: 'good',
  [ModelState.FAILED]: 'bad',
};

export function stateTone(state: string): Tone {
  return tones[state] ?? 'neutral';
}

/** Millionths as a figure of three digits: 915000 → `0.915`. */
export function shareText(millionths: number | undefined): string {
  return millionths === undefined ? '–' : formatNumber(millionths / 1_000_000, 3).replace('-', '−');
}

export function failureText(reason: string): string {
  return t.find(`failure.${reason}`) ?? reason;
}

/** A model's measured quality, as names and values. */
export function figureLines(of: ModelFigures): { name: string; value: string; hint?: string }[] {
  const spread = { spread: shareText(of.aucSpreadMillionths) };
  return [
    {
      name: t('auc'),
      value: shareText(of.aucMillionths),
      ...(of.aucSpreadMillionths > 0 ? { hint: t('aucSpread', spread) } : {}),
    },
    { name: t('gini'), value: shareText(of.giniMillionths) },
    { name: t('ks'), value: shareText(of.ksMillionths) },
    { name: t('brier'), value: shareText(of.brierMillionths) },
    { name: t('psi'), value: shareText(of.psiMillionths) },
    { name: t('records'), value: formatCount(of.recordCount) },
    { name: t('bads'), value: formatCount(of.badCount) },
  ];
}

/** Expected against seen, group by group; its table view is the calibration table. */
export function calibrationSpec(rows: readonly CalibrationRow[]): ChartSpec {
  return {
    kind: 'bars',
    categoryName: t('group_'),
    categories: rows.map((row, at) => `${at + 1} (${formatCount(row.count)})`),
    series: [
      { name: t('expected'), values: rows.map((r) => r.expectedBps / 10_000), tone: 'muted' },
      { name: t('seen'), values: rows.map((r) => r.seenBps / 10_000), tone: 'primary' },
    ],
    unit: 'percent',
  };
}
