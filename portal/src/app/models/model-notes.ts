import { Component, computed, input } from '@angular/core';
import type { CreditModel } from '@recourse/proto/web/credit/v1/models';
import { shareText } from './model-text';
import { t } from './words';

/** What a person has to know before a model is used: leaks, columns without an answer, notes. */
@Component({
  selector: 'rc-model-notes',
  template: `
    @for (part of parts(); track part.name) {
      <section class="rc-card rc-card-body" [class.bad]="part.isGrave">
        <h2>{{ part.name }}</h2>
        <ul>
          @for (line of part.lines; track line) {
            <li>{{ line }}</li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
    :host:empty {
      display: none;
    }
    .bad h2 {
      color: var(--rc-red);
    }
    li {
      padding-block: 2px;
    }
  `,
})
export class ModelNotes {
  readonly of = input.required<CreditModel>();
  protected readonly parts = computed(() => {
    const { leaks, unanswered, leftOut, notes, failure } = this.of();
    return [
      {
        name: t('leaks'),
        isGrave: true,
        lines: leaks.map(({ column, code, aucMillionths }) =>
          t('leakOf', {
            column,
            why: t.find(`leak.${code}`) ?? code,
            auc: shareText(aucMillionths),
          }),
        ),
      },
      {
        name: t('unanswered'),
        isGrave: true,
        lines: unanswered.length === 0 ? [] : [unanswered.join(' · ')],
      },
      {
        name: t('leftOut'),
        isGrave: false,
        lines: leftOut.map(
          ({ column, reason }) => `${column}: ${t.find(`out.${reason}`) ?? reason}`,
        ),
      },
      { name: t('notes'), isGrave: false, lines: failure === '' ? notes : [] },
    ].filter((part) => part.lines.length > 0);
  });
}
