import { Component, computed, inject, input, output } from '@angular/core';
import type { WritableSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { PutAgencyRequest, PutAgencyResponse } from '@recourse/proto/web/agencies/v1/agencies';
import type { Agency } from '@recourse/proto/web/agencies/v1/agencies';
import { draftOf, termsOf } from '../placements/terms-draft';
import { TermsEditor } from '../placements/terms-editor';
import { TermsExample } from '../placements/terms-example';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { asOpened } from '../session/as-opened';
import { DateField } from '../ui/date-field';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { listOf } from './profile';
import { t } from './words';

/** The agency's own words about itself, its price list and its first paper. */
@Component({
  selector: 'rc-profile-dialog',
  imports: [DateField, Dialog, MatButton, ProblemPanel, TermsEditor, TermsExample, TextField],
  template: `
    <rc-dialog size="medium" [heading]="t('profile')" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-text-field [label]="t('name')" [(value)]="name" />
        <rc-text-field optional [rows]="4" [label]="t('description')" [(value)]="description" />
        <rc-text-field [label]="t('sectors')" [hint]="t('commaHint')" [(value)]="sectors" />
        <rc-text-field
          optional
          [label]="t('regions')"
          [hint]="t('regionsHint')"
          [(value)]="regions"
        />
        <rc-text-field
          optional
          [label]="t('creditCode')"
          [hint]="t('creditCodeHint')"
          [(value)]="creditCode"
        />
        <rc-text-field [label]="t('agents')" [(value)]="agents" />
        <rc-text-field [label]="t('capacity')" [(value)]="capacity" />
        <rc-text-field [label]="t('paperKind')" [hint]="t('paperHint')" [(value)]="paperKind" />
        <rc-text-field [label]="t('paperNumber')" [(value)]="paperNumber" />
        <rc-date-field [label]="t('paperExpires')" [(value)]="paperExpires" />
        <h3>{{ t('terms') }}</h3>
        <rc-terms-editor [(draft)]="draft" />
        <rc-terms-example [terms]="terms()" />
        @if (save.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || save.busy()"
        (click)="send()"
      >
        {{ t('save') }}
      </button>
    </rc-dialog>
  `,
})
export class ProfileDialog {
  readonly of = input.required<Agency>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  /** The profile as the person saw it; another's change since then is refused by its version. */
  readonly #seen = asOpened(
    () => this.of().agencyId,
    () => this.of(),
  );
  protected readonly name = this.#first((of) => of.name);
  protected readonly description = this.#first((of) => of.description);
  protected readonly sectors = this.#first((of) => of.sectors.join('，'));
  protected readonly regions = this.#first((of) => of.regions.join('，'));
  protected readonly creditCode = this.#first((of) => of.creditCode);
  protected readonly agents = this.#first((of) => String(of.agentCount));
  protected readonly capacity = this.#first((of) => String(of.capacityCases));
  protected readonly draft = this.#first((of) => draftOf(of.listTerms));
  protected readonly terms = computed(() => termsOf(this.draft()));
  protected readonly paperKind = this.#first((of) => of.licences[0]?.kind ?? '');
  protected readonly paperNumber = this.#first((of) => of.licences[0]?.number ?? '');
  protected readonly paperExpires = this.#first((of) => of.licences[0]?.expiresOn ?? '');
  protected readonly isWhole = computed(
    () =>
      [this.name(), this.paperKind(), this.paperNumber(), this.paperExpires()].every(
        (text) => text.trim() !== '',
      ) &&
      [this.agents(), this.capacity()].every((text) => /^\d{1,7}$/.test(text)) &&
      this.terms() !== undefined,
  );

  protected readonly save = action((requestId) => {
    const { agencyId, languages, licences, version } = this.#seen();
    const paper = {
      kind: this.paperKind().trim(),
      number: this.paperNumber().trim(),
      expiresOn: this.paperExpires(),
    };
    const request: PutAgencyRequest = {
      agencyId,
      name: this.name().trim(),
      description: this.description().trim(),
      sectors: listOf(this.sectors()),
      regions: listOf(this.regions()),
      languages,
      licences: [paper, ...licences.slice(1)],
      listTerms: this.terms(),
      agentCount: Number(this.agents()),
      capacityCases: Number(this.capacity()),
      creditCode: this.creditCode().trim(),
      expectedVersion: version,
    };
    const body = PutAgencyRequest.toJSON(request);
    const at = path`/v1/agencies/${agencyId}`;
    return this.#api.put(at, body, PutAgencyResponse.fromJSON, { requestId });
  });

  #first<T>(read: (of: Agency) => T): WritableSignal<T> {
    return asOpened(
      () => this.#seen().agencyId,
      () => read(this.#seen()),
    );
  }

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
