import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Case, ContactAllowance, DebtorContact } from '@recourse/proto/web/cases/v1/cases';
import { contactWords } from './contact-words';
import { t } from './words';

/** A number to call: a masked one is none. */
function isNumber(phone: string): boolean {
  return phone !== '' && !phone.includes('*');
}

function isStopped(allowance: ContactAllowance | undefined): boolean {
  return allowance !== undefined && !allowance.permittedNow;
}

/**
 * The debtor's people with how to reach them; a number is called with one touch, but not while the
 * day's contacts are used up or the hours are quiet.
 */
@Component({
  selector: 'rc-case-people',
  template: `
    @for (person of people(); track $index) {
      <p>
        {{ person.name }} <span class="rc-muted">{{ person.position }}</span>
        @if (person.phone !== '') {
          <br />
          @if (mayCall(person)) {
            <a [href]="'tel:' + person.phone">{{ person.phone }}</a>
          } @else {
            {{ person.phone }}
            @if (stopped() && isNumber(person.phone)) {
              <span class="rc-muted">{{ words('noCall') }}</span>
            }
          }
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
  readonly allowance = input<ContactAllowance>();
  protected readonly t = t;
  protected readonly words = contactWords;
  protected readonly isNumber = isNumber;
  protected readonly stopped = computed(() => isStopped(this.allowance()));

  protected mayCall(person: DebtorContact): boolean {
    return !this.stopped() && isNumber(person.phone);
  }
}

/** On a phone, the call itself: the first person with a number, while a contact is permitted. */
@Component({
  selector: 'rc-call-link',
  imports: [MatButton],
  template: `
    @if (person(); as one) {
      <a matButton="outlined" [href]="'tel:' + one.phone">{{
        words('call', { name: one.name })
      }}</a>
    }
  `,
  styles: `
    :host {
      display: none;
    }
    @media (max-width: 720px) {
      :host {
        display: contents;
      }
    }
  `,
})
export class CallLink {
  readonly of = input.required<Case>();
  protected readonly words = contactWords;
  protected readonly person = computed(() =>
    isStopped(this.of().allowance)
      ? undefined
      : this.of().contacts.find((one) => isNumber(one.phone)),
  );
}
