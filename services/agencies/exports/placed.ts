import { amountCell, countCell, exportList, inWords, part } from '@recourse/kit/export-list.ts';
import { decimalText } from '@recourse/kit/money.ts';
import {
  ListPlacementsRequest,
  type Placement,
  PlacementState,
} from '@recourse/proto/agencies/v1/placements.ts';
import {
  ListReportsRequest,
  type Report,
  ReportState,
} from '@recourse/proto/agencies/v1/reports.ts';
import { placementsPage } from '../rpc/placements.ts';
import { reportsPage } from '../rpc/reports.ts';

const placementState = inWords({
  [PlacementState.OFFERED]: { 'zh-CN': '待接受', en: 'Offered' },
  [PlacementState.ACTIVE]: { 'zh-CN': '在办', en: 'Active' },
  [PlacementState.DECLINED]: { 'zh-CN': '已婉拒', en: 'Declined' },
  [PlacementState.RECALLED]: { 'zh-CN': '已收回', en: 'Recalled' },
  [PlacementState.COMPLETED]: { 'zh-CN': '已完成', en: 'Completed' },
});

const reportState = inWords({
  [ReportState.DRAFT]: { 'zh-CN': '草稿', en: 'Draft' },
  [ReportState.SUBMITTED]: { 'zh-CN': '已提交', en: 'Submitted' },
  [ReportState.QUERIED]: { 'zh-CN': '待回复', en: 'Question open' },
  [ReportState.ACKNOWLEDGED]: { 'zh-CN': '已确认', en: 'Acknowledged' },
});

const currency = part<Placement>('币种', 'Currency', 8, (p) => p.placedAmount?.currency ?? '');

/** Of terms with several rates or a fee there is no one rate. */
function rateCell({ terms, rateBps }: Placement) {
  const model = terms?.model?.$case;
  return model === 'flat' || model === 'ageBands' ? countCell(rateBps, 2) : '';
}

/** What stands on a page of placements. The name of a debtor is masked until the agency accepts. */
const placementColumns = [
  {
    name: 'debtor',
    parts: [
      part<Placement>('债务人', 'Debtor', 32, (p) => p.debtorName),
      part<Placement>('案件号', 'Case', 14, (p) => p.caseNumber),
    ],
  },
  { name: 'agency', parts: [part<Placement>('机构', 'Agency', 24, (p) => p.agencyName)] },
  { name: 'creditor', parts: [part<Placement>('委托方', 'Creditor', 24, (p) => p.creditorName)] },
  {
    name: 'amount',
    parts: [part<Placement>('委托金额', 'Placed', 18, (p) => amountCell(p.placedAmount)), currency],
  },
  {
    name: 'days',
    parts: [part<Placement>('逾期天数', 'Days overdue', 12, (p) => countCell(p.placedDaysOverdue))],
  },
  {
    name: 'rate',
    parts: [part<Placement>('费率 %', 'Rate %', 10, rateCell)],
  },
  {
    name: 'region',
    parts: [
      part<Placement>('地区', 'Region', 14, (p) => p.region),
      part<Placement>('行业', 'Industry', 18, (p) => p.industry),
    ],
  },
  {
    name: 'state',
    parts: [part<Placement>('状态', 'State', 10, (p, to) => placementState(p.state)[to])],
  },
  {
    name: 'recovered',
    parts: [part<Placement>('已回收', 'Recovered', 18, (p) => amountCell(p.recovered)), currency],
  },
  {
    name: 'commission',
    parts: [part<Placement>('佣金', 'Commission', 18, (p) => amountCell(p.commission)), currency],
  },
  {
    name: 'placedAt',
    parts: [part<Placement>('委托时间', 'Placed on', 18, (p) => ({ instant: p.placedAt ?? '' }))],
  },
  {
    name: 'answerBy',
    parts: [part<Placement>('答复期限', 'Answer by', 18, (p) => ({ instant: p.answerBy ?? '' }))],
  },
] as const;

/** An amount of a report in one currency; where it has several, each with its own. */
function receivedOf({ received }: Report) {
  const [only, ...others] = received;
  if (others.length === 0) return amountCell(only);
  return received.map((one) => `${decimalText(one)} ${one.currency}`).join(' + ');
}

const reportColumns = [
  { name: 'week', parts: [part<Report>('周一', 'Week from', 12, (r) => ({ day: r.weekStart }))] },
  { name: 'agency', parts: [part<Report>('机构', 'Agency', 24, (r) => r.agencyName)] },
  { name: 'creditor', parts: [part<Report>('委托方', 'Creditor', 24, (r) => r.creditorName)] },
  {
    name: 'state',
    parts: [part<Report>('状态', 'State', 14, (r, to) => reportState(r.state)[to])],
  },
  { name: 'cases', parts: [part<Report>('案件', 'Cases', 8, (r) => countCell(r.caseCount))] },
  {
    name: 'contacts',
    parts: [part<Report>('联系', 'Contacts', 8, (r) => countCell(r.contactCount))],
  },
  {
    name: 'received',
    parts: [
      part<Report>('收款', 'Received', 18, receivedOf),
      part<Report>('币种', 'Currency', 8, ({ received: [only, ...others] }) =>
        others.length === 0 ? (only?.currency ?? '') : '',
      ),
    ],
  },
  {
    name: 'submitted',
    parts: [
      part<Report>('提交时间', 'Submitted at', 18, (r) => ({ instant: r.submittedAt ?? '' })),
    ],
  },
] as const;

export const placements = exportList<ListPlacementsRequest, Placement>({
  title: { 'zh-CN': '委托', en: 'Placements' },
  method: '/recourse.agencies.v1.PlacementsService/ListPlacements',
  columns: placementColumns,
  codec: ListPlacementsRequest,
  read: async (tx, viewer, { request, page }) => {
    const found = await placementsPage(tx, viewer, { ...request, page });
    return { rows: found.placements, page: found.page };
  },
});

export const reports = exportList<ListReportsRequest, Report>({
  title: { 'zh-CN': '周报', en: 'Weekly reports' },
  method: '/recourse.agencies.v1.ReportsService/ListReports',
  columns: reportColumns,
  codec: ListReportsRequest,
  read: async (tx, viewer, { request, page }) => {
    const found = await reportsPage(tx, viewer, { ...request, page });
    return { rows: found.reports, page: found.page };
  },
});
