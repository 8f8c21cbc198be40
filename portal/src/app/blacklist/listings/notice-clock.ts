import { Component, computed, input } from '@angular/core';
import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';
import { daysBetween, formatDay, today } from '../../ui/format';
import { DayPipe } from '../../ui/pipes';
import { named } from './listing-text';
import { t } from './words';

/** How the listed party was told, and how long it may still object. */
@Component({
  selector: 'rc-notice-clock',
  imports: [DayPipe],
  template: `
    @if (listing().notice; as notice) {
      <p>
        {{ text(notice.delivery) }} · {{ notice.servedOn | day }}
        <span class="rc-muted">{{ notice.reference }}</span>
      </p>
      <p>{{ until() }}</p>
      <progress [max]="whole()" [value]="gone()" [attr.aria-label]="until()"></progress>
      <p class="rc-muted">{{ left() }}</p>
    } @else {
      <p class="rc-muted">{{ t('noNotice') }}</p>
    }
  `,
  styles: `
    progress {
      inline-size: 100%;
      accent-color: var(--rc-primary);
    }
  `,
})
export class NoticeClock {
  readonly listing = input.required<Listing>();
  protected readonly t = t;
  protected readonly text = named;
  readonly #notice = computed(() => this.listing().notice);
  protected readonly until = computed(() =>
    t('objectBy', { day: formatDay(this.#notice()?.objectBy) }),
  );
  protected readonly whole = computed(() => {
    const notice = this.#notice();
    return notice === undefined ? 1 : Math.max(1, daysBetween(notice.servedOn, notice.objectBy));
  });
  readonly #daysLeft = computed(() => {
    const notice = this.#notice();
    return notice === undefined ? 0 : daysBetween(today(), notice.objectBy);
  });
  protected readonly gone = computed(() =>
    Math.min(this.whole(), Math.max(0, this.whole() - this.#daysLeft())),
  );
  protected readonly left = computed(() =>
    this.#daysLeft() < 0 ? t('objectOver') : t('objectLeft', { days: this.#daysLeft() }),
  );
}
