import { randomUUIDv7 } from 'node:crypto';
import { headersOf, subjectOf } from '@recourse/kit/envelope.ts';
import { type Debtor, debtorOf, debtors, type Files, importBook, openCases } from './book.ts';
import type { Language } from './browser.ts';
import { dayAgo, type Desk, deskOf, manyOf, textOf, today } from './desk.ts';
import type { TestHouse } from './house.ts';

/** Who plays in the journeys, each with the desk of a login of the demonstration. */
const logins = {
  director: 'jinggong.director',
  creditManager: 'jinggong.credit_manager',
  legalOfficer: 'jinggong.legal_officer',
  finance: 'jinggong.finance',
  member: 'haishu.director',
  first: 'hengxin.manager',
  second: 'chengda.manager',
  steward: 'xiehui.steward',
  reviewer: 'xiehui.reviewer',
} as const;

type Part = keyof typeof logins;

export type People = Readonly<Record<Part, Desk>>;

/** What stands before the journeys begin, made through the gateway as people make it. */
export type World = {
  people: People;
  files: Files;
  /** Ids for the pages of one thing, by the name that their address has for them. */
  ids: Readonly<Record<string, string>>;
};

const yuan = (amount: number) => ({ currency: 'CNY', minor: String(amount * 100) });

async function openDesks(house: TestHouse): Promise<People> {
  const desk = (part: Part) => deskOf(house, logins[part]);
  const [director, creditManager, legalOfficer, finance, member] = await Promise.all([
    desk('director'),
    desk('creditManager'),
    desk('legalOfficer'),
    desk('finance'),
    desk('member'),
  ]);
  const [first, second, steward, reviewer] = await Promise.all([
    desk('first'),
    desk('second'),
    desk('steward'),
    desk('reviewer'),
  ]);
  const agencies = { first, second };
  return { director, creditManager, legalOfficer, finance, member, ...agencies, steward, reviewer };
}

/** Registry, answers, last year's statement and a bad sign of a customer, which is rated by it. */
async function know({ creditManager }: People, customerId: string): Promise<void> {
  const at = `/v1/customers/${customerId}`;
  const since = dayAgo(5);
  await creditManager.put(`${at}/credit-file`, {
    registry: { foundedOn: '2009-05-01', status: 'active', ownership: 'private', employees: 180 },
    answers: {
      marketPosition: 3,
      management: 4,
      integrity: 4,
      industryOutlook: 3,
      relationYears: 6,
    },
    flags: [{ code: 'tax_arrears', since, source: '企业公示系统' }],
  });
  const minor = (amount: number) => String(amount * 100);
  await creditManager.put(`${at}/financial-statements/${randomUUIDv7()}`, {
    statement: {
      periodEnd: `${today.year - 1}-12-31`,
      months: 12,
      currency: 'CNY',
      audited: true,
      currentAssetsMinor: minor(6_000_000),
      totalAssetsMinor: minor(10_000_000),
      currentLiabilitiesMinor: minor(2_000_000),
      totalLiabilitiesMinor: minor(4_000_000),
      equityMinor: minor(6_000_000),
      revenueMinor: minor(20_000_000),
      netProfitMinor: minor(2_000_000),
    },
  });
  await creditManager.post(`${at}/rating:rate`);
}

/** An association with its members, and two stewards whom none of them employs. */
async function foundAssociation(people: People): Promise<void> {
  const { reviewer, steward, director, member } = people;
  const about = { region: '长三角', industry: '制造与贸易', impactAssessment: 'PIA-2026-01' };
  const at = `/v1/blacklist/associations/${reviewer.orgId}`;
  await reviewer.put(at, { name: reviewer.orgName, ...about });
  const joins = [director, member].map(({ orgId, orgName: name }) =>
    reviewer.put(`/v1/blacklist/members/${orgId}`, { name, state: 'MEMBER_STATE_ACTIVE' }),
  );
  const serves = [steward, reviewer].map(({ userId, name }) =>
    reviewer.put(`/v1/blacklist/stewards/${userId}`, { name, active: true }),
  );
  await Promise.all([...joins, ...serves]);
}

