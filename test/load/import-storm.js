/** Many files at once: upload, reading, mapping, check, commit; each waited for to its end. */
import { check, sleep } from 'k6';
import { alone, ask, dayFromToday, newId, post, put, upload } from './people.js';

export const options = alone;

const fields = ['DOCUMENT_NUMBER', 'CUSTOMER_NUMBER', 'CUSTOMER_NAME', 'DUE_DATE', 'AMOUNT'];
const rows = Number(__ENV.ROWS || 50);
const longestSeconds = 120;

function ledger(mark) {
  const lines = ['单据号,客户编号,客户名称,到期日,金额'];
  for (let row = 0; row < rows; row += 1) {
    lines.push(`${mark}-${row},${mark}${row},负载${mark}${row}公司,${dayFromToday(-40)},100.00`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

function reaches(importId, wanted) {
  for (let waited = 0; waited < longestSeconds; waited += 0.2) {
    const found = ask('director', `/v1/imports/${importId}`, 'GET /v1/imports/{import_id}');
    const state = (found.import || {}).state;
    if (state === `IMPORT_STATE_${wanted}`) return true;
    if (state === 'IMPORT_STATE_FAILED') return false;
    sleep(0.2);
  }
  return false;
}

export default function storm() {
  const [uploadId, importId] = [newId(), newId()];
  const at = `/v1/imports/${importId}`;
  upload('director', uploadId, 'load.csv', ledger(uploadId.slice(-8)));
  put('director', at, { uploadId, source: 'LOAD' }, 'PUT /v1/imports/{import_id}');
  const isRead = reaches(importId, 'MAPPING');
  const columns = fields.map((field, position) => ({ position, field }));
  const mapping = { columns, defaultCurrency: 'CNY' };
  post('director', `${at}:check`, { mapping }, 'POST /v1/imports/{import_id}:check');
  const isChecked = isRead && reaches(importId, 'CHECKED');
  post('director', `${at}:commit`, {}, 'POST /v1/imports/{import_id}:commit');
  const isDone = isChecked && reaches(importId, 'COMMITTED');
  check(isDone, { 'an import is committed': (done) => done });
}
