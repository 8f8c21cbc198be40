import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contract, type Method } from '@recourse/kit/contract.ts';
import { type House, openHouse, serviceNames } from './access/house.ts';
import {
  createdField,
  findings,
  hasAll,
  leaks,
  mayAsk,
  pathFields,
  type Target,
} from './access/judge.ts';
import {
  type Answer,
  type Ids,
  org,
  peopleOf,
  type Person,
  sender,
  type Send,
} from './access/people.ts';
import { createMaker } from './access/requests.ts';
import { hiddenRows } from './access/rows.ts';
import { makeSide, type Side } from './access/world.ts';

/**
 * Every route of the contract as every role, for own, foreign and unassigned things, against the
 * real services. It is made from the contract: a new method is asked without a line here.
 */

const methods = contract().methods.filter((method) => method.http !== undefined);
const label = (method: Method): string => `${method.http?.verb} ${method.http?.path}`;
const routes = methods.map((method) => [label(method), method] as const);
const maker = createMaker(contract());

const strangers = [org('association', 'Association'), org('platform', 'Platform')];

let house: House;
let send: Send;
let a: Side;
let b: Side;
let sides: readonly Side[];
beforeAll(async () => {
  house = await openHouse();
  send = sender(house);
  [a, b] = [await makeSide(send, 'A'), await makeSide(send, 'B')];
  sides = [a, b];
});
afterAll(() => house.stop());

type Question = { person: Person; target: Target; ids: Ids };

/** Questions about things that are not the asker's. */
function foreignQuestions(method: Method): Question[] {
  const creditors = [...a.creditorPeople.values()];
  const agents = [...a.agencyPeople.values()];
  const outside = strangers.flatMap(peopleOf);
  const stewards = [...a.associationPeople.values()];
  const of = (people: readonly Person[], target: Target, ids: Ids): Question[] =>
    people.map((person) => ({ person, target, ids }));
  const asked = [
    ...of([...creditors, ...agents, ...stewards], 'foreign', b.own),
    ...of(outside, 'foreign', a.own),
  ];
  if (!pathFields(method).includes('case_id')) return asked;
  // An agency's creditor has more cases than the one it works on.
  const others = (['kept', 'offered', 'recalled'] as const).flatMap((place) =>
    of(agents, place, { ...a.own, caseId: a.caseIds[place] }),
  );
  return [...asked, ...others];
}

function ownQuestions(): Question[] {
  const people = [a.creditorPeople, a.agencyPeople, a.associationPeople].flatMap((one) => [
    ...one.values(),
  ]);
  return people.map((person) => ({ person, target: 'own' as const, ids: a.own }));
}

/**
 * Things that come into being below another one get a new id; what stands alone is asked for by the
 * id that it has, so that a foreign one could be overwritten if that were possible.
 */
function freshFields(method: Method): ReadonlySet<string> {
  const created = createdField(method);
  if (created === undefined || pathFields(method).length < 2) return new Set();
  return new Set(
    method.input.fields.filter((one) => one.name === created).map((one) => one.jsonName),
  );
}

async function ask(method: Method, { person, ids }: Question): Promise<Answer> {
  const { path, body, headers } = maker.ask(method, ids, freshFields(method));
  return send(person, method.http?.verb ?? 'get', path, { body, headers });
}

async function judge(method: Method, questions: readonly Question[]): Promise<string[]> {
  const found: string[] = [];
  for (const one of questions) {
    const answer = await ask(method, one);
    found.push(...findings(method, one.person, one.target, answer, sides, one.ids));
  }
  return found;
}

/** Verbs that end something; asked last, for what is ended cannot be asked for the rest. */
const ending = /:(recall|decline|close|cancel|undo|reverse|delete|remove)$/;

/** Reads, then creations, then other changes, then what ends something. */
function orderOf(method: Method): number {
  if (ending.test(method.http?.path ?? '')) return 3;
  return ['get', 'put', 'post'].indexOf(method.http?.verb ?? 'get');
}

/** With the id of a foreign thing one makes one of one's own, so creations come last there. */
const inForeignOrder = routes.toSorted(
  ([, one], [, other]) => foreignOrderOf(one) - foreignOrderOf(other),
);

function foreignOrderOf(method: Method): number {
  return ['get', 'post', 'put'].indexOf(method.http?.verb ?? 'get');
}

const inOrder = routes.toSorted(([, one], [, other]) => orderOf(one) - orderOf(other));

/** Everything that a side can read of its own single things, to see whether anybody changed it. */
async function snapshot(side: Side): Promise<string[]> {
  const texts: string[] = [];
  const readers = [side.creditorPeople.get('director'), side.agencyPeople.get('agency_manager')];
  for (const method of methods) {
    if (method.http?.verb !== 'get' || pathFields(method).length === 0) continue;
    if (!hasAll(method, side.own)) continue;
    for (const person of readers) {
      if (person === undefined || !mayAsk(method, person)) continue;
      const { status, text } = await ask(method, { person, target: 'own', ids: side.own });
      // What is another person's is not there, and says so with a new request id each time.
      if (status === 404) continue;
      // What may still be done today changes with the hour.
      texts.push(`${label(method)} ${text.replace(/"allowance":\{[^}]*\}/, '')}`);
    }
  }
  return texts;
}

