import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { from, switchMap } from 'rxjs';
import { language } from './language';
import { Session } from './session';

/** Adds the token and the language to every request. */
export const authorize: HttpInterceptorFn = (request, next) => {
  const session = inject(Session);
  return from(session.token()).pipe(
    switchMap((token) =>
      next(
        request.clone({
          setHeaders: { Authorization: `Bearer ${token}`, 'Accept-Language': language() },
        }),
      ),
    ),
  );
};
