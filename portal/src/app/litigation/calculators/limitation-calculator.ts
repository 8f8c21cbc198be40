import { Component, computed } from '@angular/core';
import {
  CalculateLimitationRequest,
  CalculateLimitationResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import type { GivenEvent } from '@recourse/proto/web/litigation/v1/calculators';
import { ProofGrade } from '@recourse/proto/web/litigation/v1/limitation';
import type { LimitationEvent } from '@recourse/proto/web/litigation/v1/limitation';
import { Chip } from '../../ui/chip';
import { DataTable } from '../../ui/data-table';
import type { FormField, FormRowsSpec, FormValues } from '../../ui/form-values';
import { formatDay, today } from '../../ui/format';
import { namedValues } from '../../ui/options-of';
import { ClockCards } from '../limitation/clock-cards';
import { clockTone, confidenceTones, leftText } from '../limitation/clock-text';
import { detailsOf } from '../limitation/event-detail-fields';
import { eventColumns } from '../limitation/event-columns';
import { events } from '../limitation/event-words';
import { guarantorFields, guarantorOf } from '../limitation/guarantor-fields';
import { t as clocks } from '../limitation/words';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { eventFields } from './limitation-event-fields';
import { RuleList } from './rule-list';
import { t } from './words';

const grades = namedValues(ProofGrade);

function fields(values: FormValues): FormField[] {
  return [
    { id: 'dueDay', kind: 'day', label: t('dueDay') },
    { id: 'asOf', kind: 'day', label: t('asOf'), initial: today() },
    {
      id: 'amount',
      kind: 'money',
      label: t('owed'),
      hint: t('owedHint'),
      currency: 'CNY',
      optional: true,
    },
    { id: 'isGuaranteed', kind: 'flag', label: t('isGuaranteed') },
    ...(values.flag('isGuaranteed') ? guarantorFields(values) : []),
  ];
}

function given(row: FormValues): GivenEvent {
  return {
    kind: row.text('kind'),
    on: row.text('on'),
    grade: grades.find((one) => one === row.text('grade')) ?? ProofGrade.UNSPECIFIED,
    ...detailsOf(row),
  };
}

/** When a debt expires by the events that are told of it; nothing of them is recorded. */
@Component({
  selector: 'rc-limitation-calculator',
  imports: [CalculatorForm, Chip, ClockCards, DataTable, RuleList],
  template: `
    <rc-calculator-form [of]="calculation" />
    <div role="status" class="rc-stack">
      @if (clock(); as running) {
        <section class="rc-card rc-card-body">
          <h2>
            {{ clocks('expires') }} <span class="rc-figure">{{ expires() }}</span>
          </h2>
          <p class="rc-row">
            <rc-chip [tone]="tone()">{{ clocks.find(running.state) }} {{ left() }}</rc-chip>
            <rc-chip [tone]="confidenceTone()">
              {{ clocks('confidence') }} {{ clocks.find('confidence.' + running.confidence) }}
            </rc-chip>
          </p>
          <p>{{ lastInterruption() }}</p>
        </section>
        <rc-clock-cards [clock]="running" [guarantor]="calculation.answer()?.guarantor" />
        <section class="rc-card rc-card-body">
          <rc-rule-list [why]="why()" />
        </section>
      }
    </div>
    @if (calculation.answer(); as found) {
      <rc-data-table
        name="asked-limitation-events"
        [label]="clocks('events')"
        [columns]="columns"
        [rows]="found.events"
        [rowKey]="keyOf"
        [emptyTitle]="clocks('noEvents')"
      />
    }
  `,
  styleUrl: './calculator.scss',
})
export class LimitationCalculator {
  protected readonly clocks = clocks;
  protected readonly calculation = calculation({
    at: () => '/v1/calculators/limitation:calculate',
    fields,
    rows: (values): FormRowsSpec => ({
      rowName: (number) => t('event', { number }),
      addName: t('addEvent'),
      least: 0,
      rows: [{}],
      fields: (row) =>
        eventFields(row, { isGuaranteed: values.flag('isGuaranteed'), asOf: values.text('asOf') }),
    }),
    body: (values, rows) =>
      CalculateLimitationRequest.toJSON({
        dueDay: values.text('dueDay'),
        asOf: values.text('asOf'),
        amount: values.money('amount'),
        events: rows.map((row) => given(row)),
        guarantor: values.flag('isGuaranteed')
          ? guarantorOf(values, clocks('guarantorName'))
          : undefined,
      }),
    decode: CalculateLimitationResponse.fromJSON,
  });
  protected readonly clock = computed(() => this.calculation.answer()?.clock);
  protected readonly expires = computed(() => formatDay(this.clock()?.expiresOn ?? ''));
  protected readonly tone = computed(() => clockTone(this.clock()));
  protected readonly left = computed(() => leftText(this.clock()));
  protected readonly confidenceTone = computed(
    () => confidenceTones[this.clock()?.confidence ?? ''] ?? 'neutral',
  );
  protected readonly lastInterruption = computed(() => {
    const { lastInterruptionKind: kind = '', lastInterruptionOn: on = '' } = this.clock() ?? {};
    if (kind === '') return t('noInterruption');
    return t('interrupted', { what: events.find(kind) ?? kind, day: formatDay(on) });
  });
  protected readonly why = computed(() => [
    ...(this.clock()?.why ?? []),
    ...(this.calculation.answer()?.guarantor?.why ?? []),
  ]);
  /** Acts towards the guarantor alone leave the debt's clock as it is. */
  protected readonly columns = eventColumns({ silence: () => t('onlyGuarantor') });
  protected readonly keyOf = (row: LimitationEvent): string => row.eventId;
}
