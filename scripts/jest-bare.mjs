/**
 * Jest's test runner for what runs on Node: circus as ever, but suites are imported by Node itself
 * in the worker's own realm, as the services are when they run. Inside a `vm` context each suite
 * linked and compiled some thousand modules anew; here a worker does it once.
 */
import { createRequire, registerHooks } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
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

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Suites reckon from today as creditors in Shanghai do. One that began on a day and ended on the
 * next would find yesterday's due days, so none begins so shortly before midnight.
 */
async function untilDayIsLongEnough(path) {
  const neededMs = (path.includes('/test/portal/') ? 10 : 3) * minuteMs;
  const leftMs = dayMs - ((Date.now() + 8 * 60 * minuteMs) % dayMs);
  if (leftMs >= neededMs) return;
  process.stderr.write(`${path} waits ${Math.ceil(leftMs / 1_000)} s for midnight in Shanghai\n`);
  await sleep(leftMs + 1_000);
}

export default async function run(globalConfig, config, environment, runtime, path, send) {
  await untilDayIsLongEnough(path);
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