async function introduce(agency: Desk): Promise<void> {
  await agency.put(`/v1/agencies/${agency.orgId}`, {
    name: agency.orgName,
    sectors: ['机械', '电子'],
    regions: ['江苏'],
    languages: ['zh-CN'],
    licences: [{ kind: '营业执照', number: agency.orgId, expiresOn: '2099-12-31' }],
    agentCount: 12,
    capacityCases: 800,
    listTerms: { flat: { rateBps: 1500 }, vatBps: 600, tailDays: 30 },
  });
}

type Placed = { caseIds: string[]; placementIds: string[] };

/** Places the cases with the agency, which takes them on; the creditor sees one payment on each. */
async function place(people: People, agency: Desk, caseIds: string[]): Promise<Placed> {
  const placements = caseIds.map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
  const placementIds = placements.map((one) => one.placementId);
  await people.director.post('/v1/placements:place', { placements, agencyId: agency.orgId });
  await agency.post('/v1/placements:accept', { placementIds });
  await agency.until('/v1/cases', ({ cases }) => manyOf(cases).length >= caseIds.length);
  return { caseIds, placementIds };
}

/**
 * A week of the agency's work on a case: a letter, a promise, a plan, money, its report and
 * commission.
 */
async function work(people: People, agency: Desk, caseId: string) {
  const at = `/v1/cases/${caseId}`;
  const letter = { channel: 'EMAIL', party: 'DEBTOR', result: 'SENT', note: '对账单已发' };
  await agency.put(`${at}/contacts/${randomUUIDv7()}`, letter);
  const promise = { amount: yuan(20_000), dueDay: dayAgo(-3), promisedBy: '财务经理' };
  await agency.put(`${at}/promises/${randomUUIDv7()}`, promise);
  const parts = [0, 30].map((days) => ({ dueDay: dayAgo(-days), amount: yuan(30_000) }));
  const plan = { amount: yuan(60_000), instalments: parts, agreedWith: '财务经理' };
  await people.director.put(`${at}/plans/${randomUUIDv7()}`, { ...plan, accelerates: true });
  const payment = { amount: yuan(30_000), receivedOn: dayAgo(0), means: 'bank_transfer' };
  await people.finance.put(`${at}/payments/${randomUUIDv7()}`, payment);
  const reportId = randomUUIDv7();
  const weekStart = today.subtract({ days: today.dayOfWeek - 1 }).toString();
  await agency.put(`/v1/reports/${reportId}`, { creditorId: people.director.orgId, weekStart });
  await agency.post(`/v1/reports/${reportId}:submit`, { summary: '已联系全部客户' });
  const lines = `/v1/commission/lines?caseId=${caseId}`;
  await people.finance.until(lines, (json) => manyOf(json['lines']).length > 0);
  const statementId = randomUUIDv7();
  const of = { agencyId: agency.orgId, month: dayAgo(0).slice(0, 7), currency: 'CNY' };
  await people.finance.put(`/v1/statements/${statementId}`, of);
  return { reportId, statementId };
}

/** A case is tendered to both agencies, and the second has bid. */
async function tender({ director, first, second }: People, caseId: string) {
  const tenderId = randomUUIDv7();
  await director.put(`/v1/tenders/${tenderId}`, {
    title: '江苏机械逾期款',
    caseIds: [caseId],
    agencyIds: [first.orgId, second.orgId],
    deadline: `${dayAgo(-7)}T10:00:00Z`,
  });
  const terms = { flat: { rateBps: 1400 }, vatBps: 600, tailDays: 30 };
  await second.put(`/v1/tenders/${tenderId}/bids/${randomUUIDv7()}`, { terms });
  return { tenderId };
}

