import { isDay } from '@recourse/kit/check.ts';
import { fault } from '@recourse/kit/fault.ts';
import { minorDigits, parseDecimal } from '@recourse/kit/money.ts';
import type { FinancialStatement } from '@recourse/proto/credit/v1/ratings.ts';
import { readDelimited } from './fitting/delimited.ts';
import { isLeftEmpty } from './fitting/missing-text.ts';

/** Statements are often told in whole units: the sides may differ by one major unit. */
function tolerance(currency: string): bigint {
  return 10n ** BigInt(minorDigits(currency));
}

function beyond(part: bigint, whole: bigint, allowed: bigint): boolean {
  return part > whole + allowed;
}

/**
 * Refuses a statement that cannot be right. Faults, in this order: `invalid`
 * statement_has_no_assets, statement_does_not_balance (with the difference),
 * current_assets_exceed_assets, parts_exceed_current_assets,
 * current_liabilities_exceed_liabilities.
 */
export function checkBalance(one: FinancialStatement): void {
  const allowed = tolerance(one.currency);
  if (one.totalAssetsMinor <= 0n) {
    throw fault('invalid', 'statement_has_no_assets', { periodEnd: one.periodEnd });
  }
  const other = one.totalLiabilitiesMinor + one.equityMinor;
  const difference = one.totalAssetsMinor - other;
  if (difference > allowed || difference < -allowed) {
    throw fault('invalid', 'statement_does_not_balance', {
      periodEnd: one.periodEnd,
      assetsMinor: one.totalAssetsMinor,
      liabilitiesAndEquityMinor: other,
      differenceMinor: difference,
      currency: one.currency,
    });
  }
  if (beyond(one.currentAssetsMinor, one.totalAssetsMinor, allowed)) {
    throw fault('invalid', 'current_assets_exceed_assets', { periodEnd: one.periodEnd });
  }
  const parts = one.cashMinor + one.receivablesMinor + one.inventoryMinor;
  if (beyond(parts, one.currentAssetsMinor, allowed)) {
    throw fault('invalid', 'parts_exceed_current_assets', { periodEnd: one.periodEnd });
  }
  if (beyond(one.currentLiabilitiesMinor, one.totalLiabilitiesMinor, allowed)) {
    throw fault('invalid', 'current_liabilities_exceed_liabilities', { periodEnd: one.periodEnd });
  }
}

/** A ratio to four digits; undefined without a divisor. */
function ratio(part: bigint, whole: bigint): number | undefined {
  return whole === 0n ? undefined : Number((part * 10_000n) / whole) / 10_000;
}

/** The ratios a rating looks at; profit and flow figures are brought to twelve months. */
export function ratios(one: FinancialStatement): Record<string, number | undefined> {
  const months = BigInt(one.months || 12);
  const yearly = (value: bigint): bigint => (value * 12n) / months;
  return {
    current_ratio: ratio(one.currentAssetsMinor, one.currentLiabilitiesMinor),
    quick_ratio: ratio(one.currentAssetsMinor - one.inventoryMinor, one.currentLiabilitiesMinor),
    debt_ratio: ratio(one.totalLiabilitiesMinor, one.totalAssetsMinor),
    net_margin: ratio(one.netProfitMinor, one.revenueMinor),
    interest_cover: ratio(one.operatingProfitMinor, one.interestExpenseMinor),
    cash_flow_to_debt: ratio(yearly(one.operatingCashFlowMinor), one.totalLiabilitiesMinor),
    asset_turnover: ratio(yearly(one.revenueMinor), one.totalAssetsMinor),
    return_on_assets: ratio(yearly(one.netProfitMinor), one.totalAssetsMinor),
  };
}

type FigureName = Extract<keyof FinancialStatement, `${string}Minor`>;

