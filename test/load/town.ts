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
  /** Signs everybody in anew: tokens last five minutes. */
  signIn(): Promise<Cast>;
};

const cases = 30;

async function signInAll(fleet: Fleet, house: LoadHouse): Promise<Cast> {
  const person = async (name: string): Promise<string> =>
    (await signInAt(fleet.provider, name)).accessToken;
  return {
    director: await machineToken(house, 'director'),
    collector: await machineToken(house, 'collector'),
    finance: await machineToken(house, 'finance'),
    manager: await machineToken(house, 'manager'),
    agent: await machineToken(house, 'agent'),
    creditManager: await person('jinggong.credit_manager'),
    legalOfficer: await person('jinggong.legal_officer'),
    steward: await person('xiehui.reviewer'),
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
  const cast = await signInAll(fleet, house);
  await foundAssociation(address, cast.steward);
  await seedCases(house, cases);
  const seen = (await send(`${address}/v1/cases?page.size=100`, cast.agent, 'GET')) as {
    cases: { caseId: string }[];
  };
  const caseIds = seen.cases.map(({ caseId }) => caseId);
  return { house, caseIds, signIn: () => signInAll(fleet, house) };
}
