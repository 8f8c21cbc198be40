/**
 * Everything that our processes measure, by name: what the code registers, and what dashboards and
 * alert rules may ask for. Beside these there are prom-client's own of process and Node.
 */
export type Measure = {
  name: string;
  kind: 'histogram' | 'counter' | 'gauge';
  help: string;
  labels: readonly string[];
};

export const measures = {
  rpcSeconds: {
    name: 'recourse_rpc_seconds',
    kind: 'histogram',
    help: 'Seconds from the arrival of a gRPC call, at the gateway of a request, to its answer.',
    labels: ['method', 'outcome'],
  },
  tokenRefusals: {
    name: 'recourse_token_refusals_total',
    kind: 'counter',
    help: 'Tokens that were refused, by reason.',
    labels: ['reason'],
  },
  connections: {
    name: 'recourse_db_connections',
    kind: 'gauge',
    help: 'Database connections by role and state; `waiting` are those who wait for one.',
    labels: ['role', 'state'],
  },
  outboxAge: {
    name: 'recourse_outbox_age_seconds',
    kind: 'gauge',
    help: 'Seconds that the oldest unpublished event has waited.',
    labels: [],
  },
  brokerConnected: {
    name: 'recourse_broker_connected',
    kind: 'gauge',
    help: '1 while the broker is connected.',
    labels: [],
  },
  inboxLag: {
    name: 'recourse_inbox_lag',
    kind: 'gauge',
    help: 'Events of a stream not yet handled.',
    labels: ['consumer'],
  },
  parkedEvents: {
    name: 'recourse_parked_events',
    kind: 'gauge',
    help: 'Events that could not be handled and wait for a decision.',
    labels: [],
  },
  jobs: {
    name: 'recourse_jobs',
    kind: 'gauge',
    help: 'Jobs that wait or run now, and that failed within the last hour.',
    labels: ['queue', 'state'],
  },
  jobWait: {
    name: 'recourse_job_wait_seconds',
    kind: 'gauge',
    help: 'Seconds that the longest waiting job has waited.',
    labels: ['queue'],
  },
  contactRefusals: {
    name: 'recourse_contact_refusals_total',
    kind: 'counter',
    help: 'Contacts that the governor refused and that were logged, by rule.',
    labels: ['rule'],
  },
  ledgerImbalance: {
    name: 'recourse_ledger_imbalance_minor',
    kind: 'gauge',
    help: 'Debits less credits, in minor units, summed without sign over all books. Must be 0.',
    labels: ['currency'],
  },
} as const satisfies Readonly<Record<string, Measure>>;
