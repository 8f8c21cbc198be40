import { effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';

/** Names the browser's tab after what the page shows, in the language now. */
export function pageTitle(title: () => string): void {
  const tab = inject(Title);
  effect(() => tab.setTitle(title() === '' ? 'Recourse' : `${title()} · Recourse`));
}
