import {
  type AnyList,
  amountCell,
  countCell,
  exportList,
  inWords,
  part,
} from '@recourse/kit/export-list.ts';
import {
  type Debt,
  LimitationState,
  ListDebtsRequest,
} from '@recourse/proto/litigation/v1/limitation.ts';
import { debtsPage } from '../rpc/limitation.ts';
import { matters } from './matters.ts';

const states = inWords({
  [LimitationState.NOT_STARTED]: { 'zh-CN': '未起算', en: 'Not started' },
  [LimitationState.RUNNING]: { 'zh-CN': '时效进行中', en: 'Running' },
  [LimitationState.PENDING]: { 'zh-CN': '程序中断', en: 'Proceedings pending' },
  [LimitationState.SUSPENDED]: { 'zh-CN': '中止', en: 'Suspended' },
  [LimitationState.EXPIRED]: { 'zh-CN': '已届满', en: 'Expired' },
  [LimitationState.ENFORCEMENT]: { 'zh-CN': '申请执行期间', en: 'Time to enforce' },
  [LimitationState.ENFORCEMENT_PENDING]: { 'zh-CN': '执行中', en: 'In enforcement' },
  [LimitationState.ENFORCEMENT_EXPIRED]: { 'zh-CN': '执行期间已过', en: 'Time to enforce expired' },
  [LimitationState.REAPPLY_ANY_TIME]: { 'zh-CN': '可随时恢复执行', en: 'Enforcement at any time' },
  [LimitationState.ENDED]: { 'zh-CN': '已了结', en: 'Ended' },
});

const confidence = inWords({
  high: { 'zh-CN': '高', en: 'High' },
  medium: { 'zh-CN': '中', en: 'Medium' },
  low: { 'zh-CN': '低', en: 'Low' },
});

const debtColumns = [
  {
    name: 'debtor',
    parts: [
      part<Debt>('债务人', 'Debtor', 32, (d) => d.debtorName),
      part<Debt>('案件号', 'Case', 14, (d) => d.caseNumber),
    ],
  },
  {
    name: 'left',
    parts: [
      // Below nothing are the days since; without an expiry there are none.
      part<Debt>('剩余天数', 'Days left', 10, ({ clock }) =>
        countCell(clock?.expiresOn ? clock.daysLeft : undefined),
      ),
    ],
  },
  {
    name: 'expires',
    parts: [
      part<Debt>('届满', 'Expires', 12, (d) => ({ day: d.clock?.expiresOn ?? '' })),
      part<Debt>('时效状态', 'State of the clock', 18, (d, to) => states(d.clock?.state ?? '')[to]),
    ],
  },
  {
    name: 'amount',
    parts: [
      part<Debt>('未清', 'Open', 18, (d) => amountCell(d.amount)),
      part<Debt>('币种', 'Currency', 8, (d) => d.amount?.currency ?? ''),
    ],
  },
  {
    name: 'confidence',
    parts: [
      part<Debt>(
        '证据把握',
        'Confidence',
        10,
        (d, to) => confidence(d.clock?.confidence ?? '')[to],
      ),
    ],
  },
  {
    name: 'last',
    parts: [
      part<Debt>('最近中断', 'Last interruption', 12, (d) => ({
        day: d.clock?.lastInterruptionOn ?? '',
      })),
    ],
  },
  {
    name: 'next',
    parts: [
      part<Debt>(
        '成本最低的下一步',
        'Cheapest next act',
        24,
        ({ clock }, to) => (to === 'en' ? clock?.nextAct?.labelEn : clock?.nextAct?.labelZh) ?? '',
      ),
      part<Debt>('成本', 'Cost', 14, (d) => amountCell(d.clock?.nextAct?.cost)),
      part<Debt>('最迟', 'By', 12, (d) => ({ day: d.clock?.nextAct?.by ?? '' })),
      part<Debt>('在途函件', 'Letters under way', 10, ({ lettersUnderWay: letters }) =>
        countCell(letters.length === 0 ? undefined : letters.length),
      ),
      part<Debt>('最早寄出', 'First of them sent', 12, ({ lettersUnderWay: [first] }) => ({
        day: first?.sentOn ?? '',
      })),
    ],
  },
  {
    name: 'alarms',
    parts: [
      part<Debt>('已提醒（提前天数）', 'Alarm told, days before', 14, ({ alarmsTold }) =>
        countCell(alarmsTold.length === 0 ? undefined : Math.min(...alarmsTold)),
      ),
    ],
  },
] as const;

const debts = exportList<ListDebtsRequest, Debt>({
  title: { 'zh-CN': '时效', en: 'Limitation' },
  method: '/recourse.litigation.v1.LimitationService/ListDebts',
  columns: debtColumns,
  codec: ListDebtsRequest,
  read: async (tx, _viewer, { request, page, at }) => {
    const found = await debtsPage(tx, { request: { ...request, page }, at });
    return { rows: found.debts, page: found.page };
  },
});

/** The lists of litigation by the names that the contract's request gives them. */
export const exportedLists: Readonly<Record<'matters' | 'debts', AnyList>> = { matters, debts };
