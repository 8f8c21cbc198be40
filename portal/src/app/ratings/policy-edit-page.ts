import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import {
  ListCreditPoliciesResponse,
  PutCreditPolicyRequest,
  PutCreditPolicyResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, read } from '../session/api';
import { load } from '../session/load';
import { FormBody } from '../ui/form-body';
import { FormRows } from '../ui/form-rows';
import type { FormField, FormRowsSpec, FormValue } from '../ui/form-values';
import { today } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { rowsState } from '../ui/rows-state';
import { writtenForm } from '../ui/written-form';
import { changesBetween } from './policy-changes';
import { PolicyDiff } from './policy-diff';
import { rowFields, rowOf, writtenRow } from './policy-form';
import { versionName } from './policy-history';
import { t } from './policy-words';
import { gradeText } from './reason-text';
import { t as ratings } from './words';

/** Writes the next version of the policy; what it changes stands above the button that saves it. */
@Component({
  imports: [FormBody, FormRows, MatButton, PageHeader, PolicyDiff, ProblemPanel],
  template: `
    <rc-page-header [heading]="t('writeTitle')" [lead]="t('writeLead')" [crumbs]="crumbs()" />
    @if (versions.problem(); as failed) {
      <rc-problem-panel [problem]="failed" canRetry (retry)="versions.reload()" />
    }
    @if (newest(); as known) {
      <div class="rc-stack">
        <rc-form-rows [of]="rows" />
        <section class="rc-card rc-card-body rc-stack">
          <rc-form-body
            [fields]="head().fields"
            [read]="head().read"
            (changed)="set($event.id, $event.value)"
          />
        </section>
        <section class="rc-card rc-card-body rc-stack">
          <div>
            <h2>{{ t('changes') }}</h2>
            <p class="rc-muted">{{ t('changesHint', { version: name(known) }) }}</p>
          </div>
          <rc-policy-diff [changes]="changes()" />
          @if (save.problem(); as failed) {
            <rc-problem-panel
              compact
              [problem]="failed"
              [canRetry]="failed.reason === 'policy_changed_meanwhile'"
              (retry)="readAgain()"
            />
          }
          <div>
            <button
              matButton="filled"
              type="button"
              [disabled]="!isWhole() || changes().length === 0 || save.busy()"
              (click)="save.run()"
            >
              {{ t('save') }}
            </button>
          </div>
        </section>
      </div>
    }
  `,
  styles: `
    rc-form-rows {
      --rc-column: 170px;
    }
    section rc-form-body {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
      align-items: start;
    }
  `,
})
export class PolicyEditPage {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly name = versionName;
  protected readonly crumbs = () => [{ name: ratings('policy'), link: ['/customers/policy'] }];
  protected readonly versions = load(() =>
    read('/v1/credit-policies', ListCreditPoliciesResponse.fromJSON),
  );
  /** What the next version is written over: the newest one, in force or waiting for its day. */
  protected readonly newest = computed(() => this.versions.value()?.policies[0]);

  protected readonly rows = rowsState(
    computed((): FormRowsSpec | undefined => {
      const policy = this.newest();
      if (policy === undefined) return undefined;
      const currency = policy.rows[0]?.limit?.currency ?? 'CNY';
      return {
        rowName: (number) => gradeText(policy.rows[number - 1]?.grade ?? ''),
        rows: policy.rows.map((row) => writtenRow(row)),
        fields: (values) => rowFields(values, currency),
      };
    }),
  );
  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly head = computed(() => {
    const initial = this.newest()?.limitAlarmBps ?? 0;
    const fields = (): FormField[] => [
      { id: 'limitAlarmBps', kind: 'percent', label: t('alarm'), initial },
      {
        id: 'effectiveFrom',
        kind: 'day',
        label: t('effectiveFrom'),
        hint: t('effectiveHint'),
        initial: today(),
        min: today(),
      },
      { id: 'note', kind: 'text', label: t('note'), rows: 2, least: 2 },
    ];
    return writtenForm(fields, this.#written());
  });
  protected readonly isWhole = computed(() => this.head().isWhole && this.rows.isWhole());
  readonly #next = computed(() => {
    const grades = this.newest()?.rows.map((row) => row.grade) ?? [];
    const values = this.rows.values();
    const rows = grades.flatMap((grade) => {
      const row = values.find((one) => one.text('id') === grade);
      return row === undefined ? [] : [rowOf(grade, row)];
    });
    return { rows, limitAlarmBps: this.head().values.bps('limitAlarmBps') };
  });
  protected readonly changes = computed(() => {
    const before = this.newest();
    return before === undefined ? [] : changesBetween(before, this.#next());
  });

  protected readonly save = action(async (requestId) => {
    const { values } = this.head();
    const body = PutCreditPolicyRequest.toJSON({
      ...this.#next(),
      expectedVersion: this.newest()?.version ?? 0n,
      effectiveFrom: values.text('effectiveFrom'),
      note: values.text('note'),
    });
    const decode = PutCreditPolicyResponse.fromJSON;
    await this.#api.put('/v1/credit-policy', body, decode, { requestId });
    await this.#router.navigate(['/customers/policy']);
  });

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
  }

  /** Somebody wrote a version meanwhile: what stands here is compared with that one from now on. */
  protected readAgain(): void {
    this.save.clear();
    this.versions.reload();
  }
}
