/** A creditor with placed cases, its agency and an association, in a fleet just started. */
import { type LoadHouse, machineToken, openLoadHouse } from '../../scripts/loading/house.ts';
import { seedCases } from '../../scripts/loading/book.ts';
import { demoPassword, machineSecret, portalUrl, signInAt } from '../tokens/provider.ts';
import type { Cast } from './crowd.ts';
import type { Fleet } from './fleet.ts';

export type Town = {
  /** What the scenarios of k6 are told. */
  house: LoadHouse;
  /** Cases that are with the agency: what is paid on them earns it a commission. */
  caseIds: readonly string[];
  cast: Cast;
};

const cases = 30;

/** Tokens last five minutes; on a busy machine a rollout lasts longer. */
const renewMs = 120_000;

function openCast(fleet: Fleet, house: LoadHouse): Cast {
  const names = {
    creditManager: 'jinggong.credit_manager',
    legalOfficer: 'jinggong.legal_officer',
    steward: 'xiehui.reviewer',
  } as const;
  const kept = new Map<string, { token: Promise<string>; atMs: number }>();
  const signedIn = async (name: string): Promise<string> =>
    (await signInAt(fleet.provider, name)).accessToken;
  return (role) => {
    if (role !== 'creditManager' && role !== 'legalOfficer' && role !== 'steward') {
      return machineToken(house, role);
    }
    const found = kept.get(role);
    if (found !== undefined && performance.now() - found.atMs < renewMs) return found.token;
    const token = signedIn(names[role]);
    kept.set(role, { token, atMs: performance.now() });
    return token;
  };
}

async function send(url: string, token: string, verb: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: verb,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${verb} ${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** An association writes its own page; its id is the organisation's. */
async function foundAssociation(address: string, token: string): Promise<void> {
  const part = token.split('.')[1] ?? '';
  const { org_id: id } = JSON.parse(Buffer.from(part, 'base64url').toString()) as {
    org_id: string;
  };
  const page = { name: 'Association', impactAssessment: 'PIA-1' };
  await send(`${address}/v1/blacklist/associations/${id}`, token, 'PUT', page);
}

export async function openTown(fleet: Fleet): Promise<Town> {
  const address = fleet.front.url;
  const secrets = { secret: machineSecret, password: demoPassword };
  const house = await openLoadHouse({ address, portalUrl, ...secrets });
  const cast = openCast(fleet, house);
  await foundAssociation(address, await cast('steward'));
  await seedCases(house, cases);
  const seen = (await send(`${address}/v1/cases?page.size=100`, await cast('agent'), 'GET')) as {
    cases: { caseId: string }[];
  };
  const caseIds = seen.cases.map(({ caseId }) => caseId);
  return { house, caseIds, cast };
}
