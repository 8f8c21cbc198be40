/** `./scripts/load <scenario>`: k6 against what ./scripts/start runs. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seedCases } from './loading/book.ts';
import { machineSecret, openLoadHouse } from './loading/house.ts';
import { findK6 } from './loading/k6.ts';
import { profiles, runScenario, scenarios } from './loading/run.ts';
import { machineWords } from './loading/words.ts';

const usage = `./scripts/load <scenario> [--profile <name>] [--cases N] [--address <url>]

Profiles: ${profiles.join(', ')}
Scenarios: ${scenarios.join(', ')}
  --profile   smoke: 2 at a time for 4 s; short: 10 for 30 s; full: 40 for 2 minutes
  --cases N   first add N cases of N debtors and place some of them with an agency
  --address   of the gateway (http://localhost:8080)
Tokens are those of the realm's machine clients recourse-load-<role>; their secret is
MACHINE_CLIENT_SECRET, or the one that ./scripts/start has made here. DEMO_PASSWORD is the
password of the demo's people, who sign in in sign-in-rush and mixed.
`;

const say = (words: string): void => void process.stdout.write(`${words}\n`);

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: 'string', default: 'short' },
      cases: { type: 'string', default: '0' },
      address: { type: 'string', default: 'http://localhost:8080' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [scenario = ''] = positionals;
  const profile = profiles.find((one) => one === values.profile);
  const cases = Number(values.cases);
  if (values.help || !scenarios.includes(scenario) || profile === undefined) {
    process.stderr.write(usage);
    return values.help ? 0 : 2;
  }
  const found = findK6(join(import.meta.dirname, '..', '.data', 'tools'), say);
  if ('why' in found) throw new Error(found.why);
  const house = await openLoadHouse({
    address: values.address,
    secret: machineSecret(process.env),
    password: process.env['DEMO_PASSWORD'] ?? 'Recourse-Demo-2026',
  });
  if (cases > 0) await seedCases(house, cases);
  const onOutput = (text: string): void => void process.stdout.write(text);
  const ran = await runScenario({ k6: found.k6, scenario, profile, house, onOutput });
  const failed = `${(ran.failedShare * 100).toFixed(2)} % failed`;
  const rate = `${ran.requests} requests, ${ran.perSecond.toFixed(0)} a second`;
  say(`${scenario} ${profile}: ${rate}, p95 ${ran.p95Ms.toFixed(0)} ms, ${failed}`);
  say(machineWords());
  return ran.code ?? 1;
}

main().then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exit(1);
  },
);
