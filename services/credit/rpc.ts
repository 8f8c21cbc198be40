import { actorOf } from '@recourse/kit/caller.ts';
import { creditCodeVerdict } from '@recourse/kit/check.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  CodeVerdict,
  type CreditServiceServer,
  type Customer as CustomerMessage,
  CustomerKind,
  type ListCustomersRequest,
  type PaymentBehaviour,
  type PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import type { Behaviour } from './domain/behaviour.ts';
import { type Customer, type CustomerEdit, edit } from './domain/customer.ts';
import type { ContactSeal, ContactSeals } from './store/contacts.ts';
import { behavioursOf, mainCurrency } from './store/behaviours.ts';
import { creditTopic } from './topic.ts';
import {
  customerForUpdate,
  type CustomerFilter,
  getCustomer,
  listCustomers,
  saveCustomer,
  type Stored,
} from './store/customers.ts';

export type CreditRooms = { db: Db; contacts: ContactSeals };

const verdicts = {
  valid: CodeVerdict.VALID,
  check_fails: CodeVerdict.CHECK_FAILS,
  malformed: CodeVerdict.MALFORMED,
};

function behaviourMessage(made: Behaviour): PaymentBehaviour {
  const { exposureMinor, overdueMinor, ...rest } = made;
  const { currency } = made;
  return {
    ...rest,
    exposure: { currency, minor: exposureMinor },
    overdue: { currency, minor: overdueMinor },
  };
}

function message(
  seal: ContactSeal,
  stored: Stored,
  behaviours: readonly Behaviour[],
): CustomerMessage {
  const { contactsSealed, editedByHand: _hand, ...shown } = stored;
  return {
    ...shown,
    kind: stored.kind === 'PERSON' ? CustomerKind.PERSON : CustomerKind.COMPANY,
    aliases: [...stored.aliases],
    creditCodeVerdict:
      stored.creditCode === ''
        ? CodeVerdict.UNSPECIFIED
        : verdicts[creditCodeVerdict(stored.creditCode)],
    contacts: [...seal.open(contactsSealed)],
    behaviours: behaviours.map(behaviourMessage),
  };
}

function editOf(request: PutCustomerRequest): CustomerEdit {
  return { ...request, kind: request.kind === CustomerKind.PERSON ? 'PERSON' : 'COMPANY' };
}

async function read(seal: ContactSeal, tx: Tx, customerId: string): Promise<CustomerMessage> {
  const stored = await getCustomer(tx, customerId);
  if (stored === undefined) throw fault('missing', 'customer_unknown', { customerId });
  const behaviours = await behavioursOf(tx, [customerId]);
  return message(seal, stored, behaviours.get(customerId) ?? []);
}

async function list(seal: ContactSeal, tx: Tx, request: ListCustomersRequest) {
  const currency = request.currency === '' ? await mainCurrency(tx) : request.currency;
  const { query, region, industry, sort } = request;
  const filter: CustomerFilter = { query, region, industry, currency, sort };
  const asked = { size: request.page?.size || 50, cursor: request.page?.cursor ?? '' };
  const { customers, ...page } = await listCustomers(tx, filter, asked);
  const behaviours = await behavioursOf(
    tx,
    customers.map((stored) => stored.customerId),
  );
  return {
    customers: customers.map((stored) =>
      message(seal, stored, behaviours.get(stored.customerId) ?? []),
    ),
    page,
  };
}

/** A page as it is answered, without the people behind the customers. */
export function customersPage(tx: Tx, request: ListCustomersRequest) {
  return list({ seal: () => '', open: () => [] }, tx, request);
}

/** The customer's file without what only the store knows of it. */
function fileOf(seal: ContactSeal, stored: Stored): Customer {
  const { contactsSealed, firstSeenAt: _seen, ...file } = stored;
  return { ...file, contacts: seal.open(contactsSealed) };
}

async function put(seal: ContactSeal, tx: Tx, request: PutCustomerRequest, call: Call) {
  const before = await customerForUpdate(tx, request.customerId);
  const { state, events } = edit(before && fileOf(seal, before), editOf(request));
  if (events.length === 0) return;
  const { contacts: written, ...rest } = state;
  await saveCustomer(tx, rest, seal.seal(written), call.at);
  const about = { aggregateId: state.customerId, at: call.at, actor: actorOf(call.caller) };
  await emit(tx, creditTopic, about, events);
}

/** Customers over gRPC. Faults: `missing` customer_unknown, `stale` customer_changed_meanwhile. */
export function creditHandlers({ db, contacts }: CreditRooms): Handlers<CreditServiceServer> {
  return {
    getCustomer: async ({ customerId }, { caller }) => {
      const seal = await contacts(caller.orgId);
      return db.tenant(caller.orgId, async (tx) => ({
        customer: await read(seal, tx, customerId),
      }));
    },

    listCustomers: async (request, { caller }) => {
      const seal = await contacts(caller.orgId);
      return db.tenant(caller.orgId, (tx) => list(seal, tx, request));
    },

    putCustomer: async (request, call) => {
      const { orgId } = call.caller;
      const seal = await contacts(orgId);
      return db.tenant(orgId, async (tx) => {
        await put(seal, tx, request, call);
        return { customer: await read(seal, tx, request.customerId) };
      });
    },
  };
}
