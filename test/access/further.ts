import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { makePack } from './pack.ts';
import type { Ids, Json, Person, Send } from './people.ts';

/** What stands beside a side's cases: its association's register, its matter, its ratings. */
export type FurtherMaking = {
  send: Send;
  mark: string;
  creditor: (role: string) => Person;
  association: (role: string) => Person;
  /** A case that nobody else works, its debtor and the customer behind it. */
  caseId: string;
  /** The case that the agency works. */
  placed: { caseId: string; canary: string };
  /** A case of a debtor that pays more than it owes. */
  overpaidId: string;
  debtorId: string;
  customerId: string;
  /** The name of that debtor, which carries its canary. */
  debtorName: string;
};

async function done(
  o: FurtherMaking,
  who: Person,
  verb: string,
  path: string,
  body?: unknown,
): Promise<Json> {
  const headers = verb === 'post' ? { 'idempotency-key': randomUUIDv7() } : {};
  const sent = { headers, ...(body === undefined ? {} : { body }) };
  const { status, text, json } = await o.send(who, verb, path, sent);
  if (status !== 200) throw new Error(`${verb} ${path} as ${who.role}: ${status} ${text}`);
  return json;
}

const today = Temporal.Now.plainDateISO('Asia/Shanghai');

/** An association with the creditor as a member, its steward, and a draft of the creditor's. */
async function register(o: FurtherMaking): Promise<Ids> {
  const admin = o.association('org_admin');
  const associationId = admin.org.orgId;
  const { orgId: memberId, name } = o.creditor('director').org;
  const listingId = randomUUIDv7();
  const lookUpId = randomUUIDv7();
  await done(o, admin, 'put', `/v1/blacklist/associations/${associationId}`, {
    name: admin.org.name,
    impactAssessment: 'PIA-1',
  });
  const member = { name, state: 'MEMBER_STATE_ACTIVE' };
  await done(o, admin, 'put', `/v1/blacklist/members/${memberId}`, member);
  const steward = o.association('steward');
  await done(o, admin, 'put', `/v1/blacklist/stewards/${steward.userId}`, {
    name: 'Steward',
    active: true,
  });
  await done(o, o.creditor('credit_manager'), 'put', `/v1/blacklist/listings/${listingId}`, {
    associationId,
    kind: 'SUBJECT_KIND_COMPANY',
    name: o.debtorName,
    // Its check character may be wrong: that is a warning and no more.
    creditCode: `91310115MA1K4ABC${o.mark.slice(0, 1)}1`,
    category: 'CATEGORY_MALICIOUS_DEFAULT',
    scope: 'SCOPE_ASSOCIATION',
    amountBand: 'AMOUNT_BAND_UNDER_100K',
    conductFrom: today.subtract({ days: 200 }).toString(),
    conductUntil: today.subtract({ days: 30 }).toString(),
    debtorId: o.debtorId,
    caseId: o.caseId,
  });
  await done(o, o.creditor('credit_manager'), 'put', `/v1/blacklist/look-ups/${lookUpId}`, {
    kind: 'SUBJECT_KIND_COMPANY',
    name: o.debtorName,
    purpose: 'PURPOSE_CREDIT_REVIEW',
  });
  return { associationId, memberId, listingId, lookUpId, userId: steward.userId };
}

/** A matter from the case, with a proceeding, and the clock of its debt. */
async function sue(o: FurtherMaking): Promise<Ids> {
  const officer = o.creditor('legal_officer');
  const ids = { matterId: randomUUIDv7(), proceedingId: randomUUIDv7(), feedId: randomUUIDv7() };
  const at = `/v1/matters/${ids.matterId}`;
  await done(o, officer, 'put', at, {
    caseIds: [o.caseId],
    debtType: 'DEBT_TYPE_SALE_OF_GOODS',
    province: '上海市',
  });
  await done(o, officer, 'put', `${at}/proceedings/${ids.proceedingId}`, {
    procedure: 'PROCEDURE_ORDINARY',
    court: '上海市浦东新区人民法院',
    on: today.toString(),
  });
  const feed = { name: 'Phone' };
  const given = await done(o, officer, 'put', `/v1/calendar-feeds/${ids.feedId}`, feed);
  const calendarToken = JSON.parse(JSON.stringify(given['token'])) as string;
  const debts = await done(o, officer, 'get', '/v1/debts');
  const [debt] = Array.isArray(debts['debts']) ? (debts['debts'] as Json[]) : [];
  return {
    ...ids,
    calendarToken,
    ...(debt === undefined ? {} : { debtId: JSON.parse(JSON.stringify(debt['debtId'])) as string }),
  };
}

/** A new customer that was asked about; the blacklist has answered, so that nothing moves later. */
async function admit(o: FurtherMaking): Promise<Ids> {
  const admissionId = randomUUIDv7();
  const manager = o.creditor('credit_manager');
  const at = `/v1/admissions/${admissionId}`;
  await done(o, manager, 'put', at, {
    customerId: o.customerId,
    askedLimit: { currency: 'CNY', minor: '100000' },
  });
  for (let tries = 0; tries < 1200; tries += 1) {
    const found = await done(o, manager, 'get', at);
    if (found['admission']?.['lookUp'] !== undefined) return { admissionId };
    await wait(100);
  }
  throw new Error('the blacklist did not answer');
}

/** More is paid than was owed, and some of that is paid back. */
async function payBack(o: FurtherMaking): Promise<Ids> {
  const refundId = randomUUIDv7();
  const at = `/v1/cases/${o.overpaidId}`;
  await done(o, o.creditor('finance'), 'put', `${at}/payments/${randomUUIDv7()}`, {
    amount: { currency: 'CNY', minor: '1200000' },
    receivedOn: today.toString(),
    means: 'bank_transfer',
  });
  await done(o, o.creditor('finance'), 'put', `${at}/credit-refunds/${refundId}`, {
    amount: { currency: 'CNY', minor: '50000' },
    paidOn: today.toString(),
    reference: 'T-1',
    reason: 'Paid too much',
  });
  return { refundId };
}

/** The director's cases in a file. */
async function exportCases(o: FurtherMaking): Promise<Ids> {
  const director = o.creditor('director');
  const exportId = randomUUIDv7();
  const at = `/v1/exports/${exportId}`;
  const wanted = { look: { format: 'EXPORT_FORMAT_XLSX' }, cases: {} };
  let found = await done(o, director, 'put', at, wanted);
  for (let tries = 0; tries < 3600 && found['export']?.['file'] === undefined; tries += 1) {
    await wait(50);
    found = await done(o, director, 'get', at);
  }
  const { fileId } = JSON.parse(JSON.stringify(found['export']?.['file'])) as { fileId: string };
  return { exportId, exportFileId: fileId };
}

/** A view of the cases that the team shares. */
async function shareView(o: FurtherMaking): Promise<Ids> {
  const viewId = randomUUIDv7();
  const view = { place: 'cases', name: `CANARY${o.mark}KEPT`, query: `query=CANARY${o.mark}KEPT` };
  await done(o, o.creditor('collector'), 'put', `/v1/views/${viewId}`, view);
  return { viewId };
}

/** Makes them through the gateway; the ids by the names that the contract gives them. */
export async function makeFurther(o: FurtherMaking): Promise<Ids> {
  const written = { ...(await exportCases(o)), ...(await shareView(o)), ...(await payBack(o)) };
  const packed = await makePack(o.send, o.creditor('director'), o.placed);
  return { ...packed, ...(await register(o)), ...(await sue(o)), ...(await admit(o)), ...written };
}