describe('without a token', () => {
  it.each(routes)('%s is closed', async (_label, method) => {
    const { path, body, headers } = maker.ask(method, a.own, freshFields(method));
    const answer = await send(undefined, method.http?.verb ?? 'get', path, { body, headers });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('CANARY');
  });
});

describe('what belongs to others', () => {
  let before: string[];
  beforeAll(async () => {
    before = [...(await snapshot(a)), ...(await snapshot(b))];
  });

  it.each(inForeignOrder)('%s neither shows nor changes it', async (_label, method) => {
    expect(await judge(method, foreignQuestions(method))).toEqual([]);
  });

  it('is as it was', async () => {
    expect(before.length).toBeGreaterThan(20);
    expect([...(await snapshot(a)), ...(await snapshot(b))]).toEqual(before);
  });

  it('is not among anybody’s files', async () => {
    const found: string[] = [];
    for (const person of [...a.creditorPeople.values(), ...a.agencyPeople.values()]) {
      for (const id of [b.own['fileId'], b.own['uploadId'], b.own['exportFileId']]) {
        const answer = await send(person, 'get', `/v1/files/${id}`);
        found.push(...leaks(answer, person, sides));
        if (answer.status !== 404)
          found.push(`${person.role} of ${person.org.name}: ${answer.status}`);
      }
    }
    expect(found).toEqual([]);
    const agent = a.agencyPeople.get('agency_agent');
    expect((await send(agent, 'get', `/v1/files/${a.own['uploadId']}`)).status).toBe(404);
    const paper = `/v1/files/${a.own['paperId']}`;
    expect((await send(agent, 'get', paper)).text).toContain('CANARYA');
    expect((await send(b.agencyPeople.get('agency_agent'), 'get', paper)).status).toBe(404);
    const auditor = a.creditorPeople.get('auditor');
    expect((await send(auditor, 'get', `/v1/files/${a.own['uploadId']}`)).text).toContain(
      'CANARYA',
    );
  });
});

describe('a calendar program, which cannot sign in', () => {
  it('reads the calendar whose token it has, and no other', async () => {
    const token = a.own['calendarToken'] ?? '';
    const found = await send(undefined, 'get', `/calendar/${token}.ics`);
    expect(found).toMatchObject({ status: 200, text: expect.stringContaining('BEGIN:VCALENDAR') });
    const [orgId = '', feedId = '', secret = ''] = token.split('.');
    const [, otherFeed = ''] = (b.own['calendarToken'] ?? '').split('.');
    for (const wrong of [
      `${orgId}.${feedId}.${secret.slice(0, -1)}x`,
      `${orgId}.${otherFeed}.${secret}`,
      `${orgId}.${feedId}.`,
    ]) {
      const answer = await send(undefined, 'get', `/calendar/${wrong}.ics`);
      expect(answer).toMatchObject({ status: 404, json: { reason: 'calendar_unknown' } });
    }
  });
});

describe('what belongs to oneself', () => {
  it.each(inOrder)('%s follows the roles alone', async (_label, method) => {
    expect(await judge(method, ownQuestions())).toEqual([]);
  });
});

describe('the test itself', () => {
  it('sees each way to do wrong', () => {
    const [reads] = methods.filter((method) => method.name === 'GetCase');
    const [places] = methods.filter((method) => method.name === 'PlaceCases');
    const director = a.creditorPeople.get('director');
    const [steward] = strangers.flatMap(peopleOf);
    if (reads === undefined || places === undefined) throw new Error('no such method');
    if (director === undefined || steward === undefined) throw new Error('no such person');
    const answer = (status: number, body: object): Answer => {
      const text = JSON.stringify(body);
      return { status, text, json: JSON.parse(text) };
    };
    const [leak, done, closed, none] = [
      findings(reads, director, 'foreign', answer(404, { x: b.canaries.kept }), sides, a.own),
      findings(places, director, 'foreign', answer(200, { done: 1 }), sides, a.own),
      findings(reads, steward, 'foreign', answer(404, {}), sides, a.own),
      findings(reads, director, 'foreign', answer(404, {}), sides, a.own),
    ];
    expect(leak).toEqual(['director of Creditor A on foreign: reads CANARYBKEPT']);
    expect(done).toEqual(['director of Creditor A on foreign: did it: {"done":1}']);
    expect(closed).toEqual(['steward of Association on foreign: 404 , expected 403']);
    expect(none).toEqual([]);
  });

  it('sees rows that no policy hides', async () => {
    const { credit } = house.services;
    await credit.ownerQuery('ALTER TABLE customer DISABLE ROW LEVEL SECURITY');
    try {
      const { found } = await hiddenRows(credit, sides, strangers);
      expect(found).toContain('Creditor A reads CANARYBKEPT in public.customer');
      expect(found.some((one) => one.startsWith('Association sees a row of'))).toBe(true);
    } finally {
      await credit.ownerQuery('ALTER TABLE customer ENABLE ROW LEVEL SECURITY');
    }
  });
});

describe('rows of the database', () => {
  it.each(serviceNames)(
    'of %s are hidden from other organisations without any filter',
    async (name) => {
      const { tables, found } = await hiddenRows(house.services[name], sides, strangers);
      expect(found).toEqual([]);
      expect(tables).toBeGreaterThan(1);
    },
  );
});
