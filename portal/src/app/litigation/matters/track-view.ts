import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Proceeding, StageMove, Track } from '@recourse/proto/web/litigation/v1/matters';
import { Icon } from '../../ui/icon';
import { DayPipe } from '../../ui/pipes';
import { procedureName, stageName } from '../rule-text';
import { t } from './words';

/** A stage of the track as it is drawn: done with its day, now, or usually to come. */
export type TrackStep = { name: string; state: 'done' | 'now' | 'ahead'; move?: StageMove };

/**
 * The stages gone through, the one reached, and the usual way on (the first of each stage's
 * transitions). A stage that repeats, such as a renewed freeze, is not followed twice.
 */
export function trackSteps(proceeding: Proceeding, track: Track | undefined): TrackStep[] {
  const { moves, stage, ended } = proceeding;
  const gone = moves.map((move, index): TrackStep => {
    const isLast = index === moves.length - 1;
    return { name: move.stage, state: isLast && !ended ? 'now' : 'done', move };
  });
  if (ended || track === undefined) return gone;
  const ahead: TrackStep[] = [];
  const seen = new Set(gone.map((step) => step.name));
  let at = track.stages.find((one) => one.name === stage);
  for (;;) {
    const next = at?.next[0];
    if (next === undefined || seen.has(next)) return [...gone, ...ahead];
    seen.add(next);
    ahead.push({ name: next, state: 'ahead' });
    at = track.stages.find((one) => one.name === next);
  }
}

/** A procedure as a track with dates. */
@Component({
  selector: 'rc-track-view',
  imports: [DayPipe, Icon, MatButton],
  template: `
    <ol [attr.aria-label]="t('trackOf', { name: name() })">
      @for (step of steps(); track $index) {
        <li [class]="step.state" [attr.aria-current]="step.state === 'now' ? 'step' : null">
          <span class="mark">
            @if (step.state === 'done') {
              <rc-icon name="check" />
            }
          </span>
          <span class="stage">{{ stage(step.name) }}</span>
          @if (step.move; as move) {
            <span class="day">{{ move.on | day }}</span>
            @if (move.correctedFrom !== '') {
              <span class="note">
                {{
                  t('corrected', {
                    day: (move.correctedFrom | day),
                    reason: move.correctionReason,
                  })
                }}
              </span>
            }
            @if (move.note !== '') {
              <span class="note">{{ move.note }}</span>
            }
            @if (mayWork()) {
              <button
                matButton
                type="button"
                [attr.aria-label]="t('correctTitle', { stage: stage(step.name) })"
                (click)="correct.emit(move.moveId)"
              >
                {{ t('correct') }}
              </button>
            }
          }
        </li>
      }
    </ol>
  `,
  styleUrl: './track-view.scss',
})
export class TrackView {
  readonly proceeding = input.required<Proceeding>();
  readonly tracks = input.required<readonly Track[]>();
  readonly mayWork = input(false);
  /** The move whose day is to be corrected. */
  readonly correct = output<string>();
  protected readonly t = t;
  protected readonly name = computed(() => procedureName(this.proceeding().procedure));
  protected readonly steps = computed(() => {
    const { procedure } = this.proceeding();
    const track = this.tracks().find((one) => one.procedure === procedure);
    return trackSteps(this.proceeding(), track);
  });

  protected stage(name: string): string {
    return stageName(this.tracks(), this.proceeding().procedure, name);
  }
}
