import { randomUUIDv7 } from 'node:crypto';
import { byRole, done, key, many, person, text, until } from './asking.ts';
import { makeFurther } from './further.ts';
import { type Ids, type Json, type Org, org, type Person, type Send } from './people.ts';

/**
 * A creditor with its own agency, and what is between them: one case placed and worked, one kept,
 * one offered, one recalled. Each debtor carries a canary: a word that only those may read who may
 * see it.
 */
export type Side = {
  creditor: Org;
  agency: Org;
  association: Org;
  /** By role. */
  creditorPeople: ReadonlyMap<string, Person>;
  agencyPeople: ReadonlyMap<string, Person>;
  associationPeople: ReadonlyMap<string, Person>;
  canaries: Readonly<Record<Place, string>>;
  /** What the creditor owns; the case is the placed one. */
  own: Ids;
  /** Cases and their placements by what became of them. */
  caseIds: Readonly<Record<Place, string>>;
  placementIds: Readonly<Record<Exclude<Place, 'kept'>, string>>;
};

export type Place = 'placed' | 'kept' | 'offered' | 'recalled';
const places = ['placed', 'kept', 'offered', 'recalled'] as const;

type Making = Omit<Side, 'canaries' | 'own' | 'caseIds' | 'placementIds'> & {
  send: Send;
  mark: string;
};

const dayAgo = (days: number): string =>
  Temporal.Now.plainDateISO('Asia/Shanghai').subtract({ days }).toString();

const columns = [
  ['单据号', 'DOCUMENT_NUMBER'],
  ['客户编号', 'CUSTOMER_NUMBER'],
  ['客户名称', 'CUSTOMER_NAME'],
  ['单据日期', 'DOCUMENT_DATE'],
  ['到期日', 'DUE_DATE'],
  ['金额', 'AMOUNT'],
  ['币种', 'CURRENCY'],
  ['电话', 'PHONE'],
  ['地区', 'REGION'],
  ['摘要', 'DESCRIPTION'],
] as const;

function canary(mark: string, place: Place): string {
  return `CANARY${mark}${place.toUpperCase()}`;
}

/** A debtor of no place, that pays more than it owes. */
function overpayer(mark: string): string {
  return `${mark}多付有限公司`;
}

/**
 * A book with one debtor for each place, whose canary is all over it, one that will pay too much,
 * and a row that is refused.
 */
function bookOf(mark: string): Uint8Array {
  const rows = places.flatMap((place, index) => {
    const word = canary(mark, place);
    return [90, 45].map((daysOverdue, part) =>
      [
        `${word}-DOC-${part}`,
        `${mark}${index}00${index}`,
        `${word}有限公司`,
        dayAgo(daysOverdue + 30),
        dayAgo(daysOverdue),
        '10000.00',
        'CNY',
        `1380013800${index}`,
        '上海',
        `${word} note`,
      ].join(','),
    );
  });
  const due = `${dayAgo(60)},${dayAgo(30)},10000.00,CNY,,,`;
  rows.push(`${mark}-O,${mark}00008,${overpayer(mark)},${due}`);
  const word = canary(mark, 'kept');
  const rejected = `${word}-DOC-X,${mark}0009,${word}有限公司,soon,later,much,CNY,,,`;
  const head = columns.map(([name]) => name).join(',');
  return new TextEncoder().encode(`${[head, ...rows, rejected].join('\r\n')}\r\n`);
}

async function importBook(o: Making): Promise<Ids> {
  const director = person(o.creditorPeople, 'director');
  const ids = { uploadId: randomUUIDv7(), importId: randomUUIDv7() };
  const at = `/v1/imports/${ids.importId}`;
  await done(o.send, director, 'put', `/v1/uploads/${ids.uploadId}`, bookOf(o.mark), {
    'content-type': 'text/csv',
    'x-file-name': 'book.csv',
  });
  await done(o.send, director, 'put', at, { uploadId: ids.uploadId, source: 'ERP' });
  const state = (name: string) => (json: Json) => {
    const now = text(json['import']?.['state']);
    if (now === 'IMPORT_STATE_FAILED') throw new Error(JSON.stringify(json['import']));
    return now === `IMPORT_STATE_${name}`;
  };
  await until(o.send, director, at, state('MAPPING'));
  const mapping = {
    columns: columns.map(([, field], position) => ({ position, field })),
    defaultCurrency: 'CNY',
  };
  await done(o.send, director, 'post', `${at}:check`, { mapping }, key());
  await until(o.send, director, at, state('CHECKED'));
  await done(o.send, director, 'post', `${at}:commit`, {}, key());
  await until(o.send, director, at, state('COMMITTED'));
  return ids;
}

