/** The end of a month: payments come in on placed cases, commission is read and settled. */
import { alone, ask, currency, dayFromToday, newId, oneOf, placedCases, put } from './people.js';

export const options = alone;

export function setup() {
  return { cases: placedCases() };
}

export default function settle({ cases }) {
  const payment = {
    amount: { currency, minor: String(1 + Math.floor(Math.random() * 500)) },
    receivedOn: dayFromToday(0),
    means: 'bank_transfer',
  };
  const path = `/v1/cases/${oneOf(cases)}/payments/${newId()}`;
  put('finance', path, payment, 'PUT /v1/cases/{case_id}/payments');
  ask('finance', '/v1/commission/lines?page.size=50', 'GET /v1/commission/lines');
  ask('finance', '/v1/commission/balances');
  ask('manager', '/v1/statements', 'GET /v1/statements');
}
