/**
 * Everything that can be checked, in one run: generated code, types, lint, format, contract,
 * portal, then Jest over services, flows and browser on one embedded PostgreSQL. Its last line
 * counts all of it; before that stands what was skipped and why. Arguments go to Jest, and then
 * only Jest runs.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNats } from '@recourse/kit/nats-server.ts';
import { removePostgres, startPostgres } from '@recourse/kit/parts.ts';
import { checks, line, runAll, type Outcome } from './check.ts';
import { findChromium } from './chromium.ts';
import { findHelm } from './machine/helm.ts';
import { findKeycloak } from './machine/keycloak-dist.ts';

const root = join(import.meta.dirname, '..');
const patterns = process.argv.slice(2);
const isCi = process.env['CI'] === 'true';

/** Suites that need what not every host has, by their paths. */
const browserSuites = '/test/portal/';
const chartSuites = '/test/chart';

type Counts = { passed: number; failed: number; skipped: number; skippedNames: string[] };

const none: Counts = { passed: 0, failed: 0, skipped: 0, skippedNames: [] };

type JestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
};

/** A suite that does not even load counts as one failure. */
function countJest(report: JestReport): Counts {
  const skippedNames = report.testResults.flatMap((suite) =>
    suite.assertionResults
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map((test) => `${suite.name.slice(root.length + 1)}: ${test.fullName}`),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames,
  };
}

type Found = {
  postgresUrl: string;
  chromium: string | undefined;
  keycloak: boolean;
  helm: boolean;
};

function ignored(o: Found): string[] {
  const paths = [
    ...(o.chromium === undefined ? [browserSuites] : []),
    ...(o.helm ? [] : [chartSuites]),
  ];
  return paths.length === 0 ? [] : ['--testPathIgnorePatterns', ...paths];
}

async function jest(o: Found): Promise<Counts> {
  const report = join(mkdtempSync(join(tmpdir(), 'recourse-report-')), 'jest.json');
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '-c',
    'jest.config.mjs',
    '--json',
    `--outputFile=${report}`,
    // Suites wait for processes of their own as much as they compute; two left cores idle.
    '-w',
    '3',
    // A process that a failed test has left behind must not keep the run from ending.
    '--forceExit',
    ...patterns,
    ...ignored(o),
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    // The report goes to its file; people read what Jest writes to standard error.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
      RECOURSE_TEST_POSTGRES_URL: o.postgresUrl,
      ...(o.chromium === undefined ? {} : { RECOURSE_TEST_CHROMIUM: o.chromium }),
      ...(o.keycloak ? {} : { RECOURSE_KEYCLOAK: '0' }),
    },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward).on('SIGHUP', forward);
  await new Promise((resolve) => child.once('exit', resolve));
  try {
    const read = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
    return countJest(read);
  } catch {
    line('failed', 'Jest', 'it ended without a report');
    return { ...none, failed: 1 };
  } finally {
    rmSync(join(report, '..'), { recursive: true, force: true });
  }
}

const say = (words: string) => process.stdout.write(`${words}\n`);

type Parts = { keycloak: Awaited<ReturnType<typeof findKeycloak>> };

/** What the suites need and a fresh machine fetches. */
async function obtainParts(): Promise<Parts> {
  const tools = join(root, '.data', 'tools');
  const [keycloak] = await Promise.all([
    findKeycloak({ tools, given: process.env, say }),
    findNats(say),
  ]);
  return { keycloak };
}

/** Jest on one PostgreSQL for the whole run; suites make databases of their own in it. */
async function jestOnParts({ keycloak }: Parts): Promise<Counts> {
  const chromium = findChromium();
  const folder = mkdtempSync(join(tmpdir(), 'recourse-test-'));
  // As root PostgreSQL runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  const dir = join(folder, 'postgres');
  const postgres = await startPostgres({
    dir,
    durable: false,
    settings: { max_connections: '400' },
  });
  try {
    const isReal = 'dist' in keycloak;
    const helm = helmIsThere(say);
    const counts = await jest({ postgresUrl: postgres.url, chromium, keycloak: isReal, helm });
    const told = isReal ? counts : withoutKeycloak(counts, keycloak.why);
    const charted = helm ? told : without(told, 'chart tests: no helm on PATH, none to be had');
    if (chromium !== undefined) return charted;
    return without(charted, 'browser tests: no Chromium on PATH and none could be installed');
  } finally {
    await postgres.stop();
    removePostgres(dir);
    rmSync(folder, { recursive: true, force: true });
  }
}

function helmIsThere(say: (words: string) => void): boolean {
  try {
    findHelm(say);
    return true;
  } catch (thrown) {
    say(thrown instanceof Error ? thrown.message : String(thrown));
    return false;
  }
}

/** In CI all parts must be there; elsewhere their suites are skipped, in plain words. */
function without(counts: Counts, name: string): Counts {
  line(isCi ? 'failed' : 'skipped', name);
  if (isCi) return { ...counts, failed: counts.failed + 1 };
  return {
    ...counts,
    skipped: counts.skipped + 1,
    skippedNames: [...counts.skippedNames, name],
  };
}

/** Java and the registry are not everywhere; the embedded provider is tested all the same. */
function withoutKeycloak(counts: Counts, why: string): Counts {
  const name = `the tokens of a real Keycloak: ${why.split('\n')[0] ?? ''}`;
  line('skipped', name);
  const skippedNames = [...counts.skippedNames, name];
  return { ...counts, skipped: counts.skipped + 1, skippedNames };
}

async function main(): Promise<void> {
  // Fetching waits for the network, so it goes on beside the checks; its error is told below.
  const obtaining = Promise.allSettled([obtainParts()]);
  const outcomes = patterns.length === 0 ? await runAll(checks()) : [];
  const [obtained] = await obtaining;
  const counts = await (
    obtained.status === 'fulfilled' ? jestOnParts(obtained.value) : Promise.reject(obtained.reason)
  ).catch((error: unknown) => {
    line('failed', 'Jest', String(error));
    return { ...none, failed: 1 };
  });
  const having = (result: Outcome['result']) => outcomes.filter((one) => one.result === result);
  const failed = counts.failed + having('failed').length;
  const skipped = counts.skipped + having('skipped').length;
  process.stdout.write('\n');
  for (const one of having('failed')) line('failed', one.name);
  for (const one of having('skipped')) line('skipped', one.name, one.why);
  for (const name of counts.skippedNames) line('skipped', name);
  const executed = counts.passed + counts.failed;
  if (executed === 0) line('failed', 'Jest', 'it executed no test');
  process.stdout.write(
    `${counts.passed + having('passed').length} passed, ${failed} failed, ${skipped} skipped\n`,
  );
  process.exitCode = failed > 0 || executed === 0 ? 1 : 0;
}

await main();
