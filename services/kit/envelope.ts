import type { JsMsg } from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { isInstant, isUuid } from './check.ts';
import { type Actor, type Envelope, typeWords } from './events.ts';
import { fault } from './fault.ts';

/** The envelope as it lies in outbox and parked_event rows. */
export type EnvelopeRow = {
  org_id: string;
  aggregate_id: string;
  version: bigint;
  type: string;
  audience: string[];
  actor: Actor | null;
  traceparent: string | null;
  at: string;
};

/** `recourse.cases.payment.recorded` for a `paymentRecorded` of cases. */
export function subjectOf(service: string, type: string): string {
  const { noun, verb } = typeWords(type);
  return `recourse.${service}.${noun}.${verb}`;
}

export function headersOf(id: string, row: EnvelopeRow): MsgHdrs {
  const sent = headers();
  sent.set('Recourse-Event', id);
  sent.set('Recourse-Org', row.org_id);
  sent.set('Recourse-Type', row.type);
  sent.set('Recourse-Aggregate', encodeURIComponent(row.aggregate_id));
  sent.set('Recourse-Version', String(row.version));
  sent.set('Recourse-At', row.at);
  sent.set('Recourse-Audience', row.audience.join(','));
  // Header values are ASCII; names of people are not.
  if (row.actor !== null) sent.set('Recourse-Actor', encodeURIComponent(JSON.stringify(row.actor)));
  if (row.traceparent !== null) sent.set('traceparent', row.traceparent);
  return sent;
}

/** Fault: `invalid` event_without_envelope, for a message that no relay of ours has sent. */
export function envelopeOf(message: Pick<JsMsg, 'headers'>): Envelope {
  const value = (name: string): string => message.headers?.get(name) ?? '';
  const id = value('Recourse-Event');
  const orgId = value('Recourse-Org');
  const version = Number(value('Recourse-Version'));
  const at = value('Recourse-At');
  if (!isUuid(id) || !isUuid(orgId) || !(version > 0) || !isInstant(at)) {
    throw fault('invalid', 'event_without_envelope', { id, orgId });
  }
  const actor = value('Recourse-Actor');
  const traceparent = value('traceparent');
  return {
    id,
    orgId,
    type: value('Recourse-Type'),
    aggregateId: decodeURIComponent(value('Recourse-Aggregate')),
    version,
    at: Temporal.Instant.from(at),
    audience: value('Recourse-Audience').split(',').filter(isUuid),
    ...(actor === '' ? {} : { actor: JSON.parse(decodeURIComponent(actor)) as Actor }),
    ...(traceparent === '' ? {} : { traceparent }),
  };
}

export function envelopeOfRow(id: string, row: EnvelopeRow): Envelope {
  return {
    id,
    orgId: row.org_id,
    type: row.type,
    aggregateId: row.aggregate_id,
    version: Number(row.version),
    at: Temporal.Instant.from(row.at),
    audience: row.audience,
    ...(row.actor === null ? {} : { actor: row.actor }),
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  };
}
