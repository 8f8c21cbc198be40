import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ListWarningsResponse } from '@recourse/proto/web/credit/v1/ratings';
import type { Deadline } from '@recourse/proto/web/litigation/v1/deadlines';
import type { ListDebtsResponse } from '@recourse/proto/web/litigation/v1/limitation';
import { clockTone, leftText } from '../litigation/limitation/clock-text';
import { capital, inLanguage } from '../litigation/rule-text';
import { severityTone, signName, warningText } from '../ratings/reason-text';
import { Chip } from '../ui/chip';
import type { Tone } from '../ui/chip';
import { formatCount, formatDay, formatRelativeDay, today } from '../ui/format';
import { t } from './words';

/** One thing that a person must attend to. */
type Alert = {
  id: string;
  link: readonly string[];
  tab?: string;
  name: string;
  text: string;
  word: string;
  tone: Tone;
};

type Kind = {
  id: string;
  name: string;
  /** Where all of them are. */
  all: string;
  query: Readonly<Record<string, string>>;
  count: bigint;
  alerts: readonly Alert[];
};

/** At most so many of a kind are told here. */
const told = 3;

/** Credit limits and freezes, limitation, court deadlines: the nearest of each. */
@Component({
  selector: 'rc-alerts-card',
  imports: [Chip, RouterLink],
  template: `
    <h2>{{ t('alerts') }}</h2>
    @for (kind of kinds(); track kind.id) {
      <div class="rc-row spread kind">
        <h3>{{ kind.name }}</h3>
        <a [routerLink]="kind.all" [queryParams]="kind.query">{{ allText(kind) }}</a>
      </div>
      <ul>
        @for (alert of kind.alerts; track alert.id) {
          <li>
            <span class="what">
              <a [routerLink]="alert.link" [queryParams]="{ tab: alert.tab }">{{ alert.name }}</a>
              <small>{{ alert.text }}</small>
            </span>
            <rc-chip [tone]="alert.tone">{{ alert.word }}</rc-chip>
          </li>
        }
      </ul>
    } @empty {
      @if (isRead()) {
        <p class="rc-muted">{{ t('alertsNone') }}</p>
      }
    }
  `,
  styleUrl: './card.scss',
})
export class AlertsCard {
  readonly warnings = input.required<ListWarningsResponse | undefined>();
  /** Undefined for who may not see them, as the deadlines. */
  readonly debts = input.required<ListDebtsResponse | undefined>();
  readonly deadlines = input.required<readonly Deadline[] | undefined>();
  /** The last day that debts and deadlines were asked for. */
  readonly until = input.required<string>();
  readonly #today = today();
  protected readonly t = t;
  protected readonly isRead = computed(() => this.warnings() !== undefined);

  protected readonly kinds = computed((): Kind[] =>
    [this.#credit(), this.#limitation(), this.#deadlines()].filter((one) => one.alerts.length > 0),
  );

  protected allText(kind: Kind): string {
    return t('moreAlerts', { count: formatCount(kind.count) });
  }

  #credit(): Kind {
    const answer = this.warnings();
    const alerts = (answer?.warnings ?? []).slice(0, told).map((one) => ({
      id: one.warningId,
      link: ['/customers', one.customerId],
      name: one.customerName,
      text: warningText(one),
      word: signName(one.code),
      tone: severityTone(one.severity),
    }));
    const count = answer?.page?.count ?? 0n;
    return {
      id: 'credit',
      name: t('credit'),
      all: '/customers/warnings',
      query: {},
      count,
      alerts,
    };
  }

  #limitation(): Kind {
    const answer = this.debts();
    const alerts = (answer?.debts ?? []).slice(0, told).map((one) => {
      const day = formatDay(one.clock?.expiresOn);
      const isOver = (one.clock?.expiresOn ?? '') < this.#today;
      return {
        id: one.debtId,
        link: ['/litigation/limitation', one.debtId],
        name: one.debtorName,
        text: isOver ? t('expiredOn', { day }) : t('expiresOn', { day }),
        word: isOver ? t('expired') : leftText(one.clock),
        tone: isOver ? ('bad' as const) : clockTone(one.clock),
      };
    });
    const count = answer?.page?.count ?? 0n;
    const query = { expiresBy: this.until() };
    const all = '/litigation/limitation';
    return { id: 'limitation', name: t('limitation'), all, query, count, alerts };
  }

  #deadlines(): Kind {
    const due = this.deadlines() ?? [];
    const alerts = due.slice(0, told).map((one) => ({
      id: one.deadlineId,
      link: ['/litigation', one.matterId],
      tab: 'deadlines',
      name: capital(inLanguage(one.titleZh, one.titleEn)),
      text: [one.debtorName, inLanguage(one.rightLostZh, one.rightLostEn)]
        .filter((part) => part !== '')
        .join(' · '),
      word: formatRelativeDay(one.dueDay),
      tone: one.daysLeft < 0 ? ('bad' as const) : ('warn' as const),
    }));
    const count = BigInt(due.length);
    const all = '/litigation/deadlines';
    return { id: 'deadlines', name: t('deadlines'), all, query: {}, count, alerts };
  }
}
