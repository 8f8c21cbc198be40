/** Stands in for `@jest/globals` where Node imports the suites: see jest-bare.mjs. */

/** The same words for every suite of a worker, each time those of the suite that runs now. */
function word(name, given = (args) => args) {
  const now = () => globalThis[Symbol.for('recourse.suite')][name];
  return new Proxy(() => undefined, {
    apply: (_, self, args) => Reflect.apply(now(), self, given(args)),
    get: (_, key) => {
      const found = Reflect.get(now(), key);
      if (key !== 'each') return found;
      return (...rows) => {
        const tell = found(...rows);
        return (...args) => tell(...given(args));
      };
    },
  });
}

/**
 * A timeout asserts nothing: it ends what hangs. So a suite says how long something takes at most
 * on a quiet machine, and a busy one gets this many times as long.
 */
const patience = 5;

function patient(args) {
  return args.map((one) => (typeof one === 'number' ? one * patience : one));
}

export const afterAll = word('afterAll', patient);
export const afterEach = word('afterEach', patient);
export const beforeAll = word('beforeAll', patient);
export const beforeEach = word('beforeEach', patient);
export const describe = word('describe');
export const expect = word('expect');
export const it = word('it', patient);

export const jest = {
  /** Milliseconds for each test and hook of the suite. */
  setTimeout(ms) {
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = ms * patience;
  },
};