/** A write-off that waits for the director. */
async function giveUp({ legalOfficer }: People, caseId: string) {
  const closingId = randomUUIDv7();
  await legalOfficer.put(`/v1/closings/${closingId}`, {
    kind: 'CLOSING_KIND_WRITE_OFF',
    caseIds: [caseId],
    reason: 'CLOSING_REASON_DEREGISTERED',
    note: '企业已注销，清算组未留债权登记',
  });
  return { closingId };
}

/** What the agencies have and do: two of them, so that there is a ranking. */
async function placeAll(people: People, files: Files) {
  const { first, second } = people;
  await Promise.all([introduce(first), introduce(second)]);
  const idsOf = (language: Language) =>
    debtors
      .filter((one) => one.part === 'placed' && one.language === language)
      .map((one) => files.get(one.name)?.caseId ?? '');
  const [mine] = await Promise.all([
    place(people, first, idsOf('zh-CN')),
    place(people, second, idsOf('en')),
  ]);
  const [caseId = ''] = mine.caseIds;
  const made = await work(people, first, caseId);
  const offered = files.get(debtorOf('waiting', 'en').name)?.caseId ?? '';
  const path = `/v1/cases/${offered}/placements/${randomUUIDv7()}`;
  await people.director.put(path, { agencyId: first.orgId, note: '请尽快联系' });
  const waitingId = files.get(debtorOf('waiting', 'zh-CN').name)?.caseId ?? '';
  const tendered = await tender(people, waitingId);
  const givenUp = await giveUp(people, waitingId);
  return { ...made, ...tendered, ...givenUp, placedCaseId: caseId, agencyId: first.orgId };
}

/** A listing that is only drafted, look-ups one by one and by file, and a customer that waits. */
async function fill(people: People, files: Files) {
  const { creditManager, director, member, reviewer } = people;
  const heard = debtorOf('heard', 'zh-CN');
  const { caseId = '', customerId = '' } = files.get(heard.name) ?? {};
  const ids = { listingId: randomUUIDv7(), bulkId: randomUUIDv7(), admissionId: randomUUIDv7() };
  await director.put(`/v1/blacklist/listings/${ids.listingId}`, {
    ...claimOf(heard, reviewer.orgId),
    debtorId: customerId,
    caseId,
  });
  const rows = [{ name: heard.name, creditCode: heard.creditCode }];
  const purpose = 'PURPOSE_MONITORING';
  await member.put(`/v1/blacklist/bulk-screens/${ids.bulkId}`, { purpose, rows });
  await creditManager.put(`/v1/admissions/${ids.admissionId}`, {
    customerId,
    askedLimit: yuan(900_000),
    note: '年度框架合同',
  });
  return { ...ids, caseId, customerId };
}

function claimOf(debtor: Debtor, associationId: string) {
  return {
    associationId,
    kind: 'SUBJECT_KIND_COMPANY',
    name: debtor.name,
    creditCode: debtor.creditCode,
    category: 'CATEGORY_REPEATED_BREACH',
    scope: 'SCOPE_ASSOCIATION',
    amountBand: 'AMOUNT_BAND_FROM_100K',
    conductFrom: dayAgo(debtor.daysOverdue),
    conductUntil: dayAgo(3),
  };
}

