import { namedUuid } from '@recourse/kit/hash.ts';
import type { CustomerFact, ReceivableFact } from '@recourse/proto/cases/v1/events.ts';
import type { CustomerSeen } from '../domain/import/customers.ts';
import { owedOf } from '../domain/write-down.ts';
import { openAfter, type StoredReceivable } from '../domain/import/difference.ts';
import type { ReceivableRecord } from '../domain/import/record.ts';
import type { ContactPerson, ContactSeal } from '../store/contact-seal.ts';
import type { GatheredCustomer, WrittenDebtor } from '../store/import-customers.ts';
import type { MetReceivable, WrittenReceivable } from '../store/import-writing.ts';

/** Records of a file in the store's terms and in the words of events. */

const debtorsRemembered = 50_000;
let debtorIds = new Map<string, string>();

/** Id of a customer's debtor: a name for the same thing in every delivery. */
export function debtorIdOf(orgId: string, customerKey: string): string {
  const name = `${orgId} ${customerKey}`;
  let id = debtorIds.get(name);
  if (id === undefined) {
    id = namedUuid(orgId, customerKey);
    if (debtorIds.size >= debtorsRemembered) debtorIds = new Map();
    debtorIds.set(name, id);
  }
  return id;
}

function peopleOf({ contactPerson, phone, email }: CustomerSeen): ContactPerson[] {
  if (contactPerson === '' && phone === '' && email === '') return [];
  return [{ name: contactPerson, position: '', phone, email, address: '' }];
}

/** Customers as they are laid down: with their ids, and their people sealed. */
export async function gathered(
  contacts: ContactSeal,
  orgId: string,
  seen: readonly CustomerSeen[],
): Promise<GatheredCustomer[]> {
  const customers: GatheredCustomer[] = [];
  for (const one of seen) {
    const { customerKey, customerNumber, creditCode, region, industry, spellings } = one;
    customers.push({
      debtorId: debtorIdOf(orgId, customerKey),
      customerKey,
      customerNumber,
      creditCode,
      region,
      industry,
      contactsSealed: await contacts.seal(orgId, peopleOf(one)),
      spellings,
    });
  }
  return customers;
}

/**
 * A stored receivable as the domain compares it. The store knows the customer by id; the record's
 * key stands for it when both mean the same debtor.
 */
export function storedOf(
  record: ReceivableRecord,
  met: MetReceivable,
  orgId: string,
): StoredReceivable {
  const same = debtorIdOf(orgId, record.customerKey) === met.debtorId;
  return {
    customerKey: same ? record.customerKey : met.debtorId,
    documentDate: met.documentDate ?? undefined,
    dueDate: met.dueDate,
    currency: met.currency,
    amountMinor: met.amountMinor,
    deliveredOpenMinor: met.deliveredOpenMinor,
    deliveredSettledDate: met.deliveredSettledDate ?? undefined,
    disputed: met.disputed,
    paymentTerms: met.paymentTerms,
    description: met.description,
  };
}

function delivered(record: ReceivableRecord, orgId: string) {
  return {
    documentKey: record.documentKey,
    documentNumber: record.documentNumber,
    companyCode: record.companyCode,
    debtorId: debtorIdOf(orgId, record.customerKey),
    dueDate: record.dueDate,
    currency: record.currency,
    amountMinor: record.amountMinor,
    deliveredOpenMinor: record.openMinor,
    deliveredSettledDate: record.settledDate ?? null,
    contentMark: record.contentMark,
  };
}

/** A document that is new to the book. */
export function added(
  record: ReceivableRecord,
  orgId: string,
  receivableId: string,
): WrittenReceivable {
  return {
    ...delivered(record, orgId),
    receivableId,
    documentDate: record.documentDate ?? null,
    openMinor: record.openMinor,
    owedMinor: record.openMinor,
    settledDate: record.settledDate ?? null,
    disputed: record.disputed ?? false,
    paymentTerms: record.paymentTerms ?? '',
    description: record.description ?? '',
  };
}

/** A stored document with what a delivery changes; what the file says nothing of stays. */
export function changed(
  record: ReceivableRecord,
  met: MetReceivable,
  orgId: string,
): WrittenReceivable {
  const openMinor = openAfter(met, record.openMinor, record.amountMinor);
  const { writtenOffMinor } = met;
  const owedMinor = owedOf({ openMinor, writtenOffMinor, deliveredOpenMinor: record.openMinor });
  const settledHere = openMinor === 0n ? met.settledDate : null;
  return {
    ...delivered(record, orgId),
    receivableId: met.receivableId,
    documentDate: record.documentDate ?? met.documentDate,
    openMinor,
    owedMinor,
    settledDate: record.settledDate ?? settledHere,
    disputed: record.disputed ?? met.disputed,
    paymentTerms: record.paymentTerms ?? met.paymentTerms,
    description: record.description ?? met.description,
  };
}

/** What others are told of a receivable. */
export function receivableFact(
  row: Pick<
    WrittenReceivable,
    | 'receivableId'
    | 'debtorId'
    | 'documentDate'
    | 'dueDate'
    | 'currency'
    | 'amountMinor'
    | 'owedMinor'
    | 'settledDate'
    | 'disputed'
  >,
): ReceivableFact {
  const { receivableId, debtorId, dueDate, currency, disputed } = row;
  return {
    receivableId,
    debtorId,
    documentDate: row.documentDate ?? '',
    dueDate,
    amount: { currency, minor: row.amountMinor },
    open: { currency, minor: row.owedMinor },
    settledDate: row.settledDate ?? '',
    disputed,
  };
}

/** What others are told of a customer; its people are opened for them. */
export async function customerFact(
  contacts: ContactSeal,
  orgId: string,
  debtor: WrittenDebtor,
): Promise<CustomerFact> {
  const [person] = await contacts.open(orgId, debtor.contactsSealed);
  const { debtorId, customerNumber, name, creditCode, region, industry } = debtor;
  return {
    debtorId,
    customerNumber,
    name,
    aliases: [...debtor.aliases],
    creditCode,
    region,
    industry,
    contactName: person?.name ?? '',
    phone: person?.phone ?? '',
    email: person?.email ?? '',
  };
}
