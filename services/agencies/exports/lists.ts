import {
  type AnyList,
  amountCell,
  countCell,
  exportList,
  part,
  type Words,
} from '@recourse/kit/export-list.ts';
import {
  type CommissionLine,
  LineKind,
  LineMark,
  ListCommissionLinesRequest,
  ListStatementsRequest,
  type Statement,
  StatementState,
} from '@recourse/proto/agencies/v1/commission.ts';
import { linesPage, statementsPage } from '../rpc/commission.ts';
import { lineKindWords, lineMarkWords, statementStateWords } from '../domain/commission-words.ts';
import { isOneRate, termText } from '../domain/term-text.ts';
import { placements, reports } from './placed.ts';

const kinds: Readonly<Partial<Record<LineKind, Words>>> = {
  [LineKind.ACCRUAL]: lineKindWords.ACCRUAL,
  [LineKind.CLAW_BACK]: lineKindWords.CLAW_BACK,
  [LineKind.ADJUSTMENT]: lineKindWords.ADJUSTMENT,
  [LineKind.RETAINER]: lineKindWords.RETAINER,
};

const marks: Readonly<Partial<Record<LineMark, Words>>> = {
  [LineMark.OPEN]: lineMarkWords.OPEN,
  [LineMark.TICKED]: lineMarkWords.TICKED,
  [LineMark.HELD]: lineMarkWords.HELD,
};

const states: Readonly<Partial<Record<StatementState, Words>>> = {
  [StatementState.OPEN]: statementStateWords.OPEN,
  [StatementState.CLOSED]: statementStateWords.CLOSED,
};

/**
 * What a column of the screen becomes in a file. Amounts of a row have one currency, which stands
 * once. The debtor's name is what the reader may see of it: the database masks it.
 */
const lineCurrency = part<CommissionLine>('币种', 'Currency', 8, (l) => l.payment?.currency ?? '');

const lineColumns = [
  {
    name: 'debtor',
    parts: [
      part<CommissionLine>('债务人', 'Debtor', 32, (l) => l.debtorName),
      part<CommissionLine>('案件号', 'Case', 14, (l) => l.caseNumber),
    ],
  },
  { name: 'agency', parts: [part<CommissionLine>('机构', 'Agency', 24, (l) => l.agencyName)] },
  {
    name: 'creditor',
    parts: [part<CommissionLine>('委托方', 'Creditor', 24, (l) => l.creditorName)],
  },
  {
    name: 'kind',
    parts: [part<CommissionLine>('种类', 'Kind', 10, (l, to) => kinds[l.kind]?.[to] ?? '')],
  },
  {
    name: 'receivedOn',
    parts: [part<CommissionLine>('到账日', 'Received on', 12, (l) => ({ day: l.receivedOn }))],
  },
  {
    name: 'payment',
    parts: [
      part<CommissionLine>('回款', 'Payment', 18, (l) => amountCell(l.payment)),
      lineCurrency,
    ],
  },
  {
    name: 'rate',
    parts: [
      part<CommissionLine>('费率 %', 'Rate %', 10, (l) =>
        isOneRate(l) ? countCell(l.rateBps, 2) : '',
      ),
      part<CommissionLine>('条款', 'Term', 40, (l, to) =>
        termText(l.term, l.payment?.currency ?? '', to),
      ),
    ],
  },
  {
    name: 'commission',
    parts: [
      part<CommissionLine>('佣金', 'Commission', 18, (l) => amountCell(l.commission)),
      lineCurrency,
    ],
  },
  {
    name: 'vat',
    parts: [part<CommissionLine>('增值税', 'VAT', 18, (l) => amountCell(l.vat)), lineCurrency],
  },
  {
    name: 'mark',
    parts: [
      part<CommissionLine>('核对', 'Check', 10, (l, to) => marks[l.mark]?.[to] ?? ''),
      part<CommissionLine>('搁置原因', 'Hold reason', 24, (l) => l.holdReason),
    ],
  },
] as const;

const itsCurrency = part<Statement>('币种', 'Currency', 8, (s) => s.currency);

const statementColumns = [
  {
    name: 'number',
    parts: [
      part<Statement>('编号', 'Number', 18, (s) => s.number),
      part<Statement>('月份', 'Month', 10, (s) => s.month),
    ],
  },
  { name: 'agency', parts: [part<Statement>('机构', 'Agency', 24, (s) => s.agencyName)] },
  { name: 'creditor', parts: [part<Statement>('委托方', 'Creditor', 24, (s) => s.creditorName)] },
  {
    name: 'state',
    parts: [part<Statement>('状态', 'State', 10, (s, to) => states[s.state]?.[to] ?? '')],
  },
  {
    name: 'lines',
    parts: [part<Statement>('行数', 'Lines', 8, (s) => countCell(s.lineCount))],
  },
  {
    name: 'payments',
    parts: [part<Statement>('回款', 'Payments', 18, (s) => amountCell(s.payments)), itsCurrency],
  },
  {
    name: 'commission',
    parts: [
      part<Statement>('佣金', 'Commission', 18, (s) => amountCell(s.commission)),
      itsCurrency,
    ],
  },
  {
    name: 'payable',
    parts: [part<Statement>('应付', 'Payable', 18, (s) => amountCell(s.payable)), itsCurrency],
  },
] as const;

type ListName = 'lines' | 'statements' | 'placements' | 'reports';

/** The lists of the service by the names that the contract's request gives them. */
export const exportedLists: Readonly<Record<ListName, AnyList>> = {
  placements,
  reports,
  lines: exportList<ListCommissionLinesRequest, CommissionLine>({
    title: { 'zh-CN': '佣金明细', en: 'Commission lines' },
    method: '/recourse.agencies.v1.CommissionService/ListCommissionLines',
    columns: lineColumns,
    codec: ListCommissionLinesRequest,
    read: async (tx, viewer, { request, page }) => {
      const found = await linesPage(tx, viewer, { ...request, page });
      return { rows: found.lines, page: found.page };
    },
  }),
  statements: exportList<ListStatementsRequest, Statement>({
    title: { 'zh-CN': '结算单', en: 'Statements' },
    method: '/recourse.agencies.v1.CommissionService/ListStatements',
    columns: statementColumns,
    codec: ListStatementsRequest,
    read: async (tx, viewer, { request, page }) => {
      const found = await statementsPage(tx, viewer, { ...request, page });
      return { rows: found.statements, page: found.page };
    },
  }),
};
