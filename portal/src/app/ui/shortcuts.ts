import { signal } from '@angular/core';
import type { Signal } from '@angular/core';

const storageKey = 'recourse.shortcuts';
const on = signal(localStorage.getItem(storageKey) !== 'off');

/** Whether single keys (j, k, x, /, ?) do something; a person may turn them off (WCAG 2.1.4). */
export const shortcutsOn: Signal<boolean> = on.asReadonly();

export function switchShortcuts(wanted: boolean): void {
  localStorage.setItem(storageKey, wanted ? 'on' : 'off');
  on.set(wanted);
}

/** Whether a key press is text for a control, or stands in a dialog or menu: no shortcut then. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]') !==
    null
  );
}
