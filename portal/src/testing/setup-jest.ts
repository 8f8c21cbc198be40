import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// jsdom knows no media queries; every one answers "no", which is a wide, light screen.
Object.defineProperty(globalThis, 'matchMedia', {
  value: (media: string) => Object.assign(new EventTarget(), { matches: false, media }),
});

setupZonelessTestEnv();
