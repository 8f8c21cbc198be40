import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { CaseStage, CaseState, Handling } from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  ClosingState,
  ListClosingsRequest,
  ListClosingsResponse,
} from '@recourse/proto/web/cases/v1/closings';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Session } from '../session/session';
import { CloseDialog } from './close-dialog';
import { ClosingDialog } from './closing-dialog';
import { closingProposers } from './closing-text';
import { closingWords as t } from './closing-words';

const inCourt: readonly CaseStage[] = [CaseStage.LITIGATION, CaseStage.ASSET_RECOVERY];

/**
 * The ways in which a person ends a case: as settled by hand, or given up with an approval; and the
 * way to the proposal that waits or that ended it.
 */
@Component({
  selector: 'rc-case-endings',
  imports: [CloseDialog, ClosingDialog, MatButton, RouterLink],
  template: `
    @if (shown(); as one) {
      <a matButton [routerLink]="['/cases/closings', one.closingId]">{{ linkText() }}</a>
    }
    @if (mayPropose()) {
      <button matButton type="button" (click)="dialogs.show('give-up')">{{ t('giveUp') }}</button>
    }
    @if (mayClose()) {
      <button matButton type="button" (click)="dialogs.show('close')">
        {{ t('closeSettled') }}
      </button>
    }
    @if (dialogs.open() === 'close' && mayClose()) {
      <rc-close-dialog [of]="of()" (saved)="done()" (closed)="dialogs.close()" />
    }
    @if (dialogs.open() === 'give-up' && mayPropose()) {
      <rc-closing-dialog [cases]="[of()]" (closed)="dialogs.close()" />
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class CaseEndings {
  readonly of = input.required<Case>();
  readonly ended = output();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['close', 'give-up']);
  readonly #isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  readonly #isOpen = computed(() => this.of().state === CaseState.OPEN);
  readonly #closings = load(
    () => {
      if (!this.#isCreditor()) return undefined;
      const states = [ClosingState.PROPOSED, ClosingState.APPROVED];
      const asked = { caseId: this.of().caseId, states, page: { size: 1, cursor: '' } };
      const query = ListClosingsRequest.toJSON(ListClosingsRequest.fromPartial(asked));
      return read('/v1/closings', ListClosingsResponse.fromJSON, query);
    },
    { live: ['closing', 'case'] },
  );
  protected readonly shown = computed(() => this.#closings.value()?.closings[0]);
  readonly #isWaiting = computed(() => this.shown()?.state === ClosingState.PROPOSED);
  protected readonly linkText = computed(() => {
    const kind = t.find(this.shown()?.kind ?? '') ?? '';
    return this.#isWaiting() ? t('waitingLink', { kind }) : t('recordLink', { kind });
  });
  protected readonly mayClose = computed(
    () => this.#isOpen() && mayCall(this.#caller(), ['supervisor', 'director']),
  );
  /** What an agency holds is recalled first, and a court has the last word on what it has. */
  protected readonly mayPropose = computed(
    () =>
      this.#isOpen() &&
      this.of().handling === Handling.INTERNAL &&
      !inCourt.includes(this.of().stage) &&
      this.#closings.value() !== undefined &&
      !this.#isWaiting() &&
      mayCall(this.#caller(), closingProposers),
  );

  protected done(): void {
    this.dialogs.close();
    this.ended.emit();
  }
}