async function openCases(o: Making): Promise<Record<Place | 'overpaid', string>> {
  const director = person(o.creditorPeople, 'director');
  await done(o.send, director, 'post', '/v1/cases:open', {}, key());
  const found: Record<string, string> = {};
  for (const one of many((await done(o.send, director, 'get', '/v1/cases'))['cases'])) {
    const name = text(one['debtorName']);
    const isOverpaid = name === overpayer(o.mark);
    const place = places.find((each) => name.startsWith(canary(o.mark, each)));
    if (isOverpaid) found['overpaid'] = text(one['caseId']);
    if (place !== undefined) found[place] = text(one['caseId']);
  }
  const { placed = '', kept = '', offered = '', recalled = '', overpaid = '' } = found;
  return { placed, kept, offered, recalled, overpaid };
}

async function writeProfile(o: Making): Promise<void> {
  const manager = person(o.agencyPeople, 'agency_manager');
  await done(o.send, manager, 'put', `/v1/agencies/${o.agency.orgId}`, {
    name: o.agency.name,
    sectors: ['制造'],
    regions: ['上海'],
    licences: [{ kind: '营业执照', number: o.agency.orgId, expiresOn: dayAgo(-400) }],
    listTerms: { flat: { rateBps: 1500 }, vatBps: 600, tailDays: 30 },
    agentCount: 10,
    capacityCases: 1000,
  });
}

/**
 * Whose debts the agency is not given: a client, as the agency says for all to see, and a debtor,
 * as the creditor says for itself alone. Each has its own under the same id.
 */
async function declare(o: Making): Promise<Ids> {
  const conflictId = randomUUIDv7();
  const at = `/v1/agencies/${o.agency.orgId}/conflicts/${conflictId}`;
  const client = { kind: 'CONFLICT_KIND_CLIENT', name: '无关实业有限公司' };
  await done(o.send, person(o.agencyPeople, 'agency_manager'), 'put', at, client);
  const debtor = { kind: 'CONFLICT_KIND_AFFILIATE', name: `${canary(o.mark, 'kept')}有限公司` };
  await done(o.send, person(o.creditorPeople, 'director'), 'put', at, debtor);
  return { conflictId };
}

/** Places three cases, has two accepted and takes one of those back. */
async function place(o: Making, caseIds: Side['caseIds']): Promise<Side['placementIds']> {
  const director = person(o.creditorPeople, 'director');
  const manager = person(o.agencyPeople, 'agency_manager');
  const ids = { placed: randomUUIDv7(), offered: randomUUIDv7(), recalled: randomUUIDv7() };
  for (const which of ['placed', 'offered', 'recalled'] as const) {
    const path = `/v1/cases/${caseIds[which]}/placements/${ids[which]}`;
    await done(o.send, director, 'put', path, { agencyId: o.agency.orgId, note: 'Please' });
  }
  const accepted = { placementIds: [ids.placed, ids.recalled] };
  await done(o.send, manager, 'post', '/v1/placements:accept', accepted, key());
  const seen = (caseId: string): Promise<Json> =>
    until(o.send, manager, '/v1/cases', (json) =>
      many(json['cases']).some((one) => text(one['caseId']) === caseId),
    );
  await seen(caseIds.placed);
  await seen(caseIds.recalled);
  const recall = { placementIds: [ids.recalled], reason: 'Changed our mind' };
  await done(o.send, director, 'post', '/v1/placements:recall', recall, key());
  await until(o.send, manager, '/v1/cases', (json) =>
    many(json['cases']).every((one) => text(one['caseId']) !== caseIds.recalled),
  );
  return ids;
}

/** The recalled case is tendered to the agency alone, which has bid. */
async function tender(o: Making, caseId: string): Promise<Ids> {
  const ids = { tenderId: randomUUIDv7(), bidId: randomUUIDv7() };
  const at = `/v1/tenders/${ids.tenderId}`;
  await done(o.send, person(o.creditorPeople, 'director'), 'put', at, {
    title: 'Once more',
    caseIds: [caseId],
    agencyIds: [o.agency.orgId],
    deadline: Temporal.Now.instant().add({ hours: 48 }).toString(),
  });
  const terms = { flat: { rateBps: 1400 }, vatBps: 600, tailDays: 30 };
  const manager = person(o.agencyPeople, 'agency_manager');
  await done(o.send, manager, 'put', `${at}/bids/${ids.bidId}`, { terms });
  return ids;
}

