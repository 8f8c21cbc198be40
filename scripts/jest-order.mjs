/**
 * The order of the suites on a machine that has no times from before: long ones first, so that no
 * worker is left alone with one of them at the end, and never two side by side that start all
 * services as processes, since each would take the other's cores.
 */
const order = [
  // The longest goes first; beside it those that need one core.
  'test/portal/',
  'test/access',
  'services/cases/import-crash',
  'test/tokens',
  'test/chart',
  'test/backup',
  'test/demo',
  'scripts/rank/',
  'test/tidy',
  'test/traces',
  'test/observability',
  'test/flows',
  'services/agencies/',
  // Whole platforms that need every core; beside them those that mostly wait.
  'test/load',
  'services/kit/jobs',
  'test/story',
  'services/kit/platform',
  'services/kit/reconcile',
  'test/faults',
  'services/kit/service',
  'services/kit/inbox',
  'services/gateway/session',
  'services/',
];

function placeOf(path) {
  const place = order.findIndex((part) => path.includes(`/${part}`));
  return place === -1 ? order.length : place;
}

/** Jest's contract of a sequencer; it keeps nothing between runs. */
export default class {
  sort(tests) {
    return [...tests].toSorted(
      (a, b) => placeOf(a.path) - placeOf(b.path) || a.path.localeCompare(b.path),
    );
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
