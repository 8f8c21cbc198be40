/**
 * The order of the suites on a machine that has no times from before: the ones that take a minute
 * first, so that no worker is left alone with one of them at the end.
 */
const longest = [
  'test/portal/',
  'services/cases/import-crash',
  'test/tokens',
  'services/kit/jobs',
  'test/faults',
  'test/access',
  'test/story',
  'test/chart',
  'services/kit/platform',
  'services/agencies/ranking',
  'test/backup',
  'test/observability',
  // Not beside the portal's: both are whole platforms.
  'test/load',
  'services/',
];

function placeOf(path) {
  const place = longest.findIndex((part) => path.includes(`/${part}`));
  return place === -1 ? longest.length : place;
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
