import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// jsdom knows no media queries; every one answers "no", which is a wide, light screen. A test of
// another screen says so before it loads what asks.
Object.defineProperty(globalThis, 'matchMedia', {
  configurable: true,
  value: (media: string) => Object.assign(new EventTarget(), { matches: false, media }),
});

// jsdom has no layout: nothing ever comes into view, so charts are not drawn in tests.
Object.defineProperty(globalThis, 'IntersectionObserver', {
  value: class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
});

setupZonelessTestEnv();
