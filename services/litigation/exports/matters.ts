import {
  amountCell,
  countCell,
  exportList,
  inWords,
  part,
  type Words,
} from '@recourse/kit/export-list.ts';
import {
  DebtType,
  ListMattersRequest,
  type Matter,
  MatterOutcome,
  MatterState,
  Procedure,
} from '@recourse/proto/litigation/v1/matters.ts';
import { stageOf, trackOf } from '../domain/track.ts';
import { mattersPage } from '../rpc/matters.ts';
import { tracks } from '../rules/tracks.ts';

const states = inWords({
  [MatterState.OPEN]: { 'zh-CN': '在办', en: 'Open' },
  [MatterState.CLOSED]: { 'zh-CN': '已结', en: 'Closed' },
});

const outcomes = inWords({
  [MatterOutcome.PAID]: { 'zh-CN': '已付清', en: 'Paid' },
  [MatterOutcome.SETTLED]: { 'zh-CN': '和解', en: 'Settled' },
  [MatterOutcome.LOST]: { 'zh-CN': '败诉', en: 'Lost' },
  [MatterOutcome.WITHDRAWN]: { 'zh-CN': '撤回', en: 'Withdrawn' },
  [MatterOutcome.NO_ASSETS]: { 'zh-CN': '终本（无可供执行财产）', en: 'No assets found' },
});

const debtTypes = inWords({
  [DebtType.SALE_OF_GOODS]: { 'zh-CN': '买卖货款', en: 'Sale of goods' },
  [DebtType.SERVICES]: { 'zh-CN': '服务费', en: 'Services' },
  [DebtType.CONSTRUCTION]: { 'zh-CN': '工程款', en: 'Construction' },
  [DebtType.LOAN]: { 'zh-CN': '借款', en: 'Loan' },
  [DebtType.LEASE]: { 'zh-CN': '租赁', en: 'Lease' },
});

const procedures = inWords({
  [Procedure.PAYMENT_ORDER]: { 'zh-CN': '支付令', en: 'Payment order' },
  [Procedure.PRESERVATION_PRE_SUIT]: { 'zh-CN': '诉前保全', en: 'Pre-suit preservation' },
  [Procedure.PRESERVATION_IN_SUIT]: { 'zh-CN': '诉讼保全', en: 'Preservation in suit' },
  [Procedure.SMALL_CLAIMS]: { 'zh-CN': '小额诉讼', en: 'Small claims' },
  [Procedure.SUMMARY]: { 'zh-CN': '简易程序', en: 'Summary procedure' },
  [Procedure.ORDINARY]: { 'zh-CN': '普通程序', en: 'Ordinary procedure' },
  [Procedure.APPEAL]: { 'zh-CN': '上诉', en: 'Appeal' },
  [Procedure.ENFORCEMENT]: { 'zh-CN': '执行', en: 'Enforcement' },
  [Procedure.BANKRUPTCY_CLAIM]: { 'zh-CN': '破产债权申报', en: 'Bankruptcy claim' },
});

/** The proceeding that runs, or the last one, and its stage, as the list shows them. */
function stage({ proceedings }: Matter): Words {
  const found = proceedings.findLast((one) => !one.ended) ?? proceedings.at(-1);
  if (found === undefined) return { 'zh-CN': '', en: '' };
  const { zh, en } = stageOf(trackOf(tracks, found.procedure), found.stage);
  const name = procedures(found.procedure);
  return { 'zh-CN': `${name['zh-CN']} · ${zh}`, en: `${name.en} · ${en}` };
}

const currency = part<Matter>('币种', 'Currency', 8, (m) => m.currency);

const columns = [
  {
    name: 'title',
    parts: [
      part<Matter>('名称', 'Title', 40, (m) => m.title),
      part<Matter>('编号', 'Number', 14, (m) => m.number),
    ],
  },
  {
    name: 'state',
    parts: [
      part<Matter>('状态', 'State', 10, (m, to) => outcomes(m.outcome)[to] || states(m.state)[to]),
    ],
  },
  { name: 'stage', parts: [part<Matter>('进展', 'Stage', 24, (m, to) => stage(m)[to])] },
  {
    name: 'claimed',
    parts: [part<Matter>('诉请', 'Claimed', 18, (m) => amountCell(m.claimed)), currency],
  },
  {
    name: 'recovered',
    parts: [part<Matter>('已收回', 'Recovered', 18, (m) => amountCell(m.recovered)), currency],
  },
  {
    name: 'spent',
    isExtra: true,
    parts: [part<Matter>('已支出', 'Spent', 18, (m) => amountCell(m.spent)), currency],
  },
  {
    name: 'deadline',
    parts: [
      part<Matter>('下一期限', 'Next deadline', 12, (m) => ({ day: m.nextDeadline })),
      part<Matter>('待复核期限', 'Unconfirmed deadlines', 12, (m) =>
        countCell(m.unconfirmedDeadlines),
      ),
    ],
  },
  {
    name: 'limitation',
    parts: [
      part<Matter>('时效届满', 'Limitation expires', 12, (m) => ({ day: m.limitationExpiresOn })),
    ],
  },
  {
    name: 'gaps',
    parts: [part<Matter>('证据缺口', 'Evidence gaps', 10, (m) => countCell(m.evidenceGaps))],
  },
  {
    name: 'debtor',
    isExtra: true,
    parts: [part<Matter>('债务人', 'Debtor', 32, (m) => m.debtorName)],
  },
  {
    name: 'type',
    isExtra: true,
    parts: [part<Matter>('债权类型', 'Kind of debt', 14, (m, to) => debtTypes(m.debtType)[to])],
  },
] as const;

export const matters = exportList<ListMattersRequest, Matter>({
  title: { 'zh-CN': '诉讼案', en: 'Matters' },
  method: '/recourse.litigation.v1.MattersService/ListMatters',
  columns,
  codec: ListMattersRequest,
  read: async (tx, _viewer, { request, page, at }) => {
    const found = await mattersPage(tx, { request: { ...request, page }, at });
    return { rows: found.matters, page: found.page };
  },
});
