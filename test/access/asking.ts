import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Json, type Org, peopleOf, type Person, type Send } from './people.ts';

/** The people of an organisation by their role. */
export function byRole(of: Org): ReadonlyMap<string, Person> {
  return new Map(peopleOf(of).map((person) => [person.role, person]));
}

/** Whoever has a role. */
export function person(people: ReadonlyMap<string, Person>, role: string): Person {
  const found = people.get(role);
  if (found === undefined) throw new Error(`nobody is ${role}`);
  return found;
}

/** Sends and expects to be answered; a world that cannot be made must say where it broke. */
export async function done(
  send: Send,
  who: Person,
  verb: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Json> {
  const o = { headers, ...(body === undefined ? {} : { body }) };
  const { status, text, json } = await send(who, verb, path, o);
  if (status !== 200) throw new Error(`${verb} ${path} as ${who.role}: ${status} ${text}`);
  return json;
}

/** A new key for each change that is sent once. */
export const key = () => ({ 'idempotency-key': randomUUIDv7() });

/** Asks until the answer holds; events and jobs take a moment. */
export async function until(
  send: Send,
  who: Person,
  path: string,
  holds: (json: Json) => boolean,
): Promise<Json> {
  let last: Json = {};
  for (let tries = 0; tries < 3600; tries += 1) {
    last = await done(send, who, 'get', path);
    if (holds(last)) return last;
    await wait(50);
  }
  throw new Error(`${path} never became what was awaited: ${JSON.stringify(last).slice(0, 2000)}`);
}

/** Text of an answer; empty for anything else. */
export function text(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}

/** The rows of an answer; none for anything else. */
export function many(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}
