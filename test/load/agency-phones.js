/** An agency on the phone: its own cases, the governor before each call, the call, a promise. */
import { alone, ask, casesOf, currency, dayFromToday, newId, oneOf, post, put } from './people.js';

export const options = alone;

export function setup() {
  return { cases: casesOf('agent') };
}

export default function phones({ cases }) {
  const caseId = oneOf(cases);
  ask('agent', '/v1/cases?page.size=50', 'GET /v1/cases');
  ask('agent', `/v1/cases/${caseId}`, 'GET /v1/cases/{case_id}');
  const before = { channel: 'CALL', party: 'DEBTOR' };
  post('agent', `/v1/cases/${caseId}/contacts:check`, before, 'POST …/contacts:check');
  put(
    'agent',
    `/v1/cases/${caseId}/contacts/${newId()}`,
    { channel: 'CALL', party: 'DEBTOR', result: 'REACHED', attitude: 'WILLING', note: 'Will pay' },
    'PUT /v1/cases/{case_id}/contacts',
  );
  if (Math.random() < 0.2) {
    const amount = { currency, minor: '100' };
    const promise = { amount, dueDay: dayFromToday(3), promisedBy: 'Wang' };
    const path = `/v1/cases/${caseId}/promises/${newId()}`;
    put('agent', path, promise, 'PUT /v1/cases/{case_id}/promises');
  }
}
