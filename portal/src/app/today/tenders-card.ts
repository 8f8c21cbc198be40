import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  ListTendersRequest,
  ListTendersResponse,
  TenderState,
} from '@recourse/proto/web/agencies/v1/tenders';
import type { Tender } from '@recourse/proto/web/agencies/v1/tenders';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { openText } from '../tenders/tender-text';
import { Chip } from '../ui/chip';
import { formatCount, formatInstant, formatRelativeInstant } from '../ui/format';
import { t } from './words';

/** Who opens bids and awards, and who bids, as the contract says. */
const awarding = ['supervisor', 'director', 'general_manager'];
const bidding = ['agency_manager'];

/** At most so many of each kind are told here. */
const told = 5;

/** What ends within so many hours is told before it ends. */
const soonHours = 48;

/** The tenders asked for, those that end first before the others. */
function tenders(more: { states: TenderState[]; deadlineTo?: string; unanswered?: boolean }) {
  const asked = { ...more, sort: 'deadline', page: { size: told } };
  const query = ListTendersRequest.toJSON(ListTendersRequest.fromPartial(asked));
  return read('/v1/tenders', ListTendersResponse.fromJSON, query);
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

type Part = { title: string; answer: ListTendersResponse; isOver: boolean };

/**
 * Tenders that wait for this very person: for a creditor's leaders those that are over and not
 * awarded and those that end soon, for an agency's manager those without a bid.
 */
@Component({
  selector: 'rc-tenders-card',
  imports: [Chip, NgTemplateOutlet, RouterLink],
  template: `
    @if (parts().length > 0) {
      <section class="rc-card rc-card-body">
        @for (part of parts(); track part.title; let first = $first) {
          <div class="rc-row spread" [class.kind]="!first">
            <h2>{{ part.title }}</h2>
            <a routerLink="/tenders">{{ t('tenderCount', { count: countOf(part) }) }}</a>
          </div>
          <ul>
            @for (one of part.answer.tenders; track one.tenderId) {
              <ng-container *ngTemplateOutlet="line; context: { one, isOver: part.isOver }" />
            }
          </ul>
        }
      </section>
    }
    <ng-template #line let-one="one" let-isOver="isOver">
      <li>
        <span class="what">
          <a [routerLink]="['/tenders', one.tenderId]">{{ one.title }}</a>
          <small>{{ textOf(one) }}</small>
        </span>
        <rc-chip [tone]="isOver ? 'warn' : 'watch'">{{ chipOf(one, isOver) }}</rc-chip>
      </li>
    </ng-template>
  `,
  styleUrl: './card.scss',
  host: { '[style.display]': "parts().length === 0 ? 'none' : null" },
})
export class TendersCard {
  readonly #caller = inject(Session).caller;
  readonly #awards = computed(() => mayCall(this.#caller(), awarding));
  protected readonly t = t;
  readonly #live = { live: ['tender', 'tender_bid'] };
  readonly #over = load(
    () => (this.#awards() ? tenders({ states: [TenderState.CLOSED] }) : undefined),
    this.#live,
  );
  readonly #ending = load(
    () =>
      this.#awards()
        ? tenders({ states: [TenderState.OPEN], deadlineTo: inHours(soonHours) })
        : undefined,
    this.#live,
  );
  readonly #invitations = load(
    () =>
      mayCall(this.#caller(), bidding)
        ? tenders({ states: [TenderState.OPEN], unanswered: true })
        : undefined,
    this.#live,
  );
  protected readonly parts = computed(() => {
    const all = [
      { title: t('tendersOver'), answer: this.#over.value(), isOver: true },
      { title: t('tendersEnding'), answer: this.#ending.value(), isOver: false },
      { title: t('tendersInvited'), answer: this.#invitations.value(), isOver: false },
    ];
    return all.filter((part): part is Part => (part.answer?.tenders.length ?? 0) > 0);
  });

  protected countOf({ answer }: Part): string {
    return formatCount(answer.page?.count);
  }

  /** For an agency whose tender it is, for the creditor how many have bid. */
  protected textOf(tender: Tender): string {
    const { summary, creditorName, bids } = tender;
    const named = { cases: formatCount(summary?.cases), open: openText(summary) };
    return this.#awards()
      ? t('tenderBids', { ...named, bids: formatCount(bids) })
      : t('tenderOf', { ...named, name: creditorName });
  }

  /** What is to be done where bidding is over, else until when there is time. */
  protected chipOf({ openedAt, deadline }: Tender, isOver: boolean): string {
    if (isOver) return t(openedAt === undefined ? 'tenderToOpen' : 'tenderToAward');
    const at = formatInstant(deadline);
    return t('tenderEnds', { at, left: formatRelativeInstant(deadline) });
  }
}
