/** Who the load speaks for: machine clients of the realm, one for each role, and people. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const roles = ['director', 'collector', 'finance', 'manager', 'agent'] as const;
export type Role = (typeof roles)[number];

/** What the scenarios are told; they ask for their tokens themselves. */
export type LoadHouse = {
  address: string;
  agencyId: string;
  issuer: string;
  /** Of the clients `recourse-load-<role>`, which a realm has where there are demo people. */
  secret: string;
  /** For those who sign in with a password, as the portal does it. */
  signIn: { clientId: string; redirectUri: string; password: string; people: readonly string[] };
};

/** People of the demonstration who sign in at nine o'clock. */
const people = ['director', 'supervisor', 'collector', 'finance', 'auditor'];

type Known = { token: string; endsMs: number };
const known = new Map<string, Known>();

/** Renewed this long before its end. */
const spareMs = 30_000;

/**
 * A token of the role's machine client, kept while it lasts. Throws with the provider's words when
 * it is refused.
 */
export async function machineToken(house: LoadHouse, role: Role): Promise<string> {
  const key = `${house.issuer} ${role}`;
  const found = known.get(key);
  if (found !== undefined && found.endsMs > Date.now() + spareMs) return found.token;
  const answer = await fetch(`${house.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`recourse-load-${role}:${house.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const said = (await answer.json()) as { access_token?: string; expires_in?: number };
  const { access_token: token, expires_in: seconds = 60 } = said;
  if (token === undefined) {
    throw new Error(`no token as recourse-load-${role}: ${answer.status} ${JSON.stringify(said)}`);
  }
  known.set(key, { token, endsMs: Date.now() + seconds * 1000 });
  return token;
}

function orgOf(token: string): string {
  const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(text) as { org_id: string }).org_id;
}

/** Asks the gateway where people sign in, and the provider for the agency's organisation. */
export async function openLoadHouse(o: {
  address: string;
  /** Where the portal's client may return to; the gateway's own address unless given. */
  portalUrl?: string;
  secret: string;
  password: string;
}): Promise<LoadHouse> {
  const { address, portalUrl = address, secret, password } = o;
  const config = (await (await fetch(`${address}/config.json`)).json()) as {
    url: string;
    realm: string;
    clientId: string;
  };
  const house = {
    address,
    agencyId: '',
    issuer: `${config.url}/realms/${config.realm}`,
    secret,
    signIn: {
      clientId: config.clientId,
      redirectUri: `${portalUrl}/`,
      password,
      people: people.map((role) => `jinggong.${role}`),
    },
  };
  return { ...house, agencyId: orgOf(await machineToken(house, 'manager')) };
}

/** MACHINE_CLIENT_SECRET, or what `./scripts/start` has made on this machine. */
export function machineSecret(given: NodeJS.ProcessEnv): string {
  const file = join(import.meta.dirname, '../../.data/secrets.json');
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { machineClientSecret?: string })
    : {};
  const secret = given['MACHINE_CLIENT_SECRET'] ?? kept.machineClientSecret;
  if (secret === undefined) throw new Error('give MACHINE_CLIENT_SECRET, that of the realm');
  return secret;
}
