import { words } from '../session/language';

/** Words of insight: how cases go over time. */
export const t = words(
  {
    title: '分析',
    lead: '{first} 至 {last}',
    period: '期间',
    lastMonths: '近 {count} 个月',
    currency: '币种',
    by: '批次',
    opened: '按立案月份',
    placed: '按委外月份',
    none: '这段期间没有可分析的数据',
    noneHint: '导入应收账款并立案后，这里显示回收、联系和账款的走势。',
    import: '导入应收账款',
    cases: '案件数',
    dso: '应收账款周转天数',
    days: '{days} 天',
    dsoHint: '{month} 月末，目标 {target} 天',
    overdueRate: '逾期率',
    atEnd: '{month} 月末',
    cei: '收款有效指数',
    inMonth: '{month}',
    recovered: '已回收',
    recoveredIn: '当月回收',
    before: '上年同月 {amount}',
    noBefore: '上年同月无记录',
    curves: '回收曲线 ({currency})',
    curvesOpenedHint:
      '同月立案的案件，到第几个月末累计收回立案金额的比例。未结束的月份不计；每件案件最多计到其立案金额。',
    curvesPlacedHint:
      '同月由机构接受的委外，机构持有期间累计收回委外金额的比例。未结束的月份不计；再次委外另计一次。',
    monthsAfter: '之后月数',
    monthAfter: '第 {count} 月',
    vintageName: '{month}（{cases} 件）',
    vintages: '各批次 ({currency})',
    exportCsv: '导出 CSV',
    month: '月份',
    base: '立案金额',
    basePlaced: '委外金额',
    share: '回收率',
    until: '截至月末',
    funnelCases: '案件进展（件数）',
    funnelMoney: '案件进展 ({currency})',
    funnelHint:
      '期间内立案、该币种的案件，到今天各有多少走到这一步。每一步单独计数：未联系就付款的，计入付款而不计入联系；按台账结清的案件计入付清，其金额不计入回收。',
    stage: '阶段',
    FUNNEL_STAGE_OPENED: '立案',
    FUNNEL_STAGE_REACHED: '有效联系',
    FUNNEL_STAGE_PROMISED: '承诺付款',
    FUNNEL_STAGE_PAID_IN_PART: '已付款',
    FUNNEL_STAGE_PAID_IN_FULL: '全部付清',
    hour: '时段',
    attempts: '联系次数（星期 × 时段）',
    effective: '有效联系率（星期 × 时段）',
    heatHint: '按客户所在时区；仅合规允许的联系，不含函件。有效联系：联系到人。全部币种。',
    dsoChart: '应收账款周转天数 ({currency})',
    target: '目标',
    rates: '逾期率与收款有效指数 ({currency})',
    ratesHint:
      '逾期率：月末逾期 ÷ 月末未清。收款有效指数（CRF）：（月初未清 + 当月开票 − 月末未清 − 当月核销和转让）÷' +
      '（月初未清 + 当月开票 − 月末未到期）。',
    badDebt: '坏账',
    badDebtRate: '坏账率',
    badDebtHint: '截至 {month} 的十二个月坏账 ÷ 同期开票',
    badDebtUnknown: '截至 {month} 的十二个月没有开票，无从计算',
    badDebtRateChart: '坏账率，每月末回看十二个月 ({currency})',
    badDebtChart: '每月坏账 ({currency})',
    badDebtNote:
      '坏账：核销和转让放弃的金额，减去转让价和核销后到账的款项；撤回不计。' +
      '坏账率的分母是同样十二个月的开票金额，不是未清余额；' +
      '被放弃的欠款可能开票更早，所以它不等于这些开票的损失率。' +
      '到账多于放弃的一年按 0 计；十二个月没有开票则不画点。',
    recoveredChart: '每月回收与上年同月 ({currency})',
    yearBefore: '上年同月',
    recoveredHint: '按到账日计，已冲销的付款和客户预存款的使用不计。只显示已结束的月份。',
  },
  {
    title: 'Insight',
    lead: '{first} to {last}',
    period: 'Period',
    lastMonths: 'Last {count} months',
    currency: 'Currency',
    by: 'Vintages',
    opened: 'By month of opening',
    placed: 'By month of placement',
    none: 'Nothing to look into in this period',
    noneHint: 'Import receivables and open cases: recovery, contacts and the book then show here.',
    import: 'Import receivables',
    cases: 'Cases',
    dso: 'DSO',
    days: '{days} d',
    dsoHint: 'end of {month}, target {target} d',
    overdueRate: 'Overdue rate',
    atEnd: 'end of {month}',
    cei: 'Collection effectiveness',
    inMonth: '{month}',
    recovered: 'Recovered',
    recoveredIn: 'Recovered in the month',
    before: 'year before {amount}',
    noBefore: 'nothing known of the year before',
    curves: 'Recovery curves ({currency})',
    curvesOpenedHint:
      'Cases opened in the same month: the share of what they were opened with that had ' +
      'come back by the end of each month after. A month under way gives no point; no case ' +
      'counts for more than it was opened with.',
    curvesPlacedHint:
      'Placements accepted in the same month: the share of what was placed that came back ' +
      'while the agency held them. A month under way gives no point; a case placed again ' +
      'counts again.',
    monthsAfter: 'Months after',
    monthAfter: 'Month {count}',
    vintageName: '{month} ({cases})',
    vintages: 'Vintages ({currency})',
    exportCsv: 'Export CSV',
    month: 'Month',
    base: 'Opened with',
    basePlaced: 'Placed',
    share: 'Recovery rate',
    until: 'By end of',
    funnelCases: 'How far cases come (cases)',
    funnelMoney: 'How far cases come ({currency})',
    funnelHint:
      'Cases of the currency opened in the period, and how many of them have come to each ' +
      'step by now. Each step counts by itself: who pays without being reached is paid, ' +
      'and not reached. A case that the ledger settles is paid in full, and no recovery.',
    stage: 'Step',
    FUNNEL_STAGE_OPENED: 'Opened',
    FUNNEL_STAGE_REACHED: 'Reached',
    FUNNEL_STAGE_PROMISED: 'Promised',
    FUNNEL_STAGE_PAID_IN_PART: 'Paid anything',
    FUNNEL_STAGE_PAID_IN_FULL: 'Paid in full',
    hour: 'Hour',
    attempts: 'Contacts by weekday and hour',
    effective: 'Share that reached somebody',
    heatHint:
      'By the debtor’s own clock; permitted contacts, letters left out. Effective ones ' +
      'reached somebody. All currencies.',
    dsoChart: 'DSO ({currency})',
    target: 'Target',
    rates: 'Overdue rate and CEI ({currency})',
    ratesHint:
      'Overdue rate: overdue ÷ open at the month’s end. Collection effectiveness index ' +
      '(CEI, of the CRF): (open before + invoiced − open after − given up) ÷ (open before + ' +
      'invoiced − not yet due after).',
    badDebt: 'Bad debt',
    badDebtRate: 'Bad-debt rate',
    badDebtHint: 'bad debt ÷ invoiced, twelve months to {month}',
    badDebtUnknown: 'nothing invoiced in the twelve months to {month}',
    badDebtRateChart: 'Bad-debt rate, twelve months back ({currency})',
    badDebtChart: 'Bad debt by month ({currency})',
    badDebtNote:
      'Bad debt: given up by write-off and sale, less the price of sales and what came in after ' +
      'a write-off; withdrawals are none. The rate is of what was invoiced in the same twelve ' +
      'months, not of what is open; what was given up may have been invoiced before, so it is no ' +
      'loss rate of those invoices. A year that brought in more than it gave up counts as 0; ' +
      'without invoices there is no point.',
    recoveredChart: 'Recovered by month ({currency})',
    yearBefore: 'Year before',
    recoveredHint:
      'By the day of receipt; reversed payments and the use of debtors’ credit left out. ' +
      'Ended months only.',
  },
);
