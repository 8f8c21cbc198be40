import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ExternalFlag } from '@recourse/proto/web/credit/v1/ratings';
import { reasonName } from '../ratings/reason-text';
import { ChoiceField } from '../ui/choice-field';
import { Chip } from '../ui/chip';
import { DateField } from '../ui/date-field';
import { formatDay, today } from '../ui/format';
import { TextField } from '../ui/text-field';
import { t } from './file-words';

const codes = [
  'court_debtor',
  'dishonest_debtor',
  'lawsuit',
  'blacklist',
  'bureau_default',
  'tax_arrears',
  'pledge',
  'asset_transfer',
  'new_financing',
  'near_bankruptcy',
  'bad_press',
  'bankrupt',
];

/** What outside sources say of a customer; the platform's own signals cannot be taken away. */
@Component({
  selector: 'rc-flags-part',
  imports: [ChoiceField, Chip, DateField, MatButton, TextField],
  template: `
    <h2>{{ t('flags') }}</h2>
    <ul>
      @for (flag of flags(); track $index) {
        <li>
          <rc-chip tone="warn">{{ name(flag.code) }}</rc-chip>
          <span>{{ t('since') }} {{ day(flag.since) }}</span>
          <span class="rc-muted">{{ flag.told ? t('told') : flag.source }} {{ flag.note }}</span>
          @if (mayWrite() && !flag.told) {
            <button
              matButton
              type="button"
              [attr.aria-label]="t('removeNamed', { name: name(flag.code) })"
              (click)="remove(flag)"
            >
              {{ t('remove') }}
            </button>
          }
        </li>
      } @empty {
        <li class="rc-muted">{{ t('noFlags') }}</li>
      }
    </ul>
    @if (mayWrite()) {
      <div class="rc-grid">
        <rc-choice-field [label]="t('flagKind')" [options]="options()" [(value)]="code" />
        <rc-date-field [label]="t('since')" [max]="today" [(value)]="since" />
        <rc-text-field optional [label]="t('source')" [(value)]="source" />
      </div>
      <div>
        <button matButton="outlined" type="button" [disabled]="!isWhole()" (click)="add()">
          {{ t('addFlag') }}
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      min-block-size: 36px;
    }
    .rc-grid {
      --rc-column: 220px;
    }
  `,
})
export class FlagsPart {
  readonly flags = input.required<readonly ExternalFlag[]>();
  readonly mayWrite = input(false);
  readonly changed = output<ExternalFlag[]>();
  protected readonly t = t;
  protected readonly today = today();
  protected readonly name = reasonName;
  protected readonly day = formatDay;
  protected readonly code = signal<string | undefined>(undefined);
  protected readonly since = signal('');
  protected readonly source = signal('');
  protected readonly options = computed(() =>
    codes.map((value) => ({ value, name: reasonName(value) })),
  );
  protected readonly isWhole = computed(() => this.code() !== undefined && this.since() !== '');

  protected add(): void {
    const code = this.code() ?? '';
    const flag = { code, since: this.since(), source: this.source().trim(), note: '', told: false };
    this.changed.emit([...this.flags(), flag]);
    this.code.set(undefined);
    this.since.set('');
    this.source.set('');
  }

  protected remove(flag: ExternalFlag): void {
    this.changed.emit(this.flags().filter((one) => one !== flag));
  }
}
