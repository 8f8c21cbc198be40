/** Stands in for `@jest/globals` where Node imports the suites: see jest-bare.mjs. */

/** The same words for every suite of a worker, each time those of the suite that runs now. */
function word(name) {
  const now = () => globalThis[Symbol.for('recourse.suite')][name];
  return new Proxy(() => undefined, {
    apply: (_, self, given) => Reflect.apply(now(), self, given),
    get: (_, key) => Reflect.get(now(), key),
  });
}

export const afterAll = word('afterAll');
export const afterEach = word('afterEach');
export const beforeAll = word('beforeAll');
export const beforeEach = word('beforeEach');
export const describe = word('describe');
export const expect = word('expect');
export const it = word('it');

export const jest = {
  /** Milliseconds for each test and hook of the suite. */
  setTimeout(ms) {
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = ms;
  },
};
