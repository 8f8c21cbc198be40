import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Handling } from '@recourse/proto/web/cases/v1/cases';
import type { Case, Why as WhyMessage } from '@recourse/proto/web/cases/v1/cases';
import { PromiseState } from '@recourse/proto/web/cases/v1/work';
import type { PaymentPromise } from '@recourse/proto/web/cases/v1/work';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import { Chip } from '../ui/chip';
import {
  formatBps,
  formatInstant,
  formatMoneyCompact,
  formatRelativeDay,
  today,
} from '../ui/format';
import { OverdueChip } from '../ui/overdue-chip';
import { CountPipe, InstantPipe, MoneyPipe } from '../ui/pipes';
import { Timeline, TimelineBody } from '../ui/timeline';
import type { TimelineItem } from '../ui/timeline';
import { Why } from '../ui/why';
import { CasePeople } from './case-people';
import { RefusalWhy } from './refusal-why';
import { steps } from './steps';
import { tabWords } from './tab-words';
import { t } from './words';

/** How many of the last happenings are told here. */
const told = 5;

/** What of the claim has come in, in basis points of what came in and what is open. */
export function recoveredBps(of: Pick<Case, 'open' | 'recovered'>): number {
  const recovered = of.recovered?.minor ?? 0n;
  const all = recovered + (of.open?.minor ?? 0n);
  return all <= 0n ? 0 : Number((recovered * 10_000n) / all);
}

/** The promise that is awaited next; undefined when none is. */
export function awaited(
  promises: readonly PaymentPromise[] | undefined,
): PaymentPromise | undefined {
  const open = promises?.filter((one) => one.state === PromiseState.PENDING) ?? [];
  return open.toSorted((a, b) => a.dueDay.localeCompare(b.dueDay))[0];
}

/** A case at a glance: next step, promise, claim, who works it, what happened last. */
@Component({
  selector: 'rc-overview-tab',
  imports: [
    CasePeople,
    Chip,
    CountPipe,
    InstantPipe,
    MatButton,
    MoneyPipe,
    OverdueChip,
    RefusalWhy,
    RouterLink,
    Timeline,
    TimelineBody,
    Why,
  ],
  templateUrl: './overview-tab.html',
  styleUrl: './overview-tab.scss',
})
export class OverviewTab {
  readonly of = input.required<Case>();
  readonly promises = input.required<readonly PaymentPromise[] | undefined>();
  readonly timeline = input.required<readonly TimelineItem[] | undefined>();
  /** Why entries of the timeline were refused, by their ids. */
  readonly refusals = input<ReadonlyMap<string, WhyMessage>>(new Map());
  /** Undefined for who may not see them. */
  readonly matters = input.required<readonly Matter[] | undefined>();
  /** All of the timeline is asked for. */
  readonly all = output();
  protected readonly t = tabWords;
  protected readonly words = t;
  protected readonly steps = steps;
  readonly #today = today();

  protected readonly step = computed(() => {
    const next = this.of().nextAction;
    return next === undefined || next.step === '' ? undefined : next;
  });
  protected readonly stepName = computed(() => {
    const step = this.step()?.step ?? '';
    return steps.find(`step.${step}`) ?? step;
  });
  protected readonly dueText = computed(() => formatRelativeDay(this.step()?.dueDay));
  protected readonly dueTone = computed(() => this.#toneOf(this.step()?.dueDay ?? ''));
  protected readonly promise = computed(() => awaited(this.promises()));
  protected readonly promiseDue = computed(() => formatRelativeDay(this.promise()?.dueDay));
  protected readonly promiseTone = computed(() => this.#toneOf(this.promise()?.dueDay ?? ''));
  protected readonly items = computed(() => this.timeline()?.slice(0, told));
  protected readonly share = computed(() => formatBps(recoveredBps(this.of())));
  protected readonly openText = computed(() => formatMoneyCompact(this.of().open));

  protected readonly contactText = computed(() => {
    const allowance = this.of().allowance;
    if (allowance === undefined) return '–';
    return allowance.permittedNow
      ? tabWords('contactNow')
      : formatInstant(allowance.nextPermittedAt);
  });
  protected readonly handledBy = computed(() => {
    const { handling, agencyName: name, assigneeName } = this.of();
    if (handling === Handling.INTERNAL) return tabWords('inHouse', { name: assigneeName }).trim();
    return tabWords('agencyOf', { name, state: t.find(handling) ?? '' });
  });

  #toneOf(day: string): 'bad' | 'warn' | 'neutral' {
    if (day === '' || day > this.#today) return 'neutral';
    return day === this.#today ? 'warn' : 'bad';
  }
}
