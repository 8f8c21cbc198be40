/** The morning of a creditor's department: the dashboard, the list, case after case, contacts. */
import { alone, ask, casesOf, newId, oneOf, put } from './people.js';

export const options = alone;

export function setup() {
  return { cases: casesOf('collector') };
}

export default function morning({ cases }) {
  const caseId = oneOf(cases);
  ask('director', '/v1/dashboard');
  ask('collector', '/v1/cases?page.size=50', 'GET /v1/cases');
  ask('collector', `/v1/cases/${caseId}`, 'GET /v1/cases/{case_id}');
  ask('collector', `/v1/cases/${caseId}/timeline`, 'GET /v1/cases/{case_id}/timeline');
  ask('collector', `/v1/cases/${caseId}/receivables`, 'GET /v1/cases/{case_id}/receivables');
  put(
    'collector',
    `/v1/cases/${caseId}/contacts/${newId()}`,
    { channel: 'EMAIL', party: 'DEBTOR', result: 'SENT', note: 'Statement of account' },
    'PUT /v1/cases/{case_id}/contacts',
  );
}