/** A matter in court with a hearing, its deadlines and the first of its papers. */
async function sue({ legalOfficer }: People, caseId: string) {
  const ids = { matterId: randomUUIDv7(), proceedingId: randomUUIDv7() };
  const at = `/v1/matters/${ids.matterId}`;
  const about = { debtType: 'DEBT_TYPE_SALE_OF_GOODS', province: '江苏省' };
  await legalOfficer.put(at, { caseIds: [caseId], ...about });
  const proceeding = `${at}/proceedings/${ids.proceedingId}`;
  const court = '苏州市虎丘区人民法院';
  const on = dayAgo(20);
  await legalOfficer.put(proceeding, { procedure: 'PROCEDURE_ORDINARY', court, on });
  for (const [stage, days] of [
    ['filed', 20],
    ['docketed', 15],
    ['served', 8],
  ] as const) {
    await legalOfficer.post(`${proceeding}:move`, { stage, on: dayAgo(days) });
  }
  const hearing = { at: `${dayAgo(-9)}T01:00:00Z`, place: '第五法庭', kind: 'first_hearing' };
  const where = `${at}/hearings/${randomUUIDv7()}`;
  await legalOfficer.put(where, { ...hearing, proceedingId: ids.proceedingId });
  const cost = { what: 'acceptance_fee', amount: yuan(2_700), paidOn: dayAgo(14) };
  await legalOfficer.put(`${at}/costs/${randomUUIDv7()}`, cost);
  const paper = { kind: 'DOCUMENT_KIND_STATEMENT_OF_CLAIM', proceedingId: ids.proceedingId };
  await legalOfficer.put(`${at}/documents/${randomUUIDv7()}`, paper);
  return { ...ids, debtId: caseId };
}

/** A model fitted on a table of outcomes in which those with little equity mostly failed. */
async function fitModel({ creditManager }: People): Promise<string> {
  const rows = Array.from({ length: 300 }, (_, at) => {
    const equity = (at * 37) % 100;
    const years = (at * 53) % 40;
    const failed = (at * 71) % 100 < 60 - equity / 2 - years / 2 ? 1 : 0;
    return `${equity},${years},${failed}`;
  });
  const table = `${['equity,years,failed', ...rows].join('\n')}\n`;
  const { uploadId: fileId } = await creditManager.upload('history.csv', table);
  const modelId = randomUUIDv7();
  const about = { name: '历史样本', kind: 'MODEL_KIND_SCORECARD', target: 'failed', folds: 3 };
  await creditManager.put(`/v1/credit-models/${modelId}`, { ...about, fileId });
  await creditManager.until(`/v1/credit-models/${modelId}`, ({ model }) => {
    return textOf(model?.['state']) !== 'MODEL_STATE_FITTING';
  });
  return modelId;
}

/** Noise in the place of an event of cases: credit cannot read it and parks it. */
function parkNoise({ nats }: TestHouse, { director }: People): string {
  const eventId = randomUUIDv7();
  const sent = headersOf(eventId, {
    org_id: director.orgId,
    aggregate_id: eventId,
    version: 1n,
    type: 'paymentRecorded',
    audience: [],
    actor: null,
    traceparent: null,
    at: Temporal.Now.instant().toString(),
  });
  const noise = new Uint8Array([255, 255, 255, 255]);
  nats.publish(subjectOf('cases', 'paymentRecorded'), noise, { headers: sent });
  return eventId;
}

/** Makes all of it; some seconds, as far as possible at the same time. */
export async function makeWorld(house: TestHouse): Promise<World> {
  const people = await openDesks(house);
  const eventId = parkNoise(house, people);
  const [importId, modelId] = await Promise.all([
    importBook(people.director),
    fitModel(people),
    foundAssociation(people),
  ]);
  const files = await openCases(people.director);
  // Credit learns of the customers by events.
  await people.creditManager.until(
    '/v1/customers',
    ({ customers }) => manyOf(customers).length >= debtors.length,
  );
  const rated = (['zh-CN', 'en'] as const).map((language) =>
    know(people, files.get(debtorOf('rated', language).name)?.customerId ?? ''),
  );
  const suit = (language: Language) =>
    sue(people, files.get(debtorOf('heard', language).name)?.caseId ?? '');
  const [placed, filled, sued] = await Promise.all([
    placeAll(people, files),
    fill(people, files),
    suit('zh-CN'),
    suit('en'),
    ...rated,
  ]);
  const { orgId } = people.director;
  const known = { orgId, eventId, importId, modelId };
  return { people, files, ids: { ...known, ...placed, ...filled, ...sued } };
}
