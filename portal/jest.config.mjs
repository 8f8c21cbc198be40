import { createRequire } from 'node:module';
import presets from 'jest-preset-angular/presets/index.js';

// Angular compiles with TypeScript 6, which npm nests here; by itself ts-jest would take the one of
// the folder it is started in, which is TypeScript 7 and has no compiler API.
const compiler = createRequire(import.meta.url).resolve('typescript');

/** The portal's part of the one runner: components compiled by Angular, in jsdom, without zones. */
export default {
  displayName: 'portal',
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.test.ts'],
  ...presets.createEsmPreset({ compiler }),
  setupFilesAfterEnv: ['<rootDir>/src/testing/setup-jest.ts'],
};
