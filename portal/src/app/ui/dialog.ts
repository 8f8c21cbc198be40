import { Dialog as CdkDialog } from '@angular/cdk/dialog';
import type { DialogRef } from '@angular/cdk/dialog';
import {
  afterNextRender,
  Component,
  inject,
  Injector,
  input,
  output,
  viewChild,
} from '@angular/core';
import type { AfterViewInit, OnDestroy, TemplateRef } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { newElementId } from './element-id';
import { Icon } from './icon';
import { t } from './words';

/**
 * A dialog for as long as it stands in a template:
 *
 *     @if (dialogs.open() === 'place') {
 *       <rc-dialog [heading]="t('place')" (closed)="dialogs.close()">
 *         … <button actions matButton="filled">…</button>
 *       </rc-dialog>
 *     }
 *
 * Escape, the cross and a click outside ask to close (`closed`); the page takes it out of the URL.
 */
@Component({
  selector: 'rc-dialog',
  imports: [Icon, MatIconButton],
  template: `
    <ng-template #frame>
      <div class="frame">
        <header>
          <h2 [id]="titleId">{{ heading() }}</h2>
          <button
            matIconButton
            type="button"
            [attr.aria-label]="t('close')"
            (click)="closed.emit()"
          >
            <rc-icon name="close" />
          </button>
        </header>
        <div class="content"><ng-content /></div>
        <footer><ng-content select="[actions]" /></footer>
      </div>
    </ng-template>
  `,
  styleUrl: './dialog.scss',
})
export class Dialog implements AfterViewInit, OnDestroy {
  readonly heading = input.required<string>();
  readonly size = input<'small' | 'medium' | 'large'>('medium');
  readonly closed = output();
  protected readonly frame = viewChild.required<TemplateRef<unknown>>('frame');
  protected readonly titleId = newElementId('dialog');
  protected readonly t = t;
  readonly #dialog = inject(CdkDialog);
  readonly #injector = inject(Injector);
  #opened: DialogRef | undefined;

  ngAfterViewInit(): void {
    const widths = { small: 440, medium: 640, large: 1040 };
    this.#opened = this.#dialog.open(this.frame(), {
      ariaLabelledBy: this.titleId,
      ariaModal: true,
      backdropClass: 'rc-scrim',
      disableClose: true,
      closeOnNavigation: false,
      autoFocus: 'dialog',
      width: `min(${widths[this.size()]}px, 100vw - 16px)`,
      maxHeight: 'calc(100dvh - 16px)',
    });
    this.#focusContent(this.#opened);
    this.#opened.backdropClick.subscribe(() => this.closed.emit());
    this.#opened.keydownEvents.subscribe((event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.closed.emit();
    });
  }

  /** The first control of the content, not the cross, is where a person goes on. */
  #focusContent(opened: DialogRef): void {
    const frame = opened.overlayRef.overlayElement.querySelector('.content');
    const controls = 'input, select, textarea, button, a[href]';
    afterNextRender(() => frame?.querySelector<HTMLElement>(controls)?.focus(), {
      injector: this.#injector,
    });
  }

  ngOnDestroy(): void {
    this.#opened?.close();
  }
}
