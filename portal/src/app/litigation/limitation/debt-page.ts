import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { GetDebtResponse } from '@recourse/proto/web/litigation/v1/limitation';
import type { LimitationEvent } from '@recourse/proto/web/litigation/v1/limitation';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { formatDay, formatMoney } from '../../ui/format';
import { ObjectHeader } from '../../ui/object-header';
import type { Figure } from '../../ui/object-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { sourceText } from '../rule-text';
import { actForm, actPlace, isLetter } from './acts';
import { ClaimsTable } from './claims-table';
import { ClockCards } from './clock-cards';
import { clockTone, confidenceTones, leftText, nextActName } from './clock-text';
import { guarantorForm, recordForm, strikeForm } from './debt-forms';
import { eventColumns, eventName } from './event-columns';
import { events } from './event-words';
import { t } from './words';

/** One debt's limitation clock: when it expires, on what proof, and what saves it cheapest. */
@Component({
  imports: [
    Chip,
    ClaimsTable,
    ClockCards,
    DataTable,
    DataTableCell,
    FormDialog,
    MatButton,
    ObjectHeader,
    ProblemPanel,
    RouterLink,
  ],
  templateUrl: './debt-page.html',
  styleUrl: './debt-page.scss',
})
export class DebtPage {
  readonly debtId = input.required<string>();
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly shownDay = formatDay;
  protected readonly dialogs = dialogUrl(['record', 'strike', 'guarantor', 'act']);
  protected readonly crumbs = () => [{ name: t('title'), link: ['/litigation/limitation'] }];
  protected readonly loaded = load(
    () => read(path`/v1/debts/${this.debtId()}`, GetDebtResponse.fromJSON),
    { live: ['limitation', 'matter', 'payment', 'contact', 'letter'] },
  );
  protected readonly debt = computed(() => this.loaded.value()?.debt);
  protected readonly clock = computed(() => this.debt()?.clock);
  protected readonly tone = computed(() => clockTone(this.clock()));
  protected readonly left = computed(() => leftText(this.clock()));
  protected readonly confidence = computed(
    (): Tone => confidenceTones[this.clock()?.confidence ?? ''] ?? 'neutral',
  );
  protected readonly mayWork = computed(() => mayCall(this.#caller(), ['legal_officer']));
  /** The next act, one click away for who may do it. */
  protected readonly act = computed(() => {
    const debt = this.debt();
    const place = debt === undefined || !this.mayWork() ? undefined : actPlace(debt);
    return place === undefined ? undefined : { ...place, name: nextActName(this.clock()) };
  });
  protected readonly figures = computed((): Figure[] => {
    const clock = this.clock();
    const tone = this.tone();
    if (clock === undefined) return [];
    return [
      { name: t('amount'), value: formatMoney(this.debt()?.amount) },
      {
        name: t('expires'),
        value: formatDay(clock.expiresOn),
        hint: this.left(),
        ...(tone === 'bad' || tone === 'warn' ? { tone } : {}),
      },
      {
        name: t('lastInterruption'),
        value: formatDay(clock.lastInterruptionOn),
        hint: events.find(clock.lastInterruptionKind) ?? '',
      },
      { name: t('absoluteEnd'), value: formatDay(clock.absoluteEnd) },
    ];
  });
  protected readonly sources = computed(() =>
    (this.clock()?.why ?? []).map((why) => sourceText(why)).filter((text) => text !== ''),
  );
  protected readonly form = computed((): Form | undefined => {
    const debt = this.debt();
    if (debt === undefined || !this.mayWork()) return undefined;
    const event = debt.events.find((one) => one.eventId === this.dialogs.on());
    switch (this.dialogs.open()) {
      case 'record':
        return recordForm(this.#api, debt);
      case 'act':
        return actForm(this.#api, debt);
      case 'guarantor':
        return guarantorForm(this.#api, debt);
      case 'strike':
        return event && strikeForm(this.#api, debt.debtId, event);
      default:
        return undefined;
    }
  });

  /** The sending of a letter that is under way is no delivery, whatever it will be one of. */
  readonly #underWay = computed(
    () => new Set(this.debt()?.lettersUnderWay.map((letter) => letter.letterId)),
  );
  protected readonly columns: Column<LimitationEvent>[] = [
    ...eventColumns({ nameOf: (event) => this.name(event) }),
    { id: 'actions', title: () => t('file'), kind: 'own' },
  ];
  protected readonly keyOf = (row: LimitationEvent): string => row.eventId;

  protected readonly download = action((_requestId, event: LimitationEvent) => {
    const { fileId, fileName } = event.evidence ?? { fileId: '', fileName: '' };
    return this.#api.download(path`/v1/files/${fileId}`, fileName);
  });

  protected name(event: LimitationEvent): string {
    if (this.#underWay().has(event.eventId)) return t('letterUnderWay');
    return eventName(event);
  }

  protected saved(): void {
    const debt = this.debt();
    if (this.dialogs.open() === 'act' && debt !== undefined && isLetter(debt)) {
      // There it stands, and there its receipt is recorded, which restarts the period.
      const queryParams = { tab: 'documents' };
      void this.#router.navigate(['/cases', debt.caseId], { queryParams });
      return;
    }
    this.dialogs.close();
    this.loaded.reload();
  }
}
