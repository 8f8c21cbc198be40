/** People who use every service in turn. They repeat nothing; failures are kept. */
import { randomInt, randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './fleet.ts';
import { frontHeader } from './front.ts';

export type Role =
  | 'director'
  | 'collector'
  | 'finance'
  | 'creditManager'
  | 'legalOfficer'
  | 'manager'
  | 'agent'
  | 'steward';

/** Everybody's token, renewed where it would end. */
export type Cast = (role: Role) => Promise<string>;

/** Something that was not done: when, what, and how the gateway put it. */
export type Failure = {
  atMs: number;
  what: string;
  status: number;
  /** Whether it is a problem (RFC 9457) that says when to come again. */
  isPolite: boolean;
  /** Whether no gateway answered at all. */
  isUnanswered: boolean;
  text: string;
};

export type Told = {
  asked: number;
  failures: Failure[];
  /** What was acknowledged, by the service that keeps it. */
  written: Readonly<Record<Service, Set<string>>>;
};

type Act = {
  role: Role;
  path: (id: string, caseId: string) => string;
  /** Writes, and the service has to keep it. */
  writes?: { to: Service; body: () => object };
};

const today = (): string => Temporal.Now.plainDateISO('Asia/Shanghai').toString();

const payment = () => ({
  amount: { currency: 'CNY', minor: '100' },
  receivedOn: today(),
  means: 'bank_transfer',
});

/** Each service reads and writes; agencies write when they accrue what a payment earns. */
const acts: readonly Act[] = [
  {
    role: 'finance',
    path: (id, caseId) => `/v1/cases/${caseId}/payments/${id}`,
    writes: { to: 'cases', body: payment },
  },
  { role: 'collector', path: () => '/v1/cases?page.size=20' },
  {
    role: 'creditManager',
    path: (id) => `/v1/customers/${id}`,
    writes: {
      to: 'credit',
      body: () => ({ kind: 'CUSTOMER_KIND_COMPANY', name: '负载有限公司' }),
    },
  },
  { role: 'finance', path: () => '/v1/commission/lines?page.size=20' },
  {
    role: 'steward',
    path: (id) => `/v1/blacklist/members/${id}`,
    writes: { to: 'blacklist', body: () => ({ name: 'Member', state: 'MEMBER_STATE_ACTIVE' }) },
  },
  { role: 'agent', path: () => '/v1/cases?page.size=20' },
  {
    role: 'legalOfficer',
    path: (id) => `/v1/calendar-feeds/${id}`,
    writes: { to: 'litigation', body: () => ({ name: 'Phone' }) },
  },
  { role: 'manager', path: () => '/v1/placements?page.size=20' },
];

export function nobodyToldYet(): Told {
  return {
    asked: 0,
    failures: [],
    written: {
      credit: new Set(),
      cases: new Set(),
      agencies: new Set(),
      blacklist: new Set(),
      litigation: new Set(),
    },
  };
}

type Ground = { address: string; cast: Cast; caseIds: readonly string[]; told: Told };

async function failureOf(what: string, answer: Response): Promise<Failure> {
  const { headers, status } = answer;
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') === true;
  return {
    atMs: performance.now(),
    what,
    status,
    isPolite: isProblem && Number(headers.get('retry-after')) >= 1,
    isUnanswered: headers.has(frontHeader),
    text: `${headers.get(frontHeader) ?? ''} ${await answer.text()}`,
  };
}

async function act({ address, cast, caseIds, told }: Ground, { role, path, writes }: Act) {
  const id = randomUUIDv7();
  const to = path(id, caseIds[randomInt(caseIds.length)] ?? '');
  const authorization = `Bearer ${await cast(role)}`;
  told.asked += 1;
  const answer = await fetch(`${address}${to}`, {
    method: writes === undefined ? 'GET' : 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    ...(writes === undefined ? {} : { body: JSON.stringify(writes.body()) }),
  });
  if (answer.status !== 200) {
    told.failures.push(await failureOf(to, answer));
    return;
  }
  await answer.arrayBuffer();
  if (writes !== undefined) told.written[writes.to].add(id);
}

/** One person, until told to stop; the breath between two requests is the others' time. */
export async function work(ground: Ground, breathMs: number, signal: AbortSignal): Promise<void> {
  for (let turn = randomInt(acts.length); !signal.aborted; turn += 1) {
    const next = acts[turn % acts.length];
    if (next !== undefined) await act(ground, next);
    await sleep(breathMs);
  }
}
