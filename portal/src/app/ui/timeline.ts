import { NgTemplateOutlet } from '@angular/common';
import {
  booleanAttribute,
  Component,
  computed,
  contentChild,
  Directive,
  inject,
  input,
  model,
  output,
  TemplateRef,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { EmptyPanel } from './empty-panel';
import type { Option } from './filter-choice';
import { formatDay, formatInstant, formatRelativeDay, today } from './format';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import { t } from './words';

/** Something that happened, already in words. */
export type TimelineItem = {
  id: string;
  /** One of the filter's kinds. */
  kind: string;
  icon: IconName;
  /** Instant, ISO 8601. */
  at: string;
  title: string;
  actor?: string;
  text?: string;
  /** An amount, written out; `in` marks money that came in. */
  amount?: string;
  tone?: 'in' | 'warn' | 'bad';
};

/** What stands below an item's text: proof, buttons. `<ng-template rcTimelineBody let-item>`. */
@Directive({ selector: 'ng-template[rcTimelineBody]' })
export class TimelineBody {
  readonly template = inject<TemplateRef<{ $implicit: TimelineItem }>>(TemplateRef);

  static ngTemplateContextGuard(
    _directive: TimelineBody,
    context: unknown,
  ): context is { $implicit: TimelineItem } {
    return context !== undefined;
  }
}

/** What happened, newest first, by day; filtered by kind. */
@Component({
  selector: 'rc-timeline',
  imports: [EmptyPanel, Icon, MatButton, NgTemplateOutlet],
  templateUrl: './timeline.html',
  styleUrl: './timeline.scss',
})
export class Timeline {
  /** Undefined until the first answer. */
  readonly items = input.required<readonly TimelineItem[] | undefined>();
  /** Kinds to filter by; no filter when empty. */
  readonly kinds = input<readonly Option[]>([]);
  /** The kinds chosen; all when empty. */
  readonly chosen = model<readonly string[]>([]);
  readonly label = input.required<string>();
  /** Older items can be read. */
  readonly hasMore = input(false, { transform: booleanAttribute });
  readonly more = output();
  readonly #now = today();
  protected readonly body = contentChild(TimelineBody);
  protected readonly t = t;

  protected readonly days = computed(() => {
    const chosen = this.chosen();
    const shown = (this.items() ?? []).filter(
      (item) => chosen.length === 0 || chosen.includes(item.kind),
    );
    const days = new Map<string, TimelineItem[]>();
    for (const item of shown) {
      const day = today(new Date(item.at));
      const list = days.get(day) ?? [];
      list.push(item);
      days.set(day, list);
    }
    return [...days].map(([day, items]) => ({ day, items }));
  });

  protected dayName(day: string): string {
    const full = formatDay(day);
    const relative = formatRelativeDay(day, this.#now);
    return relative === full ? full : `${relative} · ${full}`;
  }

  protected time(instant: string): string {
    return formatInstant(instant, 'time');
  }

  protected turn(kind: string): void {
    this.chosen.update((chosen) =>
      chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind],
    );
  }
}