/** Row headings by which a figure is known, in lower case without blanks. */
const headings: Readonly<Record<FigureName, readonly string[]>> = {
  cashMinor: ['cash', 'cashandequivalents', '货币资金'],
  receivablesMinor: ['receivables', 'accountsreceivable', 'tradereceivables', '应收账款'],
  inventoryMinor: ['inventory', 'inventories', '存货'],
  currentAssetsMinor: ['currentassets', 'totalcurrentassets', '流动资产合计', '流动资产'],
  totalAssetsMinor: ['totalassets', 'assets', '资产总计', '总资产', '资产合计'],
  currentLiabilitiesMinor: ['currentliabilities', 'totalcurrentliabilities', '流动负债合计'],
  totalLiabilitiesMinor: ['totalliabilities', 'liabilities', '负债合计', '总负债'],
  equityMinor: [
    'equity',
    'totalequity',
    'ownersequity',
    '所有者权益合计',
    '股东权益合计',
    '净资产',
  ],
  revenueMinor: ['revenue', 'sales', 'turnover', '营业收入'],
  costOfSalesMinor: ['costofsales', 'costofgoodssold', '营业成本'],
  operatingProfitMinor: ['operatingprofit', 'ebit', '营业利润'],
  interestExpenseMinor: ['interestexpense', 'interest', '利息支出', '利息费用'],
  netProfitMinor: ['netprofit', 'netincome', '净利润'],
  operatingCashFlowMinor: ['operatingcashflow', 'cashflow', '经营活动产生的现金流量净额'],
};

/** Without these there is nothing to balance. */
const needed: readonly FigureName[] = ['totalAssetsMinor', 'totalLiabilitiesMinor', 'equityMinor'];

function figureOf(heading: string): FigureName | undefined {
  const plain = heading.toLowerCase().replaceAll(/[\s_\-'’()（）:：]/g, '');
  const found = Object.entries(headings).find(([, known]) => known.includes(plain));
  return found?.[0] as FigureName | undefined;
}

function blank(periodEnd: string, currency: string): FinancialStatement {
  return {
    statementId: '',
    periodEnd,
    months: 12,
    currency,
    audited: false,
    cashMinor: 0n,
    receivablesMinor: 0n,
    inventoryMinor: 0n,
    currentAssetsMinor: 0n,
    totalAssetsMinor: 0n,
    currentLiabilitiesMinor: 0n,
    totalLiabilitiesMinor: 0n,
    equityMinor: 0n,
    revenueMinor: 0n,
    costOfSalesMinor: 0n,
    operatingProfitMinor: 0n,
    interestExpenseMinor: 0n,
    netProfitMinor: 0n,
    operatingCashFlowMinor: 0n,
    enteredBy: 'csv',
  };
}

function minorOf(cell: string, currency: string, unit: bigint, where: string): bigint {
  if (isLeftEmpty(cell)) return 0n;
  const bracketed = /^\((.*)\)$/.exec(cell);
  const text = (bracketed === null ? cell : `-${bracketed[1] ?? ''}`).replaceAll(/[,\s]/g, '');
  const read = parseDecimal(text, currency);
  if (read === undefined) throw fault('invalid', 'figure_is_no_number', { where, cell });
  return read.amount.minor * unit;
}

/**
 * Reads statements from CSV text: the first column names figures, in English or Chinese, each
 * further one is a period headed by its last day (or its year). Figures stand in `unit` major
 * units. Faults: `invalid` period_unreadable, figure_is_no_number, figure_missing, those of
 * `readDelimited`, and those of `checkBalance` for each period.
 */
export function readStatements(text: string, currency: string, unit: bigint): FinancialStatement[] {
  const { names, rows } = withPeriods(text);
  const seen = new Set<FigureName>();
  const statements = names.slice(1).map((heading) => {
    const periodEnd = /^\d{4}$/.test(heading) ? `${heading}-12-31` : heading;
    if (!isDay(periodEnd)) throw fault('invalid', 'period_unreadable', { heading });
    return blank(periodEnd, currency);
  });
  for (const [heading = '', ...cells] of rows) {
    const name = figureOf(heading);
    if (name === undefined) continue;
    seen.add(name);
    statements.forEach((one, at) => {
      one[name] = minorOf(cells[at] ?? '', currency, unit, `${heading} ${one.periodEnd}`);
    });
  }
  for (const name of needed) {
    if (!seen.has(name))
      throw fault('invalid', 'figure_missing', { figure: headings[name][0] ?? '' });
  }
  for (const one of statements) checkBalance(one);
  return statements;
}

/** The first row holds days or years, which a reader of tables takes for data. */
function withPeriods(text: string): { names: string[]; rows: string[][] } {
  const read = readDelimited(text);
  const isHeaded = read.names.slice(1).some((name) => /^\d{4}(-\d{2}-\d{2})?$/.test(name));
  if (isHeaded) return read;
  const [first, ...rest] = read.rows;
  return { names: first ?? [], rows: rest };
}
