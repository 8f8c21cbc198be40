import { provideHttpClient, withInterceptors, withXhr } from '@angular/common/http';
import { inject, provideAppInitializer } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { routes } from './routes';
import { authorize } from './session/authorize';
import { Session } from './session/session';

export const appConfig: ApplicationConfig = {
  providers: [
    // XMLHttpRequest, because fetch does not tell how much of an upload is sent.
    provideHttpClient(withXhr(), withInterceptors([authorize])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    provideAppInitializer(() => inject(Session).start()),
  ],
};
