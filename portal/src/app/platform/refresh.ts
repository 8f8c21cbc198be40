import { DestroyRef, inject } from '@angular/core';

/**
 * Does something again and again while the page is looked at; call it where a page's fields are
 * made. What happens inside a service is told by no live stream.
 */
export function refreshEvery(seconds: number, refresh: () => void): void {
  const timer = setInterval(() => {
    if (!document.hidden) refresh();
  }, seconds * 1000);
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
}
