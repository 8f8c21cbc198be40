/**
 * Jest's test runner for what runs on Node: circus as ever, but suites are imported by Node itself
 * in the worker's own realm, as the services are when they run. Inside a `vm` context each suite
 * linked and compiled some thousand modules anew; here a worker does it once.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const circus = require('jest-circus/runner');
const eventHandlers = Symbol.for('EVENT_HANDLERS');
const timeout = Symbol.for('TEST_TIMEOUT_SYMBOL');
const adapter = require.resolve('jest-circus/runner').replace(/runner\.js$/, 'jestAdapterInit.js');

/** Suites import their words from here; `jest-globals.mjs` asks the suite that runs now. */
const standIn = new URL('jest-globals.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals'
      ? { url: standIn, format: 'module', shortCircuit: true }
      : next(specifier, context),
});

/** What a suite before left of circus; its state must not reach the next one. */
function forget() {
  delete require.cache[adapter];
  delete globalThis[eventHandlers];
  delete globalThis[timeout];
}

export default async function run(globalConfig, config, environment, runtime, path, send) {
  forget();
  const bare = Object.create(runtime, {
    requireInternalModule: { value: (name) => require(name) },
    setGlobalsForRuntime: {
      value: (globals) => {
        globalThis[Symbol.for('recourse.suite')] = globals;
      },
    },
    unstable_shouldLoadAsEsm: { value: () => true },
    unstable_importModule: { value: (file) => import(pathToFileURL(file).href) },
  });
  return (circus.default ?? circus)(globalConfig, config, environment, bare, path, send);
}
