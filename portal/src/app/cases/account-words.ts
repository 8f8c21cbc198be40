import { words } from '../session/language';
import { explain } from '../session/problem-words';

/** Words of the account that a debtor is asked to confirm. */
export const accountWords = words(
  {
    download: '下载对账单（PDF）',
    'problem.account_of_closed_case': '案件 {number} 已结，不再出对账单；所需明细请导出应收单据。',
  },
  {
    download: 'Download statement of account (PDF)',
    'problem.account_of_closed_case':
      'Case {number} is closed and gets no statement of account; export its receivables instead.',
  },
);

explain(accountWords);
