import { Component, computed, inject } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import {
  DeadlineState,
  ListDeadlinesRequest,
  ListDeadlinesResponse,
  ListHearingsRequest,
  ListHearingsResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import type { Deadline, Hearing } from '@recourse/proto/web/litigation/v1/deadlines';
import { Api, read } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import { flagFilter, oneFilter, textFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { EmptyPanel } from '../../ui/empty-panel';
import { FlagFilter } from '../../ui/flag-filter';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { formatInstant, today } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { LawNav } from '../law-nav';
import { inLanguage } from '../rule-text';
import { onBoard } from './board';
import { DeadlineCard, pressureOf } from './deadline-card';
import { completeForm, confirmForm } from './deadline-forms';
import { FeedsDialog } from './feeds-dialog';
import { movedMonth, weeksOf } from './month-days';
import type { DayEntry } from './month-days';
import { MonthGrid } from './month-grid';
import { t } from './words';

/** Every deadline of the organisation: a board by how soon it is, or a month with the hearings. */
@Component({
  imports: [
    DeadlineCard,
    EmptyPanel,
    FeedsDialog,
    FlagFilter,
    FormDialog,
    Icon,
    LawNav,
    MatButton,
    MatIconButton,
    MonthGrid,
    PageHeader,
    ProblemPanel,
  ],
  templateUrl: './deadlines-page.html',
  styleUrl: './deadlines-page.scss',
})
export class DeadlinesPage {
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['confirm', 'complete', 'feeds']);
  protected readonly list = listState({
    filters: {
      view: oneFilter(['calendar']),
      month: textFilter(),
      onlyFatal: flagFilter(),
      onlyUnconfirmed: flagFilter(),
    },
    sort: '',
  });
  protected readonly isCalendar = computed(() => this.list.values().view === 'calendar');
  protected readonly month = computed(() => {
    const { month } = this.list.values();
    return /^\d{4}-\d{2}$/.test(month) ? month : today().slice(0, 7);
  });
  /** First and last day that the calendar shows. */
  readonly #span = computed(() => {
    const days = weeksOf(this.month(), []).flat();
    return { from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' };
  });

  protected readonly deadlines = load(
    () => {
      const { onlyFatal, onlyUnconfirmed } = this.list.values();
      const { from: dueFrom, to: dueTo } = this.#span();
      const open = [DeadlineState.OPEN];
      const all = [DeadlineState.OPEN, DeadlineState.DONE, DeadlineState.MISSED];
      const span = this.isCalendar() ? { states: all, dueFrom, dueTo } : { states: open };
      return read(
        '/v1/deadlines',
        ListDeadlinesResponse.fromJSON,
        ListDeadlinesRequest.toJSON(
          ListDeadlinesRequest.fromPartial({
            ...span,
            onlyFatal,
            onlyUnconfirmed,
            page: { size: 200 },
          }),
        ),
      );
    },
    { live: ['matter', 'deadline'] },
  );
  protected readonly hearings = load(
    () => {
      if (!this.isCalendar()) return undefined;
      const { from: fromDay, to: toDay } = this.#span();
      return read(
        '/v1/hearings',
        ListHearingsResponse.fromJSON,
        ListHearingsRequest.toJSON(
          ListHearingsRequest.fromPartial({ fromDay, toDay, page: { size: 200 } }),
        ),
      );
    },
    { live: ['matter'] },
  );

  readonly #all = computed(() => this.deadlines.value()?.deadlines ?? []);
  protected readonly isEmpty = computed(
    () => !this.isCalendar() && this.deadlines.value()?.deadlines.length === 0,
  );
  protected readonly columns = computed(() => onBoard(this.#all()));
  protected readonly lead = computed(() => {
    if (this.deadlines.value() === undefined) return '';
    const open = this.#all().filter((one) => one.state === DeadlineState.OPEN);
    const unconfirmed = open.filter(
      (one) => one.fatal && (one.confirmedBy?.userId ?? '') === '',
    ).length;
    return t('lead', { open: open.length, unconfirmed });
  });
  protected readonly entries = computed((): DayEntry[] => [
    ...this.#all().map((one) => deadlineEntry(one)),
    ...(this.hearings.value()?.hearings ?? []).map((one) => hearingEntry(one)),
  ]);

  protected readonly form = computed((): Form | undefined => {
    const deadline = this.#all().find((one) => one.deadlineId === this.dialogs.on());
    if (deadline === undefined) return undefined;
    if (this.dialogs.open() === 'confirm') return confirmForm(this.#api, deadline);
    return this.dialogs.open() === 'complete' ? completeForm(this.#api, deadline) : undefined;
  });

  protected showMonth(by: number): void {
    this.list.set({ month: by === 0 ? '' : movedMonth(this.month(), by) });
  }

  protected saved(): void {
    this.dialogs.close();
    this.deadlines.reload();
  }
}

function deadlineEntry(one: Deadline): DayEntry {
  const { tone } = pressureOf(one);
  return {
    id: one.deadlineId,
    day: one.dueDay,
    text: `${inLanguage(one.titleZh, one.titleEn)} · ${one.matterNumber}`,
    tone: tone === 'watch' ? 'neutral' : tone,
    link: ['/litigation', one.matterId],
  };
}

function hearingEntry(one: Hearing): DayEntry {
  const kind = t.find(`hearing.${one.kind}`) ?? '';
  return {
    id: one.hearingId,
    day: one.at === undefined ? '' : today(new Date(one.at)),
    text: `${formatInstant(one.at, 'time')} ${kind} · ${one.matterNumber}`,
    tone: 'info',
    link: ['/litigation', one.matterId],
  };
}
