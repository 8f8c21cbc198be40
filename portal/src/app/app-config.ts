import { provideHttpClient, withInterceptors, withXhr } from '@angular/common/http';
import { inject, provideAppInitializer } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { routes } from './routes';
import { authorize } from './session/authorize';
import { Session } from './session/session';
import { takeSprite } from './ui/icon-drawings';

/** Icons come beside the sign-in; a page without them still works by its labels. */
async function loadIcons(): Promise<void> {
  try {
    const response = await fetch('/icons.svg');
    if (response.ok) takeSprite(await response.text());
  } catch {
    // The gateway is away; the sign-in says so.
  }
}

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
    provideAppInitializer(loadIcons),
  ],
};
