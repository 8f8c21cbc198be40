import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  RemoveEvidenceRequest,
  RemoveEvidenceResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import type { Evidence, Listing, PillarCheck } from '@recourse/proto/web/blacklist/v1/listings';
import { action } from '../../session/action';
import { Api, path } from '../../session/api';
import { Chip } from '../../ui/chip';
import { Icon } from '../../ui/icon';
import { ProblemPanel } from '../../ui/problem-panel';
import { named } from './listing-text';
import { t } from './words';

/** The four pillars as a checklist: what is met, and which paper would meet the rest. */
@Component({
  selector: 'rc-evidence-pillars',
  imports: [Chip, Icon, MatButton, ProblemPanel],
  template: `
    <ul [attr.aria-label]="t('evidence')">
      @for (pillar of listing().pillars; track pillar.pillar) {
        <li>
          <rc-icon
            [name]="pillar.met ? 'check_circle' : 'warning'"
            [class]="pillar.met ? 'met' : 'open'"
          />
          <div>
            <strong>{{ text(pillar.pillar) }}</strong>
            <rc-chip [tone]="pillar.met ? 'good' : 'warn'">
              {{ pillar.met ? t('met') : t('notMet') }}
            </rc-chip>
            @for (wanted of wantedOf(pillar); track wanted) {
              <p class="rc-muted">{{ t('missing') }}: {{ wanted }}</p>
            }
          </div>
        </li>
      }
    </ul>
    @if (problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
    <ul class="papers" [attr.aria-label]="t('file')">
      @for (one of listing().evidence; track one.evidenceId) {
        <li>
          <span>{{ text(one.kind) }}</span>
          <span class="rc-muted grow">{{ one.file?.fileName }} {{ one.note }}</span>
          @if (one.file && canOpen()) {
            <button
              matButton
              type="button"
              [disabled]="download.busy()"
              [attr.aria-label]="t('download') + ' ' + text(one.kind)"
              (click)="download.run(one)"
            >
              {{ t('download') }}
            </button>
          }
          @if (mayChange()) {
            <button
              matButton
              type="button"
              [disabled]="remove.busy()"
              [attr.aria-label]="t('removeEvidence') + ' ' + text(one.kind)"
              (click)="drop(one)"
            >
              {{ t('remove') }}
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 4px 10px;
      padding-block: 6px;
    }
    li > div {
      flex: 1 1 200px;
    }
    strong {
      margin-inline-end: 8px;
    }
    .papers li {
      align-items: center;
      padding-block: 2px;
    }
    rc-icon {
      --rc-icon-size: 20px;
      flex: none;
    }
    rc-icon.met {
      color: var(--rc-green);
    }
    rc-icon.open {
      color: var(--rc-orange);
    }
    .papers:not(:empty) {
      margin-block-start: 8px;
      border-block-start: 1px solid var(--rc-line);
    }
    .grow {
      flex: 1 1 120px;
      min-inline-size: 0;
    }
  `,
})
export class EvidencePillars {
  readonly listing = input.required<Listing>();
  readonly mayChange = input(false);
  /** The reporter opens its papers, and the stewards to whom they were handed in. */
  readonly canOpen = input(false);
  readonly changed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly text = named;
  protected readonly problem = computed(() => this.remove.problem() ?? this.download.problem());

  protected wantedOf(pillar: PillarCheck): string[] {
    return pillar.wanted.map((one) => one.anyOf.map((kind) => named(kind)).join(t('or')));
  }

  protected readonly download = action((_requestId, one: Evidence) => {
    const { fileId, fileName } = one.file ?? { fileId: '', fileName: '' };
    return this.#api.download(path`/v1/files/${fileId}`, fileName);
  });
  protected readonly remove = action((requestId, evidenceId: string) => {
    const { listingId } = this.listing();
    return this.#api.post(
      path`/v1/blacklist/listings/${listingId}/evidence/${evidenceId}:remove`,
      RemoveEvidenceRequest.toJSON({ listingId, evidenceId, requestId }),
      RemoveEvidenceResponse.fromJSON,
      { requestId },
    );
  });

  protected async drop(one: Evidence): Promise<void> {
    if ((await this.remove.run(one.evidenceId)) !== undefined) this.changed.emit();
  }
}
