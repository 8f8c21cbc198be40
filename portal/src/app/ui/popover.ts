import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import type { ConnectedPosition } from '@angular/cdk/overlay';
import { Component, input, output, signal } from '@angular/core';
import { newElementId } from './element-id';

const positions: ConnectedPosition[] = [
  { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
  { originX: 'end', originY: 'bottom', overlayX: 'end', overlayY: 'top', offsetY: 4 },
  { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -4 },
  { originX: 'end', originY: 'top', overlayX: 'end', overlayY: 'bottom', offsetY: -4 },
];

/**
 * A button with a panel: `<rc-popover label="…"><span trigger>…</span> content </rc-popover>`. The
 * panel is a dialog: the focus stays in it, Escape or a click outside closes it and brings it back.
 */
@Component({
  selector: 'rc-popover',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus],
  template: `
    <button
      #origin="cdkOverlayOrigin"
      cdkOverlayOrigin
      type="button"
      aria-haspopup="dialog"
      [class]="'trigger ' + look()"
      [class.on]="isOpen() || active()"
      [attr.aria-label]="buttonLabel() || null"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-controls]="isOpen() ? panelId : null"
      (click)="turn()"
    >
      <ng-content select="[trigger]" />
    </button>
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="isOpen()"
      [cdkConnectedOverlayPositions]="positions"
      [cdkConnectedOverlayViewportMargin]="8"
      [cdkConnectedOverlayPush]="true"
      [cdkConnectedOverlayHasBackdrop]="true"
      cdkConnectedOverlayBackdropClass="cdk-overlay-transparent-backdrop"
      (backdropClick)="close()"
      (detach)="close()"
    >
      <div
        class="panel"
        role="dialog"
        tabindex="-1"
        cdkTrapFocus
        [cdkTrapFocusAutoCapture]="true"
        [id]="panelId"
        [attr.aria-label]="label()"
      >
        <ng-content />
      </div>
    </ng-template>
  `,
  styleUrl: './popover.scss',
})
export class Popover {
  /** Name of the panel, for screen readers. */
  readonly label = input.required<string>();
  /** Name of the button when its content is no text. */
  readonly buttonLabel = input('');
  readonly look = input<'plain' | 'outlined' | 'link' | 'icon'>('outlined');
  /** Shows the button as in use, such as a filter that is set. */
  readonly active = input(false);
  readonly closed = output();
  protected readonly positions = positions;
  protected readonly panelId = newElementId('popover');
  readonly isOpen = signal(false);

  turn(): void {
    if (this.isOpen()) this.close();
    else this.isOpen.set(true);
  }

  close(): void {
    if (!this.isOpen()) return;
    this.isOpen.set(false);
    this.closed.emit();
  }
}
