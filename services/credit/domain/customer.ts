import type { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import type { CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';

type Emitted = NonNullable<CreditEvent['event']>;

export type ContactPerson = { name: string; position: string; phone: string; email: string };

/**
 * A creditor's customer. `editedByHand` keeps later imports from overwriting what a person wrote.
 */
export type Customer = {
  customerId: string;
  kind: 'COMPANY' | 'PERSON';
  customerNumber: string;
  name: string;
  aliases: readonly string[];
  creditCode: string;
  region: string;
  industry: string;
  contacts: readonly ContactPerson[];
  timeZone: string;
  note: string;
  editedByHand: boolean;
  version: bigint;
};

/** What a person may write into a customer's file. */
export type CustomerEdit = Omit<Customer, 'editedByHand' | 'version'> & {
  expectedVersion: bigint;
};

/** B2B in China first: a debtor's clock is Shanghai's until its file says otherwise. */
export const defaultTimeZone = 'Asia/Shanghai';

function changed(customer: Customer): Emitted {
  const { customerId, name, region, industry, timeZone, creditCode } = customer;
  const person = customer.kind === 'PERSON';
  return {
    $case: 'customerChanged',
    value: { customerId, name, region, industry, timeZone, creditCode, person },
  };
}

/**
 * Creates a customer or edits its file; the same edit again gives the same answer. A credit code
 * whose check character fails is kept and shown as such (registries issued some); one that is not a
 * code at all is refused.
 */
export function edit(
  before: Customer | undefined,
  command: CustomerEdit,
): { state: Customer; events: Emitted[] } {
  const present = before?.version ?? 0n;
  const state = written(command);
  if (before !== undefined && contentHash(before) === contentHash(state)) {
    return { state: before, events: [] };
  }
  if (before === undefined && command.expectedVersion !== 0n) {
    throw fault('missing', 'customer_unknown', { customerId: command.customerId });
  }
  if (command.expectedVersion !== present) {
    const facts = { expected: command.expectedVersion, present };
    throw fault('stale', 'customer_changed_meanwhile', facts);
  }
  if (state.creditCode !== '' && creditCodeVerdict(state.creditCode) === 'malformed') {
    throw fault('invalid', 'credit_code_malformed', { creditCode: state.creditCode });
  }
  return { state, events: [changed(state)] };
}

/** The file as the command wants it, one version on from the one that was read. */
function written(command: CustomerEdit): Customer {
  const { expectedVersion, ...content } = command;
  const aliases = new Set(command.aliases.map((alias) => alias.trim()));
  aliases.delete('');
  aliases.delete(command.name);
  return {
    ...content,
    creditCode: command.creditCode.trim().toUpperCase(),
    aliases: [...aliases],
    timeZone: command.timeZone === '' ? defaultTimeZone : command.timeZone,
    editedByHand: true,
    version: expectedVersion + 1n,
  };
}

/**
 * What an import knows of a customer, laid into its file: a new one is created; in a present one,
 * empty fields are filled and new spellings become aliases, and only a name that no person has
 * edited follows the import. Gives the same result however often it is applied.
 */
export function learn(before: Customer | undefined, fact: CustomerFact): Customer {
  const contacts =
    fact.contactName === '' && fact.phone === '' && fact.email === ''
      ? []
      : [{ name: fact.contactName, position: '', phone: fact.phone, email: fact.email }];
  if (before === undefined) {
    return {
      customerId: fact.debtorId,
      kind: 'COMPANY',
      customerNumber: fact.customerNumber,
      name: fact.name,
      aliases: fact.aliases.filter((alias) => alias !== fact.name),
      creditCode: fact.creditCode,
      region: fact.region,
      industry: fact.industry,
      contacts,
      timeZone: defaultTimeZone,
      note: '',
      editedByHand: false,
      version: 1n,
    };
  }
  const name = before.editedByHand ? before.name : fact.name;
  const spellings = new Set([...before.aliases, before.name, fact.name, ...fact.aliases]);
  spellings.delete(name);
  const after: Customer = {
    ...before,
    name,
    aliases: [...spellings].toSorted(),
    creditCode: before.creditCode || fact.creditCode,
    region: before.region || fact.region,
    industry: before.industry || fact.industry,
    contacts: before.contacts.length > 0 ? before.contacts : contacts,
  };
  return after;
}
