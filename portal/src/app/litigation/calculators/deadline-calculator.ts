import { Component } from '@angular/core';
import {
  CalculateDeadlinesRequest,
  CalculateDeadlinesResponse,
  ListDeadlineRulesResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { Procedure } from '@recourse/proto/web/litigation/v1/matters';
import { read } from '../../session/api';
import { load } from '../../session/load';
import type { FormField, FormRowsSpec, FormValues } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { ProblemPanel } from '../../ui/problem-panel';
import { stageWord } from '../deadlines/stage-word';
import { capital } from '../rule-text';
import { t as law } from '../words';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { DeadlineAnswers } from './deadline-answers';
import { t } from './words';

const procedures = namedValues(Procedure);

/** What events of a procedure start by the rule table: until when what must be done, or is lost. */
@Component({
  selector: 'rc-deadline-calculator',
  imports: [CalculatorForm, DeadlineAnswers, ProblemPanel],
  template: `
    @if (rules.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="rules.reload()" />
    }
    <rc-calculator-form [of]="calculation" />
    <div role="status">
      @if (calculation.answer(); as found) {
        <rc-deadline-answers [deadlines]="found.deadlines" />
      }
    </div>
  `,
  styleUrl: './calculator.scss',
})
export class DeadlineCalculator {
  protected readonly rules = load(() =>
    read('/v1/calculators/deadline-rules', ListDeadlineRulesResponse.fromJSON),
  );
  protected readonly calculation = calculation({
    at: () => '/v1/calculators/deadlines:calculate',
    fields: (): FormField[] => [
      {
        id: 'procedure',
        kind: 'choice',
        label: t('procedure'),
        options: optionsOf(procedures, law),
        initial: Procedure.ORDINARY,
      },
    ],
    rows: (values) => this.#events(values.text('procedure')),
    body: (values, rows) =>
      CalculateDeadlinesRequest.toJSON({
        procedure:
          procedures.find((one) => one === values.text('procedure')) ?? Procedure.UNSPECIFIED,
        events: rows.map((row) => ({
          kind: row.text('kind'),
          on: row.text('on'),
          party: row.text('party'),
          days: row.whole('days'),
        })),
      }),
    decode: CalculateDeadlinesResponse.fromJSON,
  });

  #events(procedure: string): FormRowsSpec {
    return {
      rowName: (number) => t('event', { number }),
      addName: t('addEvent'),
      rows: [{}],
      fields: (values) => this.#fields(procedure, values),
    };
  }

  /** On whom it was served, and the court's own length, only where a rule asks for them. */
  #fields(procedure: string, values: FormValues): FormField[] {
    const all = this.rules.value()?.rules ?? [];
    const rules = all.filter((rule) => rule.procedure === procedure);
    const kinds = [...new Set(rules.map((rule) => rule.fromKind))];
    const started = rules.filter((rule) => rule.fromKind === values.text('kind'));
    const options = kinds.map((value) => ({ value, name: capital(stageWord(value)) }));
    const isServed = started.some((rule) => rule.boundParty === 'served');
    const isSet = started.some((rule) => rule.setByCourt !== '');
    return [
      { id: 'kind', kind: 'choice', label: t('eventKind'), options },
      { id: 'on', kind: 'day', label: t('eventOn'), initial: today() },
      ...(isServed ? [party()] : []),
      ...(isSet ? [courtDays()] : []),
    ];
  }
}

const party = (): FormField => ({
  id: 'party',
  kind: 'choice',
  label: t('servedOn'),
  hint: t('servedOnHint'),
  options: optionsOf(['us', 'opponent'], t, 'party.'),
  optional: true,
});

const courtDays = (): FormField => ({
  id: 'days',
  kind: 'whole',
  label: t('courtDays'),
  hint: t('courtDaysHint'),
  unit: t('dayUnit'),
  max: 365,
  optional: true,
});
