import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type {
  Happening,
  Matter,
  Proceeding,
  Track,
} from '@recourse/proto/web/litigation/v1/matters';
import { Api } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import { Chip } from '../../ui/chip';
import { EmptyPanel } from '../../ui/empty-panel';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { DayPipe, MoneyPipe } from '../../ui/pipes';
import { FeeLines } from '../fee-lines';
import { procedureName, sourceText, stageName } from '../rule-text';
import { t as law } from '../words';
import { standingText } from './begin-fields';
import { b } from './begin-words';
import { f } from './freeze-words';
import { judgmentForm } from './judgment-form';
import { beginForm, correctForm, happeningForm, moveForm } from './proceeding-forms';
import { TrackView } from './track-view';
import { t } from './words';

/** The proceedings of a matter as tracks, what else happened in them, and what was decided. */
@Component({
  selector: 'rc-proceedings-tab',
  imports: [Chip, DayPipe, EmptyPanel, FeeLines, FormDialog, MatButton, MoneyPipe, TrackView],
  templateUrl: './proceedings-tab.html',
  styleUrl: './tab.scss',
})
export class ProceedingsTab {
  readonly matter = input.required<Matter>();
  readonly tracks = input.required<readonly Track[]>();
  readonly mayWork = input(false);
  readonly changed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly f = f;
  protected readonly b = b;
  protected readonly standing = standingText;
  protected readonly dialogs = dialogUrl(['begin', 'move', 'correct', 'happening', 'judgment']);
  /** The one that runs comes first. */
  protected readonly proceedings = computed(() =>
    this.matter()
      .proceedings.toReversed()
      .toSorted((a, b) => Number(a.ended) - Number(b.ended)),
  );
  protected readonly mayBegin = computed(() =>
    this.matter()
      .mayBegin.map((one) => procedureName(one))
      .join(' · '),
  );

  protected readonly form = computed((): Form | undefined => {
    if (!this.mayWork()) return undefined;
    const matter = this.matter();
    const on = this.dialogs.on();
    const found = matter.proceedings.find((one) => one.proceedingId === on);
    switch (this.dialogs.open()) {
      case 'begin':
        return beginForm(this.#api, matter);
      case 'move':
        return found && moveForm(this.#api, matter, found, this.tracks());
      case 'happening':
        return found && happeningForm(this.#api, matter, found);
      case 'judgment':
        return found && judgmentForm(this.#api, matter, found);
      case 'correct':
        return this.#correcting(on);
      default:
        return undefined;
    }
  });

  #correcting(moveId: string): Form | undefined {
    const matter = this.matter();
    for (const proceeding of matter.proceedings) {
      const move = proceeding.moves.find((one) => one.moveId === moveId);
      if (move !== undefined) {
        return correctForm(this.#api, matter, proceeding, move, this.tracks());
      }
    }
    return undefined;
  }

  protected name(proceeding: Proceeding): string {
    return procedureName(proceeding.procedure);
  }

  protected follows(proceeding: Proceeding): string {
    const before = this.matter().proceedings.find(
      (one) => one.proceedingId === proceeding.followsId,
    );
    return before === undefined ? '' : t('follows', { name: procedureName(before.procedure) });
  }

  protected nextOf(proceeding: Proceeding): string {
    return proceeding.nextStages
      .map((stage) => stageName(this.tracks(), proceeding.procedure, stage))
      .join(' · ');
  }

  protected happeningText(one: Happening): string {
    const parts = [
      one.party === '' ? '' : (t.find(`party.${one.party}`) ?? ''),
      one.days > 0 ? `${t('courtDays')} ${one.days}` : '',
      one.until === '' ? '' : `${t('until')} ${one.until}`,
      one.note,
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  /** Who published the ceiling; the rule itself where the wage was given. */
  protected standingSource({ smallClaimsStanding: standing }: Proceeding): string {
    const source = sourceText(standing?.wageWhy ?? standing?.why);
    return source === '' ? '' : `· ${source}`;
  }

  protected securitySource(proceeding: Proceeding): string {
    return sourceText(proceeding.security?.why);
  }

  protected feeName(proceeding: Proceeding): string {
    return t('feeOf', { name: law.find(proceeding.procedure) ?? '' });
  }

  protected saved(): void {
    this.dialogs.close();
    this.changed.emit();
  }
}
