import {
  booleanAttribute,
  Component,
  contentChildren,
  effect,
  ElementRef,
  inject,
  input,
  model,
  untracked,
} from '@angular/core';
import { Icon } from './icon';
import { t } from './words';
import { WizardStep } from './wizard-step';

/** A step of a wizard; `name` is in the language now. */
export type Step = { id: string; name: string };

/**
 * Steps across the top, the current one below, what will come of it at the side. The contents are
 * `<rc-wizard-step>` in the order of `steps`; all of them stay alive, so going back loses nothing.
 * Slots: `summary` (side), `actions` (foot).
 */
@Component({
  selector: 'rc-wizard',
  imports: [Icon],
  template: `
    <ol>
      @for (step of steps(); track step.id; let index = $index) {
        <li [class.done]="index < at()" [attr.aria-current]="index === at() ? 'step' : null">
          @if (goBack() && index < at()) {
            <button type="button" (click)="at.set(index)">
              <span class="mark"><rc-icon name="check" /></span>{{ step.name }}
            </button>
          } @else {
            <span class="step">
              <span class="mark">
                @if (index < at()) {
                  <rc-icon name="check" />
                } @else {
                  {{ index + 1 }}
                }
              </span>
              {{ step.name }}
            </span>
          }
          @if (index < at()) {
            <span class="rc-hidden">{{ t('stepDone') }}</span>
          }
        </li>
      }
    </ol>
    <div class="columns">
      <div class="now" tabindex="-1"><ng-content select="rc-wizard-step" /></div>
      <aside><ng-content select="[summary]" /></aside>
    </div>
    <footer><ng-content select="[actions]" /></footer>
  `,
  styleUrl: './wizard.scss',
})
export class Wizard {
  readonly steps = input.required<readonly Step[]>();
  readonly at = model(0);
  /** Lets a click on a step that is done go back to it. */
  readonly goBack = input(false, { transform: booleanAttribute });
  readonly contents = contentChildren(WizardStep);
  protected readonly t = t;

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef);
    let before: number | undefined;
    effect(() => {
      const at = this.at();
      const contents = this.contents();
      untracked(() => contents.forEach((step, index) => step.isNow.set(index === at)));
      // A new step starts at its beginning, for the keyboard and for screen readers.
      if (before !== undefined && before !== at) {
        element.nativeElement.querySelector<HTMLElement>('.now')?.focus();
      }
      before = at;
    });
  }
}
