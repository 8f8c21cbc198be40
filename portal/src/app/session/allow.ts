import { inject } from '@angular/core';
import { RedirectCommand, Router } from '@angular/router';
import type { CanMatchFn } from '@angular/router';
import { mayCall } from './caller';
import { Session } from './session';

/** Route guard: only callers with one of the roles; others see the page that says so. */
export function allow(roles: readonly string[]): CanMatchFn {
  return () => {
    const session = inject(Session);
    if (!session.isIn()) return false;
    if (mayCall(session.caller(), roles)) return true;
    const forbidden = inject(Router).parseUrl('/forbidden');
    return new RedirectCommand(forbidden, { skipLocationChange: true });
  };
}
