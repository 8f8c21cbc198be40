import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// jsdom knows no media queries; every one answers "no", which is a wide, light screen.
Object.defineProperty(globalThis, 'matchMedia', {
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
