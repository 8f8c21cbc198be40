import { Component, input } from '@angular/core';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import {
  EvaluateWorthRequest,
  EvaluateWorthResponse,
} from '@recourse/proto/web/litigation/v1/money';
import type { WorthLine } from '@recourse/proto/web/litigation/v1/money';
import { path } from '../../session/api';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { FormField } from '../../ui/form-values';
import { formatBps } from '../../ui/format';
import { MoneyPipe } from '../../ui/pipes';
import { calculation } from '../calculators/calculation';
import { CalculatorForm } from '../calculators/calculator-form';
import { t } from './words';

const tones: Readonly<Record<string, Tone>> = {
  worth_it: 'good',
  marginal: 'watch',
  not_worth_it: 'bad',
};

function fields(currency: string): FormField[] {
  return [
    { id: 'winBps', kind: 'percent', label: t('win'), initial: 8000 },
    { id: 'collectBps', kind: 'percent', label: t('collect'), initial: 5000 },
    {
      id: 'months',
      kind: 'whole',
      label: t('months'),
      unit: t('monthUnit'),
      max: 120,
      initial: 12,
    },
    {
      id: 'capitalBps',
      kind: 'percent',
      label: t('capital'),
      hint: t('capitalHint'),
      optional: true,
    },
    {
      id: 'timeCost',
      kind: 'money',
      label: t('timeCost'),
      currency,
      zero: true,
      initial: { currency, minor: 0n },
    },
    { id: 'withPreservation', kind: 'flag', label: t('withPreservation'), initial: true },
  ];
}

/** P(win) × P(collect) × amount less fees and costs, with every input and where it came from. */
@Component({
  selector: 'rc-worth-card',
  imports: [CalculatorForm, Chip, MoneyPipe],
  templateUrl: './worth-card.html',
  styleUrl: './worth-card.scss',
})
export class WorthCard {
  readonly matter = input.required<Matter>();
  protected readonly t = t;
  protected readonly calculation = calculation({
    at: () => path`/v1/matters/${this.matter().matterId}/worth:evaluate`,
    fields: () => fields(this.matter().currency),
    body: (values) => {
      const { matterId, currency } = this.matter();
      return EvaluateWorthRequest.toJSON({
        matterId,
        winBps: values.bps('winBps'),
        collectBps: values.bps('collectBps'),
        months: values.whole('months'),
        capitalBps: values.bps('capitalBps'),
        timeCost: values.money('timeCost') ?? { currency, minor: 0n },
        withPreservation: values.flag('withPreservation'),
      });
    },
    decode: EvaluateWorthResponse.fromJSON,
  });

  protected tone(verdict: string): Tone {
    return tones[verdict] ?? 'neutral';
  }

  protected breakEven(bps: number): string {
    return bps > 10_000 ? t('breakEvenNever') : t('breakEven', { bps: formatBps(bps) });
  }

  protected sourceOf(line: WorthLine): string {
    const kind = t.find(`source.${line.source?.kind ?? ''}`) ?? '';
    return `${kind} ${line.source?.rule ?? ''}`.trim();
  }
}
