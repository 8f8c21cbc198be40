import { randomUUIDv7 } from 'node:crypto';
import { type OrgKind, rolesByKind } from '@recourse/kit/caller.ts';
import type { House } from './house.ts';

/** An organisation of the test. Two creditors and two agencies, so that each has a foreign one. */
export type Org = { name: string; orgId: string; kind: OrgKind };

/** The ids of things by the names that the contract gives them. */
export type Ids = Readonly<Record<string, string>>;

/** Somebody with one role. */
export type Person = { org: Org; role: string; userId: string };

export type Answer = { status: number; text: string; json: Json };
/** JSON as a test looks into it. */
export type Json = { readonly [name: string]: Json } & { readonly [index: number]: Json };

export function org(kind: OrgKind, name: string): Org {
  return { kind, name, orgId: randomUUIDv7() };
}

/** One person for each role that the organisation's kind knows. */
export function peopleOf(one: Org): Person[] {
  return rolesByKind[one.kind].map((role) => ({ org: one, role, userId: randomUUIDv7() }));
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return null;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

export type Send = (
  person: Person | undefined,
  verb: string,
  path: string,
  o?: { body?: unknown; headers?: Readonly<Record<string, string>> },
) => Promise<Answer>;

function parsed(text: string, type: string | null): Json {
  return text !== '' && (type ?? '').includes('json') ? JSON.parse(text) : {};
}

/** A token is made anew before it ends, however slow the machine is. */
const tokenMs = 120_000;

/** Sends requests as anybody, each with a token of its own kind. */
export function sender(house: House): Send {
  const tokens = new Map<Person, { made: Promise<string>; untilMs: number }>();
  function tokenOf(person: Person): Promise<string> {
    const { org: of, role, userId } = person;
    const known = tokens.get(person);
    if (known !== undefined && performance.now() < known.untilMs) return known.made;
    const made = house.platform.token({
      role,
      userId,
      orgId: of.orgId,
      orgKind: of.kind,
      orgName: of.name,
      name: `${role} of ${of.name}`,
    });
    tokens.set(person, { made, untilMs: performance.now() + tokenMs });
    return made;
  }
  return async (person, verb, path, o = {}) => {
    const isBytes = o.body instanceof Uint8Array;
    const response = await fetch(`${house.url}${path}`, {
      method: verb.toUpperCase(),
      headers: {
        ...(person === undefined ? {} : { authorization: `Bearer ${await tokenOf(person)}` }),
        ...(o.body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
        ...o.headers,
      },
      body: bodyOf(o.body),
    });
    const text = await response.text();
    const type = response.headers.get('content-type');
    return { status: response.status, text, json: parsed(text, type) };
  };
}
