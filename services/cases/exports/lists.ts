import {
  type AnyList,
  amountCell,
  countCell,
  exportList,
  part,
} from '@recourse/kit/export-list.ts';
import { type Case, ListCasesRequest } from '@recourse/proto/cases/v1/cases.ts';
import { ListReceivablesRequest, type Receivable } from '@recourse/proto/cases/v1/receivables.ts';
import { casesPage, receivablesPage } from '../lists.ts';
import { sightOf } from '../rpc/rooms.ts';
import { handlingWords, stageWords, stepWords, tierWords } from './state-words.ts';

/**
 * What a column of the screen becomes in a file. Amounts of a row have one currency, which stands
 * once, behind the first of them; heads are words that an import understands.
 */
const caseCurrency = part<Case>('币种', 'Currency', 8, (one) => one.open?.currency ?? '');

const caseColumns = [
  {
    name: 'debtor',
    parts: [
      part<Case>('客户', 'Customer', 32, (one) => one.debtorName),
      part<Case>('案件号', 'Case', 14, (one) => one.number),
    ],
  },
  {
    name: 'creditor',
    isExtra: true,
    parts: [part<Case>('委托方', 'Creditor', 28, (one) => one.orgName)],
  },
  {
    name: 'days',
    parts: [part<Case>('逾期天数', 'Days overdue', 12, (one) => countCell(one.daysOverdue))],
  },
  {
    name: 'tier',
    parts: [part<Case>('优先级', 'Priority', 10, (one, language) => tierWords(one.tier)[language])],
  },
  {
    name: 'open',
    parts: [part<Case>('未清', 'Open', 18, (one) => amountCell(one.open)), caseCurrency],
  },
  {
    name: 'recovered',
    parts: [part<Case>('已收', 'Recovered', 18, (one) => amountCell(one.recovered)), caseCurrency],
  },
  {
    name: 'next',
    parts: [
      part<Case>('下一步', 'Next step', 18, (one, language) =>
        one.nextAction === undefined ? '' : stepWords(one.nextAction.step)[language],
      ),
      part<Case>('下一步日期', 'Next step on', 14, (one) => ({
        day: one.nextAction?.dueDay ?? '',
      })),
    ],
  },
  {
    name: 'contact',
    parts: [
      part<Case>('最近联系', 'Last contact', 18, (one) => ({ instant: one.lastContactAt ?? '' })),
    ],
  },
  {
    name: 'stage',
    isExtra: true,
    parts: [part<Case>('阶段', 'Stage', 14, (one, language) => stageWords(one.stage)[language])],
  },
  {
    name: 'handling',
    parts: [
      part<Case>('办理', 'Handling', 12, (one, language) => handlingWords(one.handling)[language]),
      part<Case>('机构', 'Agency', 24, (one) => one.agencyName),
    ],
  },
  { name: 'region', isExtra: true, parts: [part<Case>('地区', 'Region', 14, (one) => one.region)] },
  {
    name: 'industry',
    isExtra: true,
    parts: [part<Case>('行业', 'Industry', 18, (one) => one.industry)],
  },
  {
    name: 'assignee',
    isExtra: true,
    parts: [part<Case>('负责人', 'Assignee', 14, (one) => one.assigneeName)],
  },
] as const;

const itsCurrency = part<Receivable>('币种', 'Currency', 8, (one) => one.amount?.currency ?? '');

const receivableColumns = [
  {
    name: 'debtor',
    parts: [
      part<Receivable>('客户名称', 'Customer name', 32, (one) => one.debtorName),
      part<Receivable>('客户编号', 'Customer number', 16, (one) => one.customerNumber),
    ],
  },
  {
    name: 'document',
    parts: [part<Receivable>('单据号', 'Document number', 20, (one) => one.documentNumber)],
  },
  {
    name: 'documentDate',
    parts: [part<Receivable>('开票日期', 'Invoice date', 12, (one) => ({ day: one.documentDate }))],
  },
  {
    name: 'dueDate',
    parts: [part<Receivable>('到期日', 'Due date', 12, (one) => ({ day: one.dueDate }))],
  },
  {
    name: 'days',
    parts: [part<Receivable>('逾期天数', 'Days overdue', 12, (one) => countCell(one.daysOverdue))],
  },
  {
    name: 'amount',
    parts: [part<Receivable>('金额', 'Amount', 18, (one) => amountCell(one.amount)), itsCurrency],
  },
  {
    name: 'open',
    parts: [
      part<Receivable>('未清金额', 'Open amount', 18, (one) => amountCell(one.open)),
      itsCurrency,
    ],
  },
  {
    name: 'settledDate',
    isExtra: true,
    parts: [part<Receivable>('结清日期', 'Settled date', 12, (one) => ({ day: one.settledDate }))],
  },
  {
    name: 'terms',
    isExtra: true,
    parts: [part<Receivable>('付款条件', 'Payment terms', 18, (one) => one.paymentTerms)],
  },
  {
    name: 'company',
    isExtra: true,
    parts: [part<Receivable>('公司代码', 'Company code', 14, (one) => one.companyCode)],
  },
] as const;

/** The lists of cases by the names that the contract's request gives them. */
export const exportedLists: Readonly<Record<'cases' | 'receivables', AnyList>> = {
  cases: exportList<ListCasesRequest, Case>({
    title: { 'zh-CN': '案件', en: 'Cases' },
    method: '/recourse.cases.v1.CasesService/ListCases',
    columns: caseColumns,
    codec: ListCasesRequest,
    read: async (tx, viewer, { request, page, at }) => {
      const found = await casesPage(tx, sightOf(viewer), { request: { ...request, page }, at });
      return { rows: found.cases, page: found.page };
    },
  }),
  receivables: exportList<ListReceivablesRequest, Receivable>({
    title: { 'zh-CN': '应收账款', en: 'Receivables' },
    method: '/recourse.cases.v1.ReceivablesService/ListReceivables',
    columns: receivableColumns,
    codec: ListReceivablesRequest,
    read: async (tx, _viewer, { request, page, at }) => {
      const found = await receivablesPage(tx, { request: { ...request, page }, at });
      return { rows: found.receivables, page: found.page };
    },
  }),
};
