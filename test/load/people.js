/** Who sends, where to, and what all scenarios have in common. Run by ./scripts/load. */
import encoding from 'k6/encoding';
import http from 'k6/http';
import { check } from 'k6';

/** Written by scripts/load: where the gateway and the provider are, and what opens them. */
const house = JSON.parse(open(__ENV.HOUSE));

/** How many at a time and how long; what must hold of the answers. `smoke` shares its machine. */
const profiles = {
  smoke: { vus: 2, seconds: 4, p95: 3000 },
  short: { vus: 10, seconds: 30, p95: 150 },
  full: { vus: 40, seconds: 120, p95: 150 },
};

export const profile = profiles[__ENV.PROFILE || 'smoke'];

export const thresholds = {
  http_req_failed: ['rate==0'],
  checks: ['rate==1'],
  http_req_duration: [`p(95)<${profile.p95}`],
};

/** Options of a scenario of one kind of work. */
export const alone = {
  scenarios: {
    all: { executor: 'constant-vus', vus: profile.vus, duration: `${profile.seconds}s` },
  },
  thresholds,
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max', 'count'],
};

/** A UUID of version 7, as clients name what they create. */
export function newId() {
  const hex = (bits) =>
    Math.floor(Math.random() * 2 ** bits)
      .toString(16)
      .padStart(bits / 4, '0');
  const at = Date.now().toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}-7${hex(12)}-8${hex(12)}-${hex(48)}`;
}

export function oneOf(list) {
  return list[Math.floor(Math.random() * list.length)];
}

const tokenUrl = `${house.issuer}/protocol/openid-connect/token`;

/** A form to the provider's token endpoint; gives what it says. */
export function askTokens(form, name, headers) {
  const answer = http.post(tokenUrl, form, { headers: headers || {}, tags: { name } });
  check(answer, { [`${name} gives a token`]: (one) => one.status === 200 });
  return answer.status === 200 ? answer.json() : {};
}

/** Each of those who work keeps tokens of its own, by client credentials, as long as they last. */
const tokens = {};
const spareMs = 30 * 1000;

function tokenOf(role) {
  const kept = tokens[role];
  if (kept && kept.endsMs > Date.now() + spareMs) return kept.text;
  const pair = encoding.b64encode(`recourse-load-${role}:${house.secret}`);
  const form = { grant_type: 'client_credentials' };
  const said = askTokens(form, 'POST token', { authorization: `Basic ${pair}` });
  tokens[role] = { text: said.access_token, endsMs: Date.now() + said.expires_in * 1000 };
  return said.access_token;
}

function send(role, verb, path, body, name) {
  const headers = { authorization: `Bearer ${tokenOf(role)}` };
  if (body !== null) headers['content-type'] = 'application/json';
  if (verb === 'POST') headers['idempotency-key'] = newId();
  const text = body === null ? null : JSON.stringify(body);
  const answer = http.request(verb, `${house.address}${path}`, text, { headers, tags: { name } });
  check(answer, { [`${name} answers 200`]: (one) => one.status === 200 });
  return answer;
}

/** Asks as somebody; `name` groups the addresses of one route. Gives JSON, empty if refused. */
export function ask(role, path, name) {
  const answer = send(role, 'GET', path, null, name || path);
  return answer.status === 200 ? answer.json() : {};
}

export function put(role, path, body, name) {
  return send(role, 'PUT', path, body, name);
}

export function post(role, path, body, name) {
  return send(role, 'POST', path, body, name);
}

export function upload(role, id, fileName, text) {
  const headers = {
    authorization: `Bearer ${tokenOf(role)}`,
    'content-type': 'text/csv',
    'x-file-name': fileName,
  };
  const name = 'PUT /v1/uploads';
  const answer = http.put(`${house.address}/v1/uploads/${id}`, text, { headers, tags: { name } });
  check(answer, { [`${name} answers 200`]: (one) => one.status === 200 });
}

export const { address, issuer } = house;
export const portal = house.signIn;

/** A day so many days from today, in the creditor's zone. */
export function dayFromToday(days) {
  const at = new Date(Date.now() + (8 * 3600 + days * 86400) * 1000);
  return at.toISOString().slice(0, 10);
}

/** Amounts are sent in this currency, so only cases in it are worked. */
export const currency = 'CNY';

const openCases = '/v1/cases?states=CASE_STATE_OPEN&page.size=100';

/** A department has thousands; on a few, everybody would wait for everybody's rows. */
const mostPages = 10;

function casesSeenBy(role) {
  const worked = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const path = cursor === '' ? openCases : `${openCases}&page.cursor=${cursor}`;
    const seen = ask(role, path, 'GET /v1/cases');
    worked.push(...(seen.cases || []).filter((one) => one.open.currency === currency));
    cursor = encodeURIComponent((seen.page || {}).nextCursor || '');
    if (cursor === '') break;
  }
  if (worked.length === 0) throw new Error(`${role} sees no cases; seed some with --cases`);
  return worked;
}

/** Cases that somebody sees: what each iteration then works on. */
export function casesOf(role) {
  return casesSeenBy(role).map((one) => one.caseId);
}

/** Those cases of the agency that are the creditor's, whose finance records payments on them. */
export function placedCases() {
  const [{ orgId }] = casesSeenBy('collector');
  const placed = casesSeenBy('agent').filter((one) => one.orgId === orgId);
  if (placed.length === 0) throw new Error('the agency works no case of this creditor');
  return placed.map((one) => one.caseId);
}
