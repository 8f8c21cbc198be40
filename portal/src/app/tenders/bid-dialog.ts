import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { GetAgencyResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { PutBidRequest, PutBidResponse } from '@recourse/proto/web/agencies/v1/tenders';
import type { Tender } from '@recourse/proto/web/agencies/v1/tenders';
import { draftOf, termsOf } from '../placements/terms-draft';
import type { TermsDraft } from '../placements/terms-draft';
import { TermsEditor } from '../placements/terms-editor';
import { TermsExample } from '../placements/terms-example';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { asOpened } from '../session/as-opened';
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { Session } from '../session/session';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { isBid } from './tender-text';
import { t } from './words';

/** Makes a bid; one made before is what a person begins from, else the agency's price list. */
@Component({
  selector: 'rc-bid-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TermsEditor, TermsExample, TextField],
  template: `
    <rc-dialog size="medium" [heading]="heading()" (closed)="closed.emit()">
      <div class="rc-stack">
        <p class="rc-muted">{{ t('bidLead') }}</p>
        <rc-terms-editor [draft]="draft()" (draftChange)="written.set($event)" />
        <rc-terms-example [terms]="terms()" />
        <rc-text-field optional [rows]="3" [label]="t('bidNote')" [(value)]="note" />
        @if (send.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="terms() === undefined || send.busy()"
        (click)="run()"
      >
        {{ isChange() ? t('rebid') : t('bid') }}
      </button>
    </rc-dialog>
  `,
})
export class BidDialog {
  readonly tender = input.required<Tender>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #orgId = inject(Session).caller().orgId;
  readonly #bidId = newId();
  protected readonly t = t;
  /** The bid as it was when the dialog opened. */
  readonly #former = asOpened(
    () => this.tender().tenderId,
    () => this.tender().ownBid,
  );
  protected readonly isChange = computed(() => isBid(this.#former()));
  protected readonly heading = computed(() => t('bidTitle', { title: this.tender().title }));
  protected readonly profile = load(() =>
    this.#former()?.terms === undefined
      ? read(path`/v1/agencies/${this.#orgId}`, GetAgencyResponse.fromJSON)
      : undefined,
  );
  protected readonly written = signal<TermsDraft | undefined>(undefined);
  protected readonly draft = computed(
    () =>
      this.written() ?? draftOf(this.#former()?.terms ?? this.profile.value()?.agency?.listTerms),
  );
  protected readonly note = asOpened(
    () => this.tender().tenderId,
    () => this.tender().ownBid?.note ?? '',
  );
  protected readonly terms = computed(() => termsOf(this.draft()));

  protected readonly send = action((requestId) => {
    const { tenderId } = this.tender();
    const request: PutBidRequest = {
      tenderId,
      bidId: this.#bidId,
      terms: this.terms(),
      note: this.note().trim(),
    };
    return this.#api.put(
      path`/v1/tenders/${tenderId}/bids/${this.#bidId}`,
      PutBidRequest.toJSON(request),
      PutBidResponse.fromJSON,
      { requestId },
    );
  });

  protected async run(): Promise<void> {
    if ((await this.send.run()) !== undefined) this.saved.emit();
  }
}
