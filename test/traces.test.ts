import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { startTracing, type Tracing } from '@recourse/kit/tracing.ts';
import { type House, openHouse } from './access/house.ts';
import { sender, type Send } from './access/people.ts';
import { makeSide, type Side } from './access/world.ts';
import { type Collector, startCollector, type Told } from './traces/collector.ts';

let house: House | undefined;
let send: Send;
let side: Side;
let collector: Collector | undefined;
let tracing: Tracing | undefined;

beforeAll(async () => {
  house = await openHouse();
  send = sender(house);
  side = await makeSide(send, 'T');
  collector = await startCollector();
  tracing = startTracing({ service: 'house', endpoint: collector.url, percent: 100 });
});

afterAll(async () => {
  await tracing?.stop();
  await collector?.stop();
  await house?.stop();
});

const spanId = '00f067aa0ba902b7';

/** The trace of a caller that has begun one. */
function newTrace(): { traceId: string; headers: Record<string, string> } {
  const traceId = randomUUIDv7().replaceAll('-', '');
  return { traceId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

/** The path of a span from the request on, by name. */
function pathOf(span: Told, all: readonly Told[]): string[] {
  const parent = all.find((one) => one.spanId === span.parentSpanId);
  return [...(parent === undefined ? [] : pathOf(parent, all)), span.name];
}

function person(role: string, of = side.creditorPeople) {
  const found = of.get(role);
  if (found === undefined) throw new Error(`nobody is ${role}`);
  return found;
}

/** Waits until the trace holds a span of that name, then gives all of it. */
async function traceWith(traceId: string, name: string): Promise<Told[]> {
  return eventually(async () => {
    const found = (collector?.spans ?? []).filter((span) => span.traceId === traceId);
    if (!found.some((span) => span.name === name)) {
      throw new Error(`no ${name} among ${found.map((span) => span.name).join(', ')}`);
    }
    return found;
  }, 20_000);
}

describe('A payment that is sent with a trace', () => {
  it('is followed from the request to the commission in another service', async () => {
    const { traceId, headers } = newTrace();
    const path = `/v1/cases/${side.caseIds.placed}/payments/${randomUUIDv7()}`;
    const body = {
      amount: { currency: 'CNY', minor: '100' },
      receivedOn: Temporal.Now.plainDateISO('Asia/Shanghai').toString(),
      means: 'bank_transfer',
    };
    const answer = await send(person('finance'), 'put', path, { body, headers });
    expect(answer).toMatchObject({ status: 200 });
    await traceWith(traceId, 'process paymentRecorded');
    const spans = await traceWith(traceId, 'publish commissionAccrued');
    const paths = new Set(spans.map((span) => pathOf(span, spans).join(' > ')));
    const method = 'recourse.cases.v1.WorkService/RecordPayment';
    const told = [
      expect.stringContaining('/v1/cases/'),
      method,
      method,
      'transaction',
      'publish paymentRecorded',
      'process paymentRecorded',
    ];
    const pathTo = (name: string) =>
      [...paths].find((one) => one.endsWith(` > ${name}`))?.split(' > ');
    expect(pathTo('process paymentRecorded')).toEqual(told);
    expect(pathTo('publish commissionAccrued')).toEqual([...told, 'publish commissionAccrued']);
    expect(pathTo('transaction > WITH')).toEqual([...told.slice(0, 4), 'WITH']);
    const orphans = spans.filter((span) => pathOf(span, spans).length === 1);
    expect(orphans.map((span) => span.parentSpanId)).toEqual([spanId]);
  });
});

describe('A request that is refused', () => {
  it('names its trace in the problem, and the span says what kind of refusal it was', async () => {
    const { traceId, headers } = newTrace();
    const path = `/v1/cases/${randomUUIDv7()}`;
    const { status, json } = await send(person('director'), 'get', path, { headers });
    expect({ status, traceId: json['traceId'] }).toEqual({ status: 404, traceId });
    const spans = await traceWith(traceId, 'recourse.cases.v1.CasesService/GetCase');
    const refusing = spans.filter((span) => span.name.endsWith('/GetCase'));
    expect(new Set(refusing.map((span) => span.status))).toEqual(new Set(['missing']));
  });
});
