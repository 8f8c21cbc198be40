import type { ReceivableRecord } from './record.ts';

/** A customer as some rows of a file have it: the first value of each fact, and every spelling. */
export type CustomerSeen = {
  customerKey: string;
  customerNumber: string;
  creditCode: string;
  region: string;
  industry: string;
  contactPerson: string;
  phone: string;
  email: string;
  spellings: Map<string, { count: number; firstRow: number }>;
};

/** Gathers customers; `take` hands over what is gathered and begins anew, so memory stays small. */
export type CustomerCollector = {
  add(record: ReceivableRecord): void;
  /** Customers and spellings held. */
  size(): number;
  take(): CustomerSeen[];
};

function first(record: ReceivableRecord): CustomerSeen {
  const { customerKey, customerNumber, creditCode, region, industry } = record;
  const { contactPerson, phone, email } = record;
  return {
    customerKey,
    customerNumber,
    creditCode,
    region,
    industry,
    contactPerson,
    phone,
    email,
    spellings: new Map(),
  };
}

function complete(seen: CustomerSeen, record: ReceivableRecord): void {
  if (seen.customerNumber === '') seen.customerNumber = record.customerNumber;
  if (seen.creditCode === '') seen.creditCode = record.creditCode;
  if (seen.region === '') seen.region = record.region;
  if (seen.industry === '') seen.industry = record.industry;
  if (seen.contactPerson === '') seen.contactPerson = record.contactPerson;
  if (seen.phone === '') seen.phone = record.phone;
  if (seen.email === '') seen.email = record.email;
}

/** A file without names calls a customer by its number, or else by its credit code. */
function spellingOf(record: ReceivableRecord): string {
  return record.customerName || record.customerNumber || record.creditCode;
}

export function customerCollector(): CustomerCollector {
  let customers = new Map<string, CustomerSeen>();
  let held = 0;
  function add(record: ReceivableRecord): void {
    let seen = customers.get(record.customerKey);
    if (seen === undefined) {
      seen = first(record);
      customers.set(record.customerKey, seen);
      held += 1;
    } else complete(seen, record);
    const name = spellingOf(record);
    const spelling = seen.spellings.get(name);
    if (spelling !== undefined) spelling.count += 1;
    else {
      seen.spellings.set(name, { count: 1, firstRow: record.row });
      held += 1;
    }
  }
  function take(): CustomerSeen[] {
    const taken = [...customers.values()];
    customers = new Map();
    held = 0;
    return taken;
  }
  return { add, size: () => held, take };
}
