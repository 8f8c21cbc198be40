/**
 * Fills an empty platform with demo data through its own services. Run by `scripts/start` once,
 * after everything is up; addresses and the demo password come as variables.
 */
import { dayIn } from '@recourse/kit/day.ts';
import { people } from './demo/people.ts';
import { play } from './demo/play.ts';
import { openStage } from './demo/stage.ts';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

const gatewayUrl = given('GATEWAY_URL');
const signIn = {
  issuer: given('OIDC_ISSUER'),
  portalUrl: given('PORTAL_URL'),
  password: given('DEMO_PASSWORD'),
};
const stage = await openStage({
  creditAddress: given('CREDIT_ADDRESS'),
  casesAddress: given('CASES_ADDRESS'),
  agenciesAddress: given('AGENCIES_ADDRESS'),
  blacklistAddress: given('BLACKLIST_ADDRESS'),
  litigationAddress: given('LITIGATION_ADDRESS'),
  natsUrl: given('NATS_URL'),
  gatewayUrl,
  person: people(signIn),
});
try {
  const today = dayIn('Asia/Shanghai', Temporal.Now.instant());
  await play(stage, today, (line) => process.stdout.write(`${line}\n`));
} finally {
  await stage.moveTo(undefined);
  await stage.stop();
}
