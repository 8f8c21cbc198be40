import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { OpenCasesRequest, OpenCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../session/action';
import { Api } from '../session/api';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { formatMoney } from '../ui/format';
import { MoneyField } from '../ui/money-field';
import type { MoneyValue } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { t } from './words';

const dayChoices = ['1', '8', '31', '61', '91'] as const;

/** Opens cases after saying how many and over how much; only the second press writes. */
@Component({
  selector: 'rc-open-cases-dialog',
  imports: [ChoiceField, Dialog, MatButton, MoneyField, ProblemPanel],
  template: `
    <rc-dialog [heading]="t('openTitle')" size="small" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-choice-field [label]="t('openMinDays')" [options]="days" [(value)]="minDays" />
        <rc-money-field
          optional
          [label]="t('openMinAmount')"
          currency="CNY"
          [(value)]="minAmount"
        />
        @if (counted(); as found) {
          <p role="status">{{ text() }}</p>
          @if (progress(); as words) {
            <p role="status">{{ words }}</p>
          }
        }
        @if (preview.problem() ?? open.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      @if (counted(); as found) {
        <button
          actions
          matButton="filled"
          type="button"
          [disabled]="open.busy() || isNothing() || isStale()"
          (click)="confirm()"
        >
          {{ t('openCount', { count: found.opened }) }}
        </button>
      }
      @if (isStale()) {
        <button
          actions
          matButton="filled"
          type="button"
          [disabled]="preview.busy()"
          (click)="count()"
        >
          {{ t('open') }}
        </button>
      }
    </rc-dialog>
  `,
})
export class OpenCasesDialog {
  readonly opened = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly days = dayChoices.map((value) => ({ value, name: value }));
  protected readonly minDays = signal<(typeof dayChoices)[number] | undefined>('1');
  protected readonly minAmount = signal<MoneyValue | undefined>(undefined);
  protected readonly counted = signal<OpenCasesResponse | undefined>(undefined);
  readonly #written = signal(0n);
  readonly #asked = signal('');

  readonly #question = computed(() => `${this.minDays()} ${this.minAmount()?.minor ?? 0n}`);
  /** The counts belong to other conditions than those on the screen. */
  protected readonly isStale = computed(() => this.#asked() !== this.#question());

  protected readonly isNothing = computed(() => this.counted()?.opened === 0n);

  protected readonly text = computed(() => {
    const found = this.counted();
    if (found === undefined || found.opened === 0n) return t('openNothing');
    const total = found.overdue.map((amount) => formatMoney(amount)).join(' + ');
    return t('openPreview', { count: found.opened, already: found.alreadyOpen, total });
  });

  protected readonly progress = computed(() => {
    const [count, all] = [this.#written(), this.counted()?.opened ?? 0n];
    return this.open.busy() && count > 0n ? t('openWritten', { count, all }) : undefined;
  });

  protected readonly preview = action((requestId) => this.#send(requestId, true));
  protected readonly open = action(async (requestId) => {
    // So many at a time; each part is kept, and pressing again goes on after the last of them.
    let part = await this.#send(requestId, false);
    this.#written.set(part.opened);
    while (part.hasMore) {
      part = await this.#send(newId(), false);
      this.#written.update((count) => count + part.opened);
    }
    return part;
  });

  constructor() {
    void this.count();
  }

  protected async count(): Promise<void> {
    const asked = this.#question();
    const found = await this.preview.run();
    if (found === undefined) return;
    this.counted.set(found);
    this.#asked.set(asked);
  }

  protected async confirm(): Promise<void> {
    if ((await this.open.run()) !== undefined) this.opened.emit();
  }

  #send(requestId: string, preview: boolean): Promise<OpenCasesResponse> {
    const request = {
      requestId: preview ? newId() : requestId,
      asOf: '',
      minOverdue: this.minAmount(),
      minDaysOverdue: Number(this.minDays() ?? 1),
      preview,
      debtorIds: [],
    };
    const options = { requestId: request.requestId };
    return this.#api.post(
      '/v1/cases:open',
      OpenCasesRequest.toJSON(request),
      OpenCasesResponse.fromJSON,
      options,
    );
  }
}
