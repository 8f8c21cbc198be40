import { mayCall, type Role } from '@recourse/kit/caller.ts';
import type { Method } from '@recourse/kit/contract.ts';
import type { Answer, Ids, Json, Person } from './people.ts';
import type { Place, Side } from './world.ts';

/** Whose things a request is about, seen from whoever sends it. */
export type Target = 'own' | 'foreign' | Exclude<Place, 'placed'>;

/** The names of the fields in a method's path, `case_id` and so on, in their order. */
export function pathFields(method: Method): string[] {
  return [...(method.http?.path ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** A creation names the new thing last in its path; what stands before are things that exist. */
export function createdField(method: Method): string | undefined {
  return method.http?.verb === 'put' ? pathFields(method).at(-1) : undefined;
}

/** Roles as the contract means them, asked of a person of the test. */
export function mayAsk(method: Method, person: Person): boolean {
  const { org, role, userId } = person;
  const caller = {
    userId,
    userName: '',
    orgId: org.orgId,
    orgName: org.name,
    orgKind: org.kind,
    roles: [role as Role],
    token: '',
  };
  return mayCall(caller, method.access?.roles ?? []);
}

/**
 * Agencies and associations show themselves to everybody who may look for one; which services there
 * are is no secret.
 */
const open: ReadonlySet<string> = new Set(['agency_id', 'association_id', 'service']);

/** Whether the path alone names something that the asker must not know of. */
function namesHidden(method: Method): boolean {
  const created = createdField(method);
  return pathFields(method).some((field) => field !== created && !open.has(field));
}

/** Whether the world has all that the method's path names. */
export function hasAll(method: Method, ids: Ids): boolean {
  const fields = pathFields(method).filter((field) => field !== createdField(method));
  return fields.every((field) => {
    const name = field.replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
    return name in ids;
  });
}

/** What one person has asked for is there for that person alone, not even for colleagues. */
function isPersonal(method: Method): boolean {
  return pathFields(method).includes('export_id');
}

/** What a team shares is taken away by its maker or by who answers for the team. */
function isShared(method: Method): boolean {
  return pathFields(method).includes('view_id') && createdField(method) === undefined;
}

/** An association hears of a listing when it is submitted; what the world has not is not there. */
function ownRead(method: Method, person: Person, ids: Ids): readonly number[] {
  const isThere = hasAll(method, ids) && !isPersonal(method);
  return isThere && person.org.kind !== 'association' ? [200] : [200, 404];
}

/** Services whose verbs need a state that the world is mostly not in: who may ask is not 403. */
const staged = /^recourse\.(blacklist|litigation|credit)\./;

/** The upload of the world is the creditor's: an agency that names it names nothing of its own. */
function namesUpload(method: Method, person: Person): boolean {
  const takes = method.input.fields.some((field) => field.name === 'upload_id');
  return takes && person.org.kind === 'agency';
}

/** People are made at the identity provider, where the world's are not. */
function namesPerson(method: Method): boolean {
  return pathFields(method).includes('user_id');
}

function ownChange(method: Method, person: Person): readonly number[] {
  if (staged.test(method.service)) return [200, 400, 404, 409, 412, 422];
  if (isPersonal(method)) return [200, 404, 409];
  if (isShared(method)) return [200, 403, 404];
  if (namesPerson(method)) return [404];
  return namesUpload(method, person) ? [404] : [200, 409, 412];
}

/** The statuses that are right; anything else is a finding. */
export function rightStatuses(
  method: Method,
  person: Person,
  target: Target,
  ids: Ids,
): readonly number[] {
  if (!mayAsk(method, person)) return [403];
  const isRead = method.http?.verb === 'get';
  if (target === 'own') return isRead ? ownRead(method, person, ids) : ownChange(method, person);
  // What is offered may be looked at, masked; nothing else of it.
  if (target === 'offered' && isRead) return [200, 404];
  // Some content is refused before anything is looked for; that tells nothing of what there is.
  if (namesHidden(method)) return isRead || !staged.test(method.service) ? [404] : [404, 400];
  return isRead ? [200, 404] : [200, 400, 403, 404, 409, 412, 422];
}

/** Reasons that would mean that the test asked wrongly and so proved nothing. */
const malformed: ReadonlySet<string> = new Set([
  'fields_invalid',
  'body_not_json',
  'idempotency_key_required',
  'content_type_not_supported',
]);

/** The canaries that a person may read. */
function allowedWords(person: Person, sides: readonly Side[]): string[] {
  return sides.flatMap((side) => {
    if (person.org === side.creditor) return Object.values(side.canaries);
    if (person.org === side.association) return [side.canaries.kept];
    return person.org === side.agency ? [side.canaries.placed] : [];
  });
}

export function leaks(answer: Answer, person: Person, sides: readonly Side[]): string[] {
  const allowed = new Set(allowedWords(person, sides));
  const all = sides.flatMap((side) => Object.values(side.canaries));
  const text = answer.text.toLowerCase();
  return all.filter((word) => !allowed.has(word) && text.includes(word.toLowerCase()));
}

/** Counts by which an answer says that something was done. */
function wasDone(json: Json): boolean {
  return [json['done'], json['opened']].some((count) => count !== undefined && Number(count) > 0);
}

/** What is wrong with an answer, in words; empty when nothing is. */
export function findings(
  method: Method,
  person: Person,
  target: Target,
  answer: Answer,
  sides: readonly Side[],
  ids: Ids,
): string[] {
  const who = `${person.role} of ${person.org.name} on ${target}`;
  const right = rightStatuses(method, person, target, ids);
  const { reason: given } = answer.json;
  const reason = typeof given === 'string' ? given : '';
  const found = leaks(answer, person, sides).map((word) => `${who}: reads ${word}`);
  if (!right.includes(answer.status)) {
    found.push(`${who}: ${answer.status} ${reason}, expected ${right.join(' or ')}`);
  }
  if (malformed.has(reason)) found.push(`${who}: asked wrongly, ${answer.text}`);
  if (target !== 'own' && wasDone(answer.json)) found.push(`${who}: did it: ${answer.text}`);
  return found;
}
