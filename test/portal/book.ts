import { randomUUIDv7 } from 'node:crypto';
import { creditCodeCheckCharacter } from '@recourse/kit/check.ts';
import type { Language } from './browser.ts';
import { dayAgo, type Desk, type Json, manyOf, textOf } from './desk.ts';

/**
 * What a debtor is there for. Each journey in each language has one of its own: `heard` stands in
 * court, against `waiting` nothing has been done and its limitation runs.
 */
export type Part = 'rated' | 'listed' | 'sued' | 'heard' | 'waiting' | 'placed';

export type Debtor = {
  part: Part;
  language: Language;
  name: string;
  number: string;
  creditCode: string;
  /** Principal in yuan, of two documents. */
  yuan: number;
  /** Of the older document. */
  daysOverdue: number;
};

/** A valid credit code of a company at a place (GB 32100). */
export function codeOf(place: string, body: number): string {
  const first17 = `91${place}${body}X`;
  return first17 + (creditCodeCheckCharacter(first17) ?? '');
}

const cast: readonly (readonly [Part, Language, string, number, number])[] = [
  ['rated', 'zh-CN', '苏州恒达精密机械有限公司', 600_000, 75],
  ['rated', 'en', '无锡鼎盛数控设备有限公司', 480_000, 62],
  ['listed', 'zh-CN', '南通宏远机电设备有限公司', 560_000, 160],
  ['listed', 'en', '常州盛科金属制品有限公司', 720_000, 150],
  ['sued', 'zh-CN', '宁波越川模具有限公司', 500_000, 120],
  ['sued', 'en', '杭州联创自动化有限公司', 1_000_000, 110],
  ['heard', 'zh-CN', '上海晟腾紧固件有限公司', 120_000, 45],
  ['heard', 'en', '嘉兴恒锐轴承有限公司', 150_000, 55],
  ['waiting', 'zh-CN', '厦门宏图电气有限公司', 110_000, 40],
  ['waiting', 'en', '合肥嘉维光电有限公司', 90_000, 35],
  ['placed', 'zh-CN', '广州润成五金制品有限公司', 210_000, 90],
  ['placed', 'zh-CN', '东莞凯信电子有限公司', 160_000, 70],
  ['placed', 'zh-CN', '佛山卓辉建材有限公司', 330_000, 130],
  ['placed', 'en', '青岛海泰新材料有限公司', 280_000, 66],
  ['placed', 'en', '武汉天恒机电有限公司', 150_000, 82],
  ['placed', 'en', '成都安驰物流有限公司', 95_000, 51],
];

/** The book of the creditor that the journeys are about: made up, every code is valid. */
export const debtors: readonly Debtor[] = cast.map(
  ([part, language, name, yuan, daysOverdue], at) => ({
    part,
    language,
    name,
    number: `JG${String(1001 + at)}`,
    creditCode: codeOf('320500', 10_000_000 + 1_234_567 * at),
    yuan,
    daysOverdue,
  }),
);

/** The only debtor with this part in this language. */
export function debtorOf(part: Part, language: Language): Debtor {
  const found = debtors.find((one) => one.part === part && one.language === language);
  if (found === undefined) throw new Error(`nobody is ${part} in ${language}`);
  return found;
}

/** A company of nearly the same name elsewhere, with a code of its own: not to be hurt. */
export function namesakeOf({ name, creditCode }: Debtor): { name: string; creditCode: string } {
  const body = Number.parseInt(creditCode.slice(8, 16), 10) + 7;
  return { name: name.replace('有限公司', '有限责任公司'), creditCode: codeOf('440300', body) };
}

const columns = [
  ['单据号', 'DOCUMENT_NUMBER'],
  ['客户编号', 'CUSTOMER_NUMBER'],
  ['客户名称', 'CUSTOMER_NAME'],
  ['信用代码', 'CREDIT_CODE'],
  ['单据日期', 'DOCUMENT_DATE'],
  ['到期日', 'DUE_DATE'],
  ['金额', 'AMOUNT'],
  ['币种', 'CURRENCY'],
  ['结清日', 'SETTLED_DATE'],
  ['地区', 'REGION'],
  ['行业', 'INDUSTRY'],
] as const;

/** Two overdue documents of each debtor, and three that it paid a little late before. */
function rowsOf(one: Debtor): string[] {
  const about = [one.number, one.name, one.creditCode];
  const row = (number: string, due: number, yuan: number, settled: string): string => {
    const days = [dayAgo(due + 30), dayAgo(due)];
    const cells = [`${one.number}-${number}`, ...about, ...days, `${yuan}.00`, 'CNY', settled];
    return [...cells, '江苏', '机械'].join(',');
  };
  const { daysOverdue: late, yuan } = one;
  return [
    row('A1', late, yuan * 0.6, ''),
    row('A2', late - 20, yuan * 0.4, ''),
    ...[1, 2, 3].map((past) =>
      row(`P${past}`, late + 60 * past, 50_000, dayAgo(late + 60 * past - 9)),
    ),
  ];
}

/** Imports the book through the gateway; resolves to the id of the import. */
export async function importBook(desk: Desk): Promise<string> {
  const lines = [columns.map(([name]) => name).join(','), ...debtors.flatMap(rowsOf)];
  const { uploadId } = await desk.upload('应收账款.csv', `${lines.join('\r\n')}\r\n`);
  const importId = randomUUIDv7();
  const at = `/v1/imports/${importId}`;
  await desk.put(at, { uploadId, source: 'ERP' });
  const isAt = (state: string) => (json: Json) => {
    const now = textOf(json['import']?.['state']);
    if (now === 'IMPORT_STATE_FAILED') throw new Error(JSON.stringify(json['import']));
    return now === `IMPORT_STATE_${state}`;
  };
  await desk.until(at, isAt('MAPPING'));
  const mapping = {
    columns: columns.map(([, field], position) => ({ position, field: `IMPORT_FIELD_${field}` })),
    defaultCurrency: 'CNY',
  };
  await desk.post(`${at}:check`, { mapping });
  await desk.until(at, isAt('CHECKED'));
  await desk.post(`${at}:commit`);
  await desk.until(at, isAt('COMMITTED'));
  return importId;
}

/** The cases opened from what is overdue, by the debtor's name; the debtor is the customer. */
export type Files = ReadonlyMap<string, { caseId: string; customerId: string }>;

export async function openCases(desk: Desk): Promise<Files> {
  await desk.post('/v1/cases:open');
  const { cases } = await desk.get('/v1/cases?page.size=100');
  return new Map(
    manyOf(cases).map((one) => [
      textOf(one['debtorName']),
      { caseId: textOf(one['caseId']), customerId: textOf(one['debtorId']) },
    ]),
  );
}
