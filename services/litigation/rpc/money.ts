import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type Money, money } from '@recourse/kit/money.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  EntryKind,
  type EvaluateWorthRequest,
  type MatterMoneyServiceServer,
  type MoneyEntry,
  ReverseMoneyResponse,
} from '@recourse/proto/litigation/v1/money.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { type EntryCommand, record, reverse, sums } from '../domain/entry.ts';
import { fallingOf } from '../domain/judgment-debt.ts';
import type { Told } from '../domain/matter.ts';
import { worthOf } from '../domain/worth.ts';
import { law } from '../rules/law/law.ts';
import { getMatter, matterForUpdate, tell } from '../store/matters.ts';
import { addEntry, entriesOf } from '../store/money.ts';
import { doingOf, madeBy, type Rooms } from './rooms.ts';

async function found(tx: Tx, matterId: string) {
  const matter = await getMatter(tx, matterId);
  if (matter === undefined) throw fault('missing', 'matter_unknown', { matterId });
  return matter;
}

/** Writes a decided entry and tells the cases, unless it was there. */
async function keep(
  tx: Tx,
  matterId: string,
  { entry, events }: { entry: MoneyEntry; events: Told[] },
  content: unknown,
  call: Call,
): Promise<{ entry: MoneyEntry }> {
  if (events.length > 0) {
    await addEntry(tx, matterId, entry, content);
    await tell(tx, matterId, madeBy(call), events);
  }
  return { entry };
}

function given(amount: Money | undefined): Money {
  if (amount === undefined) throw fault('invalid', 'amount_missing');
  return amount;
}

function recordEntry(rooms: Rooms, matterId: string, command: EntryCommand, call: Call) {
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const matter = await matterForUpdate(tx, matterId);
    const entries = await entriesOf(tx, [matterId]);
    const { entryId: id, on, amount } = command;
    const falling =
      command.kind === EntryKind.RECOVERY && matter !== undefined
        ? fallingOf(
            matter.judgments,
            entries.map(({ entry }) => entry),
            { id, on, amount },
            law,
          )
        : undefined;
    const decided = record(matter, entries, command, falling, doingOf(call));
    return keep(tx, matterId, decided, command, call);
  });
}

async function evaluate(rooms: Rooms, request: EvaluateWorthRequest, call: Call) {
  const matter = await rooms.db.tenant(call.caller.orgId, (tx) => found(tx, request.matterId));
  const today = creditorDay(call.at).toString();
  const timeCost = request.timeCost ?? money(0n, matter.currency);
  return worthOf(matter, { ...request, timeCost }, today, law);
}

/** Costs, recoveries and what it is worth. Faults: see domain/entry.ts, domain/worth.ts. */
export function moneyHandlers(rooms: Rooms): Handlers<MatterMoneyServiceServer> {
  return {
    listMoney: ({ matterId }, call) =>
      rooms.db.tenant(call.caller.orgId, async (tx) => {
        const { currency } = await found(tx, matterId);
        const entries = (await entriesOf(tx, [matterId])).map(({ entry }) => entry);
        return { entries, ...sums(entries, currency) };
      }),

    recordCost: ({ matterId, costId: entryId, paidOn: on, ...rest }, call) => {
      const amount = given(rest.amount);
      const command = { ...rest, entryId, kind: EntryKind.COST, amount, on };
      return recordEntry(rooms, matterId, command, call);
    },

    recordRecovery: ({ matterId, recoveryId: entryId, receivedOn: on, ...rest }, call) => {
      const amount = given(rest.amount);
      const command = { ...rest, entryId, kind: EntryKind.RECOVERY, amount, on };
      return recordEntry(rooms, matterId, command, call);
    },

    reverseMoney: ({ matterId, requestId, ...command }, call) =>
      rooms.db.tenant(call.caller.orgId, (tx) => {
        const once = { requestId, content: { verb: 'reverse', matterId, ...command } };
        return onceOrNow(tx, once, ReverseMoneyResponse, async () => {
          const matter = await matterForUpdate(tx, matterId);
          const entries = await entriesOf(tx, [matterId]);
          const decided = reverse(matter, entries, command, doingOf(call));
          return keep(tx, matterId, decided, command, call);
        });
      }),

    evaluateWorth: (request, call) => evaluate(rooms, request, call),
  };
}
