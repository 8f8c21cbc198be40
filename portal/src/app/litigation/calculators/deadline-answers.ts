import { Component, computed, input } from '@angular/core';
import type { CalculatedDeadline } from '@recourse/proto/web/litigation/v1/calculators';
import { Chip } from '../../ui/chip';
import { formatDay, formatWeekday } from '../../ui/format';
import { stageWord } from '../deadlines/stage-word';
import { capital, inLanguage, sourceText } from '../rule-text';
import { t } from './words';

/** How a day of rest has moved the day: on, or back where it is counted back from an event. */
function movedText({ dueDay, unmovedDay }: CalculatedDeadline): string {
  if (unmovedDay === dueDay) return '';
  const days = { from: formatDay(unmovedDay), day: formatDay(dueDay) };
  return t(unmovedDay < dueDay ? 'moved' : 'movedUp', days);
}

/** From which day it runs, how it moved, and what is still uncertain of it. */
function notesOf(one: CalculatedDeadline): string {
  const notes = [
    t('countedFrom', { day: formatDay(one.fromDay), what: stageWord(one.fromKind) }),
    movedText(one),
    one.provisional ? t('provisionalDay') : '',
    one.assumedLength ? t('assumedLength') : '',
  ];
  return notes.filter((note) => note !== '').join(' · ');
}

/** Computed deadlines, soonest first: the act, the day, whom it binds, the right lost, the rule. */
@Component({
  selector: 'rc-deadline-answers',
  imports: [Chip],
  template: `
    <ol>
      @for (one of shown(); track $index) {
        <li class="rc-card rc-card-body" [class.fatal]="one.fatal">
          <h2>
            {{ one.act }} <span class="rc-figure">{{ one.day }} {{ one.weekday }}</span>
          </h2>
          <p class="rc-row">
            <rc-chip>{{ one.party }}</rc-chip>
            @if (one.fatal) {
              <rc-chip tone="warn">{{ t('fatal') }}</rc-chip>
            }
          </p>
          <dl class="rc-facts">
            <dt>{{ t('rightLost') }}</dt>
            <dd>{{ one.lost }}</dd>
            <dt>{{ t('counting') }}</dt>
            <dd>{{ one.notes }}</dd>
          </dl>
          <p class="rc-muted">{{ one.source }}</p>
        </li>
      } @empty {
        <li class="rc-muted">{{ t('noDeadline') }}</li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: flex;
      flex-direction: column;
      gap: var(--rc-gap);
    }
    li {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    li.fatal {
      border-inline-start: 3px solid var(--rc-orange);
    }
    h2 {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 4px 16px;
    }
  `,
})
export class DeadlineAnswers {
  readonly deadlines = input.required<readonly CalculatedDeadline[]>();
  protected readonly t = t;
  protected readonly shown = computed(() =>
    this.deadlines().map((one) => ({
      act: capital(inLanguage(one.actZh, one.actEn)),
      day: formatDay(one.dueDay),
      weekday: formatWeekday(one.dueDay),
      party: t.find(`bound.${one.boundParty}`) ?? one.boundParty,
      fatal: one.fatal,
      lost: inLanguage(one.rightLostZh, one.rightLostEn),
      notes: notesOf(one),
      source: sourceText(one.why),
    })),
  );
}
