import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import {
  EvaluateWorthRequest,
  EvaluateWorthResponse,
} from '@recourse/proto/web/litigation/v1/money';
import type { WorthLine } from '@recourse/proto/web/litigation/v1/money';
import { action } from '../../session/action';
import { Api, path } from '../../session/api';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import { FormBody } from '../../ui/form-body';
import { initialOf, isFilled, valuesOf } from '../../ui/form-values';
import type { FormField, FormValue } from '../../ui/form-values';
import { formatBps } from '../../ui/format';
import { MoneyPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { t } from './words';

const tones: Readonly<Record<string, Tone>> = {
  worth_it: 'good',
  marginal: 'watch',
  not_worth_it: 'bad',
};

/** P(win) × P(collect) × amount less fees and costs, with every input and where it came from. */
@Component({
  selector: 'rc-worth-card',
  imports: [Chip, FormBody, MatButton, MoneyPipe, ProblemPanel],
  templateUrl: './worth-card.html',
  styleUrl: './worth-card.scss',
})
export class WorthCard {
  readonly matter = input.required<Matter>();
  readonly #api = inject(Api);
  protected readonly t = t;
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly fields = computed((): FormField[] => {
    const { currency } = this.matter();
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
  });
  protected readonly read = (id: string): FormValue => {
    const written = this.#written();
    if (written.has(id)) return written.get(id);
    const field = this.fields().find((one) => one.id === id);
    return field === undefined ? undefined : initialOf(field);
  };
  protected readonly isWhole = computed(() =>
    this.fields().every((field) => isFilled(field, this.read(field.id))),
  );
  protected readonly answer = signal<EvaluateWorthResponse | undefined>(undefined);

  protected readonly evaluate = action(async (requestId) => {
    const { matterId, currency } = this.matter();
    const values = valuesOf(this.read);
    const body: EvaluateWorthRequest = {
      matterId,
      winBps: values.bps('winBps'),
      collectBps: values.bps('collectBps'),
      months: values.whole('months'),
      capitalBps: values.bps('capitalBps'),
      timeCost: values.money('timeCost') ?? { currency, minor: 0n },
      withPreservation: values.flag('withPreservation'),
    };
    const at = path`/v1/matters/${matterId}/worth:evaluate`;
    const sent = EvaluateWorthRequest.toJSON(body);
    const answer = await this.#api.post(at, sent, EvaluateWorthResponse.fromJSON, { requestId });
    this.answer.set(answer);
  });

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
    this.answer.set(undefined);
  }

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
