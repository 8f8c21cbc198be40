import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { PutAgencyRequest, PutAgencyResponse } from '@recourse/proto/web/agencies/v1/agencies';
import type { Agency } from '@recourse/proto/web/agencies/v1/agencies';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

function listOf(text: string): string[] {
  return text.split(/[,，、;；]/).map((one) => one.trim()).filter((one) => one !== '');
}

/** The agency's own words about itself. Papers and price list are kept as they are. */
@Component({
  selector: 'rc-profile-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="medium" [heading]="t('profile')" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-text-field [label]="t('name')" [(value)]="name" />
        <rc-text-field [rows]="4" [label]="t('description')" [(value)]="description" />
        <rc-text-field [label]="t('sectors')" [hint]="t('commaHint')" [(value)]="sectors" />
        <rc-text-field [label]="t('regions')" [hint]="t('commaHint')" [(value)]="regions" />
        <rc-text-field [label]="t('agents')" [(value)]="agents" />
        <rc-text-field [label]="t('capacity')" [(value)]="capacity" />
        @if (save.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button actions matButton="filled" type="button" [disabled]="!isWhole() || save.busy()"
        (click)="send()">{{ t('save') }}</button>
    </rc-dialog>
  `,
})
export class ProfileDialog {
  readonly of = input.required<Agency>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly name = linkedSignal(() => this.of().name);
  protected readonly description = linkedSignal(() => this.of().description);
  protected readonly sectors = linkedSignal(() => this.of().sectors.join('，'));
  protected readonly regions = linkedSignal(() => this.of().regions.join('，'));
  protected readonly agents = linkedSignal(() => String(this.of().agentCount));
  protected readonly capacity = linkedSignal(() => String(this.of().capacityCases));
  protected readonly isWhole = computed(
    () => this.name().trim() !== '' && [this.agents(), this.capacity()].every((text) => /^\d{1,7}$/.test(text)));

  protected readonly save = action((requestId) => {
    const { agencyId, languages, licences, listTerms, version } = this.of();
    const request: PutAgencyRequest = {
      agencyId, name: this.name().trim(), description: this.description().trim(),
      sectors: listOf(this.sectors()), regions: listOf(this.regions()), languages, licences, listTerms,
      agentCount: Number(this.agents()), capacityCases: Number(this.capacity()), expectedVersion: version,
    };
    const body = PutAgencyRequest.toJSON(request);
    return this.#api.put(path`/v1/agencies/${agencyId}`, body, PutAgencyResponse.fromJSON, { requestId });
  });

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
