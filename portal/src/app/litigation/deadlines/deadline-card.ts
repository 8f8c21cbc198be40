import { booleanAttribute, Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { DeadlineState } from '@recourse/proto/web/litigation/v1/deadlines';
import type { Deadline } from '@recourse/proto/web/litigation/v1/deadlines';
import { mayCall } from '../../session/caller';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import { formatDay, formatMoney } from '../../ui/format';
import { capital, inLanguage, sourceText } from '../rule-text';
import { stageWord } from './stage-word';
import { t } from './words';

/** How pressing a day is: a word and its tone. */
export function pressureOf(deadline: Deadline): { text: string; tone: Tone } {
  const { boundParty, daysLeft, state } = deadline;
  if (state !== DeadlineState.OPEN) {
    const tone = state === DeadlineState.MISSED ? 'bad' : 'neutral';
    return { text: t.find(state) ?? '', tone: state === DeadlineState.DONE ? 'good' : tone };
  }
  // A day that binds the court or the other side is no loss of ours when it is over.
  const isOurs = boundParty === '' || boundParty === 'us';
  if (daysLeft < 0) {
    return { text: t('daysLate', { days: -daysLeft }), tone: isOurs ? 'bad' : 'neutral' };
  }
  if (daysLeft === 0) return { text: t('dueToday'), tone: 'bad' };
  const tone = daysLeft <= 7 ? 'warn' : daysLeft <= 30 ? 'watch' : 'neutral';
  return { text: t('daysLeft', { days: daysLeft }), tone };
}

/** The day it is counted from, and what happened then where that is known in words. */
function fromText({ fromDay, fromWhat }: Deadline): string {
  if (fromDay === '') return '';
  const day = formatDay(fromDay);
  const what = stageWord(fromWhat);
  return what === '' ? t('fromDay', { day }) : t('from', { day, what });
}

/** The day that a day of rest has moved: on, or back where it is counted back from an event. */
function movedText({ dueDay, unmovedDay }: Deadline): string {
  if (unmovedDay === '' || unmovedDay === dueDay) return '';
  return t(unmovedDay < dueDay ? 'unmoved' : 'movedUp', { day: formatDay(unmovedDay) });
}

/** One deadline: its day, the right lost and the money at risk, and who has computed it. */
@Component({
  selector: 'rc-deadline-card',
  imports: [Chip, MatButton, RouterLink],
  templateUrl: './deadline-card.html',
  styleUrl: './deadline-card.scss',
})
export class DeadlineCard {
  readonly deadline = input.required<Deadline>();
  /** Leaves the matter out, where the page is of it. */
  readonly ofMatter = input(false, { transform: booleanAttribute });
  readonly confirm = output<string>();
  readonly complete = output<string>();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly title = computed(() =>
    capital(inLanguage(this.deadline().titleZh, this.deadline().titleEn)),
  );
  protected readonly pressure = computed(() => pressureOf(this.deadline()));
  protected readonly isOpen = computed(() => this.deadline().state === DeadlineState.OPEN);
  protected readonly day = computed(() => formatDay(this.deadline().dueDay));
  protected readonly rightLost = computed(() =>
    inLanguage(this.deadline().rightLostZh, this.deadline().rightLostEn),
  );
  protected readonly hasRisk = computed(() => (this.deadline().atRisk?.minor ?? 0n) > 0n);
  protected readonly atRisk = computed(() => formatMoney(this.deadline().atRisk));
  protected readonly isUnconfirmed = computed(
    () =>
      this.isOpen() && this.deadline().fatal && (this.deadline().confirmedBy?.userId ?? '') === '',
  );
  protected readonly isOwn = computed(
    () => this.deadline().computedBy?.userId === this.#caller().userId,
  );
  protected readonly mayConfirm = computed(
    () =>
      this.isUnconfirmed() &&
      !this.isOwn() &&
      mayCall(this.#caller(), ['legal_officer', 'supervisor', 'director', 'general_manager']),
  );
  protected readonly mayComplete = computed(
    () => this.isOpen() && mayCall(this.#caller(), ['legal_officer']),
  );

  protected readonly notes = computed(() => {
    const one = this.deadline();
    const notes = [
      fromText(one),
      movedText(one),
      one.recomputed > 0
        ? t('recomputed', { count: one.recomputed, day: formatDay(one.previousDay) })
        : '',
      one.provisional ? t('provisional') : '',
      one.late ? t('lateDone') : '',
    ];
    return notes.filter((note) => note !== '').join(' · ');
  });
  protected readonly people = computed(() => {
    const { computedBy, confirmedBy, rule, why } = this.deadline();
    const people = [
      rule === 'by_hand' ? t('by_hand') : sourceText(why),
      (computedBy?.name ?? '') === '' ? '' : t('computedBy', { name: computedBy?.name ?? '' }),
      (confirmedBy?.name ?? '') === '' ? '' : t('confirmedBy', { name: confirmedBy?.name ?? '' }),
    ];
    return people.filter((one) => one !== '').join(' · ');
  });
}