/** A write-off of the kept case, which waits for somebody to decide it. */
async function giveUp(o: Making, caseId: string): Promise<Ids> {
  const ids = { closingId: randomUUIDv7() };
  const why = { reason: 'CLOSING_REASON_OTHER', note: canary(o.mark, 'kept') };
  const closing = { kind: 'CLOSING_KIND_WRITE_OFF', caseIds: [caseId], ...why };
  const at = `/v1/closings/${ids.closingId}`;
  await done(o.send, person(o.creditorPeople, 'credit_manager'), 'put', at, closing);
  return ids;
}

/** The daily work on the placed case. */
async function work(o: Making, caseId: string): Promise<Ids> {
  const agent = person(o.agencyPeople, 'agency_agent');
  const director = person(o.creditorPeople, 'director');
  const finance = person(o.creditorPeople, 'finance');
  const ids = {
    contactId: randomUUIDv7(),
    letterId: randomUUIDv7(),
    promiseId: randomUUIDv7(),
    planId: randomUUIDv7(),
    settlementId: randomUUIDv7(),
    paymentId: randomUUIDv7(),
  };
  const at = `/v1/cases/${caseId}`;
  await done(o.send, agent, 'put', `${at}/contacts/${ids.contactId}`, {
    channel: 'EMAIL',
    party: 'DEBTOR',
    result: 'SENT',
    note: `${canary(o.mark, 'placed')} was written to`,
  });
  await done(o.send, agent, 'put', `${at}/letters/${ids.letterId}`, {
    kind: 'LETTER_KIND_DEMAND',
    addressee: canary(o.mark, 'placed'),
    means: 'LETTER_MEANS_EMS',
    // Of an earlier week: those of today are counted with the day's contacts.
    sentOn: dayAgo(30),
  });
  await done(o.send, agent, 'put', `${at}/promises/${ids.promiseId}`, {
    amount: { currency: 'CNY', minor: '100000' },
    dueDay: dayAgo(-3),
    promisedBy: canary(o.mark, 'placed'),
  });
  const [amount, dueDay] = [{ currency: 'CNY', minor: '200000' }, dayAgo(-9)];
  const settlement = `${at}/settlements/${ids.settlementId}`;
  const reason = canary(o.mark, 'placed');
  const less = { amount: { currency: 'CNY', minor: '100000' }, dueDay, reason };
  await done(o.send, director, 'put', settlement, less);
  await done(o.send, director, 'post', `${settlement}:withdraw`, { reason }, key());
  await done(o.send, director, 'put', `${at}/plans/${ids.planId}`, {
    amount,
    instalments: [{ dueDay, amount }],
    agreedWith: canary(o.mark, 'placed'),
  });
  await done(o.send, finance, 'put', `${at}/payments/${ids.paymentId}`, {
    amount: { currency: 'CNY', minor: '500000' },
    receivedOn: dayAgo(0),
    means: 'bank_transfer',
    note: canary(o.mark, 'placed'),
  });
  return ids;
}

/** Monday of this week in the creditor's zone. */
export function thisMonday(): string {
  const today = Temporal.Now.plainDateISO('Asia/Shanghai');
  return today.subtract({ days: today.dayOfWeek - 1 }).toString();
}

async function report(o: Making): Promise<Ids> {
  const manager = person(o.agencyPeople, 'agency_manager');
  const reportId = randomUUIDv7();
  const draft = { creditorId: o.creditor.orgId, weekStart: thisMonday() };
  await done(o.send, manager, 'put', `/v1/reports/${reportId}`, draft);
  const words = { summary: `${canary(o.mark, 'placed')} was reached` };
  await done(o.send, manager, 'post', `/v1/reports/${reportId}:submit`, words, key());
  return { reportId };
}

