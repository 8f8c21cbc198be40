/**
 * For every alert one story in which it must fire and one, as near as can be, in which it must not.
 * Series are in promtool's notation (`0+60x100`: from 0, 60 more at each step, 100 times). A step
 * is a minute; in stories of days it is five, and rules are evaluated every 15.
 */
type SeriesOf = Readonly<Record<string, string>>;

export type Trial = {
  alert: string;
  /** When it is asked, since the beginning: `2h`. */
  at: string;
  fires: SeriesOf;
  quiet: SeriesOf;
  isLong?: true;
};

const count = (labels: string): string => `recourse_rpc_seconds_count{${labels}}`;
const gatewayOk = count('service="gateway",method="GET /v1/cases",outcome="ok"');
const gatewayAway = count('service="gateway",method="GET /v1/cases",outcome="unavailable"');
const gatewayAsked = count('service="gateway",method="GET /v1/cases",outcome="invalid"');

/** 1,000 requests at each step of which so many fail, for so many steps. */
function failing(each: number, steps: number): SeriesOf {
  return { [gatewayOk]: `0+${1000 - each}x${steps}`, [gatewayAway]: `0+${each}x${steps}` };
}

/** 1,000 requests at each step of which so many take longer than half a second. */
function slow(each: number, steps: number, method = 'GET /v1/cases'): SeriesOf {
  const labels = `service="gateway",method="${method}",outcome="ok"`;
  return {
    [count(labels)]: `0+1000x${steps}`,
    [`recourse_rpc_seconds_bucket{${labels},le="0.5"}`]: `0+${1000 - each}x${steps}`,
  };
}

const six = ['gateway', 'credit', 'cases', 'agencies', 'blacklist', 'litigation'];
const started = (of: readonly string[], values: string): SeriesOf =>
  Object.fromEntries(
    of.map((service) => [`process_start_time_seconds{service="${service}",pod="a"}`, values]),
  );

const one = (series: string, values: string): SeriesOf => ({ [series]: values });

const refusedContacts = 'recourse_contact_refusals_total{service="cases",rule="daily_limit"}';
const recordedContacts = count(
  'service="cases",method="/recourse.cases.v1.WorkService/RecordContact",outcome="ok"',
);
const refusedTokens = (reason: string): string =>
  `recourse_token_refusals_total{service="gateway",reason="${reason}"}`;
const waiting = 'recourse_db_connections{service="cases",pod="a",role="app",state="waiting"}';
const unsigned = count('service="gateway",method="GET /v1/cases",outcome="unauthenticated"');
const casesOk = count('service="cases",method="x",outcome="ok"');
const casesFailed = count('service="cases",method="x",outcome="internal"');
const lag = 'nodejs_eventloop_lag_p99_seconds{service="cases",pod="a"}';
const broker = 'recourse_broker_connected{service="cases",pod="a"}';
const outbox = 'recourse_outbox_age_seconds{service="cases",pod="a"}';
const inbox = 'recourse_inbox_lag{service="agencies",consumer="agencies.cases"}';
const parked = 'recourse_parked_events{service="agencies",pod="a"}';
const jobWait = 'recourse_job_wait_seconds{service="cases",queue="import.commit"}';
const jobsFailed = 'recourse_jobs{service="cases",queue="night",state="failed"}';
const jobsRunning = 'recourse_jobs{service="cases",queue="night",state="running"}';
const imbalance = 'recourse_ledger_imbalance_minor{service="agencies",currency="CNY"}';

/** Steps of five minutes in a day and three hours. */
const overADay = 27 * 12;

