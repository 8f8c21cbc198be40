import { Component, computed, input, output, signal, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { newElementId } from './element-id';
import { formatBytes } from './format';
import { Icon } from './icon';
import { t } from './words';

/** Where a file is dropped or chosen. Refuses a wrong kind or size before anything is sent. */
@Component({
  selector: 'rc-file-drop',
  imports: [Icon],
  template: `
    <div
      class="drop"
      [class.over]="isOver()"
      (dragover)="onOver($event)"
      (dragleave)="isOver.set(false)"
      (drop)="onDrop($event)"
    >
      <rc-icon name="upload_file" />
      @if (label()) {
        <p class="label">{{ label() }}</p>
      }
      <p>
        {{ t('dropFile') }}
        <button type="button" [attr.aria-describedby]="noteId" (click)="open()">
          {{ t('chooseFile') }}
        </button>
      </p>
      <p class="rc-muted" [id]="noteId">
        {{ hint() || t('fileTypes', { types: kinds(), size: size(maxBytes()) }) }}
      </p>
      @if (wrong()) {
        <p class="wrong" role="alert">{{ wrong() }}</p>
      }
      <input
        #chooser
        class="rc-hidden"
        type="file"
        tabindex="-1"
        aria-hidden="true"
        [accept]="accept()"
        (change)="onChoose()"
      />
    </div>
  `,
  styles: `
    .drop {
      --rc-icon-size: 32px;
      position: relative;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 6px;
      padding: 40px 16px;
      border: 1.5px dashed var(--rc-line-strong);
      border-radius: var(--rc-radius-large);
      background: var(--rc-surface);
      text-align: center;
    }
    .over {
      border-color: var(--rc-primary);
      background: var(--rc-primary-soft);
    }
    .label {
      font-size: 15px;
      font-weight: 600;
    }
    rc-icon {
      color: var(--rc-text-2);
    }
    button {
      min-block-size: 24px;
      padding: 0;
      border: 0;
      background: none;
      color: var(--rc-primary);
      text-decoration: underline;
      text-underline-offset: 3px;
      cursor: pointer;
    }
    .wrong {
      color: var(--rc-red);
    }
  `,
})
export class FileDrop {
  /** Endings with their dot, `.csv,.xlsx`. */
  readonly accept = input.required<string>();
  readonly maxBytes = input.required<number>();
  readonly label = input('');
  readonly hint = input('');
  readonly picked = output<File>();
  protected readonly chooser = viewChild.required<ElementRef<HTMLInputElement>>('chooser');
  protected readonly noteId = newElementId('drop');
  protected readonly t = t;
  protected readonly isOver = signal(false);
  readonly #refused = signal<{ file: File; why: 'kind' | 'size' } | undefined>(undefined);
  protected readonly kinds = computed(() => this.accept().split(',').join(' '));

  protected readonly wrong = computed(() => {
    const refused = this.#refused();
    if (refused === undefined) return '';
    const { name, size } = refused.file;
    if (refused.why === 'kind') return t('fileWrongType', { name, types: this.kinds() });
    return t('fileTooLarge', { name, size: this.size(size), limit: this.size(this.maxBytes()) });
  });

  protected size(bytes: number): string {
    return formatBytes(bytes);
  }

  protected open(): void {
    this.chooser().nativeElement.click();
  }

  protected onChoose(): void {
    const chooser = this.chooser().nativeElement;
    this.#take(chooser.files?.[0]);
    chooser.value = '';
  }

  protected onOver(event: DragEvent): void {
    event.preventDefault();
    this.isOver.set(true);
  }

  protected onDrop(event: DragEvent): void {
    event.preventDefault();
    this.isOver.set(false);
    this.#take(event.dataTransfer?.files[0]);
  }

  #take(file: File | undefined): void {
    if (file === undefined) return;
    const endings = this.accept()
      .toLowerCase()
      .split(',')
      .map((ending) => ending.trim());
    const fits = endings.some((ending) => file.name.toLowerCase().endsWith(ending));
    if (!fits) this.#refused.set({ file, why: 'kind' });
    else if (file.size > this.maxBytes()) this.#refused.set({ file, why: 'size' });
    else {
      this.#refused.set(undefined);
      this.picked.emit(file);
    }
  }
}