/** Commission accrues from the payment; then a statement with its line, and its file. */
async function settle(o: Making, caseId: string): Promise<Ids> {
  const finance = person(o.creditorPeople, 'finance');
  const path = `/v1/commission/lines?caseId=${caseId}`;
  const lines = await until(o.send, finance, path, (json) => many(json['lines']).length > 0);
  const [line] = many(lines['lines']);
  const statementId = randomUUIDv7();
  await done(o.send, finance, 'put', `/v1/statements/${statementId}`, {
    agencyId: o.agency.orgId,
    month: dayAgo(0).slice(0, 7),
    currency: 'CNY',
  });
  const exported = await done(
    o.send,
    finance,
    'get',
    `/v1/statements/${statementId}/file?format=csv`,
  );
  return {
    statementId,
    lineId: text(line?.['lineId']),
    fileId: text(exported['file']?.['fileId']),
  };
}

/** A complaint about how the agency worked a case, and what the agency says to it. */
async function complain(o: Making, caseId: string): Promise<Ids> {
  const complaintId = randomUUIDv7();
  await done(o.send, person(o.creditorPeople, 'director'), 'put', `/v1/complaints/${complaintId}`, {
    agencyId: o.agency.orgId,
    caseId,
    source: 'COMPLAINT_SOURCE_DEBTOR',
    subject: 'COMPLAINT_SUBJECT_HARASSMENT',
    receivedOn: Temporal.Now.plainDateISO('Asia/Shanghai').toString(),
    text: `${canary(o.mark, 'placed')} was called at night`,
  });
  const words = { reply: `${canary(o.mark, 'placed')} was not called that night` };
  const manager = person(o.agencyPeople, 'agency_manager');
  await done(o.send, manager, 'post', `/v1/complaints/${complaintId}:reply`, words, key());
  return { complaintId };
}

async function namesOfBook(o: Making): Promise<Ids> {
  const director = person(o.creditorPeople, 'director');
  const word = canary(o.mark, 'placed');
  const path = `/v1/customers?query=${word}`;
  const found = await until(o.send, director, path, (json) => many(json['customers']).length > 0);
  const receivables = await done(o.send, director, 'get', `/v1/receivables?query=${word}`);
  const [customer] = many(found['customers']);
  const [receivable] = many(receivables['receivables']);
  return {
    customerId: text(customer?.['customerId']),
    receivableId: text(receivable?.['receivableId']),
    debtorId: text(receivable?.['debtorId']),
  };
}

/** Makes one side of the world through the gateway, as its people would. */
export async function makeSide(send: Send, mark: string): Promise<Side> {
  const creditor = org('creditor', `Creditor ${mark}`);
  const agency = org('agency', `Agency ${mark}`);
  const association = org('association', `Association ${mark}`);
  const o: Making = {
    send,
    mark,
    creditor,
    agency,
    creditorPeople: byRole(creditor),
    agencyPeople: byRole(agency),
    association,
    associationPeople: byRole(association),
  };
  const imported = await importBook(o);
  const named = await namesOfBook(o);
  const { overpaid, ...caseIds } = await openCases(o);
  await writeProfile(o);
  const declared = await declare(o);
  const placementIds = await place(o, caseIds);
  const tendered = await tender(o, caseIds.recalled);
  const worked = await work(o, caseIds.placed);
  const givenUp = await giveUp(o, caseIds.kept);
  const reported = await report(o);
  const settled = await settle(o, caseIds.placed);
  const complained = await complain(o, caseIds.placed);
  const { creditorPeople, agencyPeople, associationPeople } = o;
  const further = await makeFurther({
    send,
    mark,
    creditor: (role) => person(creditorPeople, role),
    association: (role) => person(associationPeople, role),
    caseId: caseIds.kept,
    placed: { caseId: caseIds.placed, canary: canary(mark, 'placed') },
    overpaidId: overpaid,
    debtorId: named['debtorId'] ?? '',
    customerId: named['customerId'] ?? '',
    debtorName: `${canary(mark, 'kept')}有限公司`,
  });
  const canaries = {
    placed: canary(mark, 'placed'),
    kept: canary(mark, 'kept'),
    offered: canary(mark, 'offered'),
    recalled: canary(mark, 'recalled'),
  };
  const own: Ids = {
    ...imported,
    ...named,
    ...tendered,
    ...worked,
    ...givenUp,
    ...reported,
    ...settled,
    ...complained,
    ...declared,
    ...further,
    caseId: caseIds.placed,
    placementId: placementIds.placed,
    agencyId: agency.orgId,
    creditorId: creditor.orgId,
  };
  const people = { creditorPeople, agencyPeople, associationPeople };
  const orgs = { creditor, agency, association };
  return { ...orgs, ...people, canaries, own, caseIds, placementIds };
}
