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
  type PaymentBehaviour,
  type PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import type { Behaviour } from './domain/behaviour.ts';
import { type Customer, type CustomerEdit, edit } from './domain/customer.ts';
import type { ContactSeal } from './store/contacts.ts';
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

export type CreditRooms = { db: Db; contacts: ContactSeal };

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

async function message(
  rooms: CreditRooms,
  orgId: string,
  stored: Stored,
  behaviours: readonly Behaviour[],
): Promise<CustomerMessage> {
  const { contactsSealed, editedByHand: _hand, ...shown } = stored;
  return {
    ...shown,
    kind: stored.kind === 'PERSON' ? CustomerKind.PERSON : CustomerKind.COMPANY,
    aliases: [...stored.aliases],
    creditCodeVerdict:
      stored.creditCode === '' ? CodeVerdict.UNSPECIFIED : verdicts[creditCodeVerdict(stored.creditCode)],
    contacts: [...(await rooms.contacts.open(orgId, contactsSealed))],
    behaviours: behaviours.map(behaviourMessage),
  };
}

function editOf(request: PutCustomerRequest): CustomerEdit {
  return { ...request, kind: request.kind === CustomerKind.PERSON ? 'PERSON' : 'COMPANY' };
}

async function read(rooms: CreditRooms, tx: Tx, customerId: string): Promise<CustomerMessage> {
  const stored = await getCustomer(tx, customerId);
  if (stored === undefined) throw fault('missing', 'customer_unknown', { customerId });
  const behaviours = await behavioursOf(tx, [customerId]);
  return message(rooms, tx.orgId, stored, behaviours.get(customerId) ?? []);
}

async function put(rooms: CreditRooms, tx: Tx, request: PutCustomerRequest, call: Call) {
  const before = await customerForUpdate(tx, request.customerId);
  const contacts = before === undefined ? [] : await rooms.contacts.open(tx.orgId, before.contactsSealed);
  const known: Customer | undefined = before === undefined ? undefined : { ...before, contacts };
  const { state, events } = edit(known, editOf(request));
  const { contacts: written, ...rest } = state;
  await saveCustomer(tx, rest, await rooms.contacts.seal(tx.orgId, written), call.at);
  const about = { aggregateId: state.customerId, at: call.at, actor: actorOf(call.caller) };
  await emit(tx, creditTopic, about, events);
}

/** Customers over gRPC. Faults: `missing` customer_unknown, `stale` customer_changed_meanwhile. */
export function creditHandlers(rooms: CreditRooms): Handlers<CreditServiceServer> {
  const { db } = rooms;
  return {
    getCustomer: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({
        customer: await read(rooms, tx, request.customerId),
      })),

    listCustomers: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const currency = request.currency === '' ? await mainCurrency(tx) : request.currency;
        const { query, region, industry, sort } = request;
        const filter: CustomerFilter = { query, region, industry, currency, sort };
        const size = request.page?.size || 50;
        const page = await listCustomers(tx, filter, { size, cursor: request.page?.cursor ?? '' });
        const ids = page.customers.map((customer) => customer.customerId);
        const behaviours = await behavioursOf(tx, ids);
        const customers = await Promise.all(
          page.customers.map((stored) =>
            message(rooms, tx.orgId, stored, behaviours.get(stored.customerId) ?? []),
          ),
        );
        const { nextCursor, count, countEstimated } = page;
        return { customers, page: { nextCursor, count, countEstimated } };
      }),

    putCustomer: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        await put(rooms, tx, request, call);
        return { customer: await read(rooms, tx, request.customerId) };
      }),
  };
}
