import { Component, input } from '@angular/core';
import type { DebtorContact } from '@recourse/proto/web/cases/v1/cases';
import { t } from './words';

/** The debtor's people with how to reach them; a number is called with one touch. */
@Component({
  selector: 'rc-case-people',
  template: `
    @for (person of people(); track $index) {
      <p>
        {{ person.name }} <span class="rc-muted">{{ person.position }}</span>
        @if (person.phone !== '') {
          <br /><a [href]="'tel:' + person.phone">{{ person.phone }}</a>
        }
        @if (person.email !== '') {
          <br />{{ person.email }}
        }
      </p>
    } @empty {
      <p class="rc-muted">{{ t('noContacts') }}</p>
    }
  `,
  styles: `
    p {
      margin: 0 0 8px;
      overflow-wrap: anywhere;
    }
    p:last-child {
      margin-block-end: 0;
    }
  `,
})
export class CasePeople {
  readonly people = input.required<readonly DebtorContact[]>();
  protected readonly t = t;
}
