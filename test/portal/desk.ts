import { createHash, randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestHouse } from './house.ts';

/** JSON as a test looks into it. */
export type Json = { readonly [name: string]: Json } & { readonly [index: number]: Json };

/** A person of the demonstration at the gateway's HTTP, for what a journey finds already there. */
export type Desk = {
  orgId: string;
  orgName: string;
  userId: string;
  name: string;
  get(path: string): Promise<Json>;
  put(path: string, body: object): Promise<Json>;
  /** A verb, with an id of its own. */
  post(path: string, body?: object): Promise<Json>;
  /** Keeps a file; resolves to its upload id and digest. */
  upload(name: string, content: string): Promise<{ uploadId: string; sha256: string }>;
  /** Asks until the answer holds: events and jobs take a moment. */
  until(path: string, holds: (json: Json) => boolean): Promise<Json>;
};

type Sent = { body: string; type: string; headers?: Record<string, string> };

/** The desk of a person. Each of its calls throws with the answer when it is not 200. */
export async function deskOf(house: TestHouse, username: string): Promise<Desk> {
  async function ask(verb: string, path: string, sent?: Sent): Promise<Json> {
    const { token } = await house.person(username);
    const type = sent === undefined ? {} : { 'content-type': sent.type };
    const answer = await fetch(`${house.address}${path}`, {
      method: verb,
      headers: { authorization: `Bearer ${token}`, ...type, ...sent?.headers },
      body: sent?.body ?? null,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${username} ${verb} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  }
  const json = (body: object, headers: Record<string, string> = {}): Sent => ({
    body: JSON.stringify(body),
    type: 'application/json',
    headers,
  });
  const { orgId, orgName, userId, userName } = await house.person(username);
  return {
    orgId,
    orgName,
    userId,
    name: userName,
    get: (path) => ask('GET', path),
    put: (path, body) => ask('PUT', path, json(body)),
    post: (path, body = {}) => ask('POST', path, json(body, { 'idempotency-key': randomUUIDv7() })),
    upload: async (name, content) => {
      const uploadId = randomUUIDv7();
      const headers = { 'x-file-name': encodeURIComponent(name) };
      const sent = { body: content, type: 'application/octet-stream', headers };
      await ask('PUT', `/v1/uploads/${uploadId}`, sent);
      return { uploadId, sha256: createHash('sha256').update(content).digest('hex') };
    },
    until: async (path, holds) => {
      const end = Date.now() + 180_000;
      for (let last = await ask('GET', path); ; last = await ask('GET', path)) {
        if (holds(last)) return last;
        if (Date.now() > end) {
          throw new Error(`${path} stayed ${JSON.stringify(last).slice(0, 2000)}`);
        }
        await sleep(100);
      }
    },
  };
}

/** Does now what a service does by itself at a set time, and waits until it is done for all. */
export async function runNow(house: TestHouse, service: string, name: string): Promise<void> {
  const admin = await deskOf(house, 'platform.admin');
  const at = `/v1/platform/${service}`;
  await admin.post(`${at}/schedules/${name}:run`);
  const waits = ['WAITING', 'RUNNING'].map((state) => `filter.states=JOB_STATE_${state}`);
  const asked = [`filter.name=${name}`, ...waits].join('&');
  await admin.until(`${at}/jobs?${asked}`, ({ jobs }) => manyOf(jobs).length === 0);
}

export function textOf(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}

export function manyOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

export const today = Temporal.Now.plainDateISO('Asia/Shanghai');

export function dayAgo(days: number): string {
  return today.subtract({ days }).toString();
}