export const trials: readonly Trial[] = [
  // 14.4 × 0.1 % = 1.44 % over an hour.
  { alert: 'RecourseApiErrorsFast', at: '2h', fires: failing(20, 130), quiet: failing(5, 130) },
  {
    alert: 'RecourseApiErrorsFast',
    at: '2h',
    fires: failing(20, 130),
    quiet: { [gatewayOk]: '0+500x130', [gatewayAsked]: '0+500x130' },
  },
  // 3 × 0.1 % over a day, too little for the fast one.
  {
    alert: 'RecourseApiErrorsSlow',
    at: '26h',
    isLong: true,
    fires: failing(4, overADay),
    quiet: { [gatewayOk]: `0+1000x${overADay}`, [gatewayAway]: `0+0x${overADay}` },
  },
  { alert: 'RecourseApiSlowFast', at: '2h', fires: slow(200, 130), quiet: slow(30, 130) },
  {
    alert: 'RecourseApiSlowFast',
    at: '2h',
    fires: slow(200, 130),
    quiet: slow(1000, 130, 'GET /api/live'),
  },
  {
    alert: 'RecourseApiSlowSlow',
    at: '26h',
    isLong: true,
    fires: slow(40, overADay),
    quiet: slow(5, overADay),
  },
  {
    alert: 'RecourseServiceGone',
    at: '10m',
    fires: started(six.slice(1), '1x20'),
    quiet: started(six, '1x20'),
  },
  {
    alert: 'RecourseServiceRestarts',
    at: '30m',
    fires: started(['cases'], '0+1x10 10x20'),
    quiet: started(['cases'], '1x10 2x20'),
  },
  {
    alert: 'RecourseServiceErrors',
    at: '30m',
    fires: { [casesOk]: '0+90x40', [casesFailed]: '0+10x40' },
    quiet: { [casesOk]: '0+98x40', [casesFailed]: '0+2x40' },
  },
  {
    alert: 'RecourseEventLoopBlocked',
    at: '30m',
    fires: one(lag, '0.9x40'),
    quiet: one(lag, '0.02x40'),
  },
  {
    alert: 'RecoursePoolExhausted',
    at: '30m',
    fires: one(waiting, '4x40'),
    quiet: one(waiting, '4 4 4 4 0 4 4 4 0 4 4 4 0 4 4 4 0 4 4 4 0 4 4 4 0 4 4 4 0 4 4'),
  },
  {
    alert: 'RecourseBrokerGone',
    at: '10m',
    fires: one(broker, '1 1 0x20'),
    quiet: one(broker, '1x8 0 1x20'),
  },
  {
    alert: 'RecourseOutboxStuck',
    at: '20m',
    fires: one(outbox, '0+60x30'),
    quiet: one(outbox, '0x13 40 90 5x20'),
  },
  {
    alert: 'RecourseConsumerLags',
    at: '20m',
    fires: one(inbox, '9000x30'),
    quiet: one(inbox, '9000x5 100x30'),
  },
  {
    alert: 'RecourseEventsParked',
    at: '10m',
    fires: one(parked, '0 1x20'),
    quiet: one(parked, '0x20'),
  },
  {
    alert: 'RecourseJobsWait',
    at: '30m',
    fires: one(jobWait, '0+60x40'),
    quiet: one(jobWait, '300x40'),
  },
  {
    alert: 'RecourseJobsFail',
    at: '5m',
    fires: one(jobsFailed, '1x10'),
    quiet: { [jobsFailed]: '0x10', [jobsRunning]: '3x10' },
  },
  {
    alert: 'RecourseLedgerImbalance',
    at: '5m',
    fires: one(imbalance, '0 0 1x10'),
    quiet: one(imbalance, '0x10'),
  },
  {
    alert: 'RecourseLedgerUnmeasured',
    at: '30m',
    fires: one(broker, '1x40'),
    quiet: one(imbalance, '0x40'),
  },
  {
    alert: 'RecourseTokensForged',
    at: '30m',
    fires: one(refusedTokens('token_signature'), '0+60x40'),
    quiet: one(refusedTokens('token_expired'), '0+600x40'),
  },
  {
    alert: 'RecourseTokensRefused',
    at: '30m',
    fires: { [gatewayOk]: '0+100x40', [unsigned]: '0+900x40' },
    quiet: { [gatewayOk]: '0+900x40', [unsigned]: '0+100x40' },
  },
  {
    alert: 'RecourseContactsRefused',
    at: '2h',
    fires: { [refusedContacts]: '0+2x130', [recordedContacts]: '0+4x130' },
    quiet: { [refusedContacts]: '0+1x130', [recordedContacts]: '0+10x130' },
  },
];
