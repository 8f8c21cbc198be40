import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { ListAgenciesResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { PutTenderRequest, PutTenderResponse } from '@recourse/proto/web/agencies/v1/tenders';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { asOpened } from '../session/as-opened';
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { DateField } from '../ui/date-field';
import { Dialog } from '../ui/dialog';
import { Field, InputControl } from '../ui/field';
import { today } from '../ui/format';
import { parseDay } from '../ui/parse-day';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** As many cases as one tender takes (`max_items` of the contract). */
const most = 500;

/** Makes a tender of selected cases and goes to its page. */
@Component({
  selector: 'rc-tender-dialog',
  imports: [
    ChoiceField,
    DateField,
    Dialog,
    Field,
    InputControl,
    MatButton,
    ProblemPanel,
    TextField,
  ],
  templateUrl: './tender-dialog.html',
  styleUrl: './tender-dialog.scss',
})
export class TenderDialog {
  /** As they are when the dialog opens; a later reading changes nothing of what is tendered. */
  readonly cases = input.required<readonly Case[]>();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #tenderId = newId();
  protected readonly t = t;
  protected readonly most = most;
  protected readonly those = asOpened(
    () => 'those',
    () => this.cases(),
  );
  protected readonly heading = computed(() => t('newTitle', { count: this.those().length }));
  protected readonly name = signal('');
  protected readonly whom = signal<'openToAll' | 'someAgencies'>('openToAll');
  protected readonly chosen = signal<readonly string[]>([]);
  protected readonly day = signal(parseDay('+7', today()) ?? '');
  protected readonly time = signal('18:00');
  protected readonly note = signal('');
  protected readonly earliest = today();
  protected readonly whomOptions = () =>
    (['openToAll', 'someAgencies'] as const).map((value) => ({ value, name: t(value) }));
  protected readonly agencies = load(() =>
    this.whom() === 'someAgencies'
      ? read('/v1/agencies', ListAgenciesResponse.fromJSON, { page: { size: 200 } })
      : undefined,
  );

  /** The deadline as an instant; the day and time are those of the viewer. */
  protected readonly deadline = computed(() => {
    const at = new Date(`${this.day()}T${this.time()}`);
    return Number.isNaN(at.getTime()) ? undefined : at;
  });
  protected readonly isLate = computed(() => (this.deadline()?.getTime() ?? 0) <= Date.now());
  protected readonly isWhole = computed(
    () =>
      this.name().trim() !== '' &&
      this.those().length <= most &&
      !this.isLate() &&
      (this.whom() === 'openToAll' || this.chosen().length > 0),
  );

  protected readonly send = action((requestId) => {
    const request: PutTenderRequest = {
      tenderId: this.#tenderId,
      title: this.name().trim(),
      caseIds: this.those().map(({ caseId }) => caseId),
      agencyIds: this.whom() === 'openToAll' ? [] : [...this.chosen()],
      deadline: this.deadline()?.toISOString(),
      note: this.note().trim(),
    };
    return this.#api.put(
      path`/v1/tenders/${this.#tenderId}`,
      PutTenderRequest.toJSON(request),
      PutTenderResponse.fromJSON,
      { requestId },
    );
  });

  protected onTime(event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement) this.time.set(target.value);
  }

  protected toggle(agencyId: string): void {
    this.chosen.update((ids) =>
      ids.includes(agencyId) ? ids.filter((id) => id !== agencyId) : [...ids, agencyId],
    );
  }

  protected async run(): Promise<void> {
    const made = await this.send.run();
    if (made?.tender === undefined) return;
    await this.#router.navigate(['/tenders', made.tender.tenderId]);
  }
}
