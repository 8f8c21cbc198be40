import { daysBetween, day, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import { type Money, money, negate, split } from '@recourse/kit/money.ts';
import type { CaseShare, EntryKind, MoneyEntry } from '@recourse/proto/litigation/v1/money.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type { Matter, Told } from './matter.ts';

/** An entry with the matter it belongs to and the hash of the command that made it. */
export type EntryFact = { matterId: string; contentHash: string; entry: MoneyEntry };

export type EntryCommand = {
  entryId: string;
  kind: EntryKind;
  what: string;
  amount: Money;
  on: string;
  reference: string;
  note: string;
};

/** How a recovery falls on a judgment; nothing when there is none. */
export type Falling = { toJudgment: Money; toDoubleInterest: Money } | undefined;

/** An amount over the cases by what each claims; the parts add up to it exactly. */
export function sharesOf(matter: Matter, amount: Money): CaseShare[] {
  const weights = matter.cases.map((one) => {
    const own = matter.claims.filter((claim) => claim.caseId === one.caseId);
    return own.reduce((total, claim) => total + (claim.amount?.minor ?? 0n), 0n);
  });
  const whole = weights.reduce((a, b) => a + b, 0n);
  const parts = split(amount, whole === 0n ? weights.map(() => 1n) : weights);
  return matter.cases.map((one, place) => ({
    caseId: one.caseId,
    amount: parts[place] ?? money(0n, amount.currency),
  }));
}

/** What an entry tells the cases. */
function told(matter: Matter, entry: MoneyEntry): Told {
  const { matterId, debtorId } = matter;
  const { entryId, what, amount, on, shares, reversesId, recordedAt } = entry;
  const common = { matterId, debtorId, what, amount, shares, reversesId, recordedAt };
  return entry.kind === 'ENTRY_KIND_COST'
    ? { $case: 'costRecorded', value: { ...common, costId: entryId, paidOn: on } }
    : { $case: 'recoveryRecorded', value: { ...common, recoveryId: entryId, receivedOn: on } };
}

/**
 * Records a cost or a recovery; a closed matter takes them too, since bills and money come late.
 * The same entry again is the same answer. Faults: `missing` matter_unknown; `exists`
 * entry_exists_with_other_content; `invalid` amount_in_other_currency; `refused` day_in_future.
 */
export function record(
  matter: Matter | undefined,
  entries: readonly EntryFact[],
  command: EntryCommand,
  falling: Falling,
  by: { actor: Actor; at: Temporal.Instant; today: Day },
): { entry: MoneyEntry; events: Told[] } {
  if (matter === undefined) throw fault('missing', 'matter_unknown');
  const known = entries.find(({ entry }) => entry.entryId === command.entryId);
  if (known !== undefined) {
    if (known.contentHash !== contentHash(command)) {
      throw fault('exists', 'entry_exists_with_other_content');
    }
    return { entry: known.entry, events: [] };
  }
  if (command.amount.currency !== matter.currency) {
    throw fault('invalid', 'amount_in_other_currency', { currency: matter.currency });
  }
  if (daysBetween(by.today, day(command.on)) > 0) {
    throw fault('refused', 'day_in_future', { on: command.on, today: by.today.toString() });
  }
  const entry: MoneyEntry = {
    ...command,
    shares: sharesOf(matter, command.amount),
    reversesId: '',
    reversed: false,
    actor: by.actor,
    recordedAt: by.at.toString(),
    toJudgment: falling?.toJudgment,
    toDoubleInterest: falling?.toDoubleInterest,
  };
  return { entry, events: [told(matter, entry)] };
}

/**
 * Takes an entry back with one of its own. Faults: `missing` matter_unknown, entry_unknown;
 * `refused` entry_already_reversed, reversal_cannot_be_reversed.
 */
export function reverse(
  matter: Matter | undefined,
  entries: readonly EntryFact[],
  command: { entryId: string; reason: string },
  by: { actor: Actor; at: Temporal.Instant; today: Day },
): { entry: MoneyEntry; events: Told[] } {
  if (matter === undefined) throw fault('missing', 'matter_unknown');
  const before = entries.find(({ entry }) => entry.entryId === command.entryId)?.entry;
  if (before === undefined) throw fault('missing', 'entry_unknown');
  if (before.reversesId !== '') throw fault('refused', 'reversal_cannot_be_reversed');
  if (before.reversed) throw fault('refused', 'entry_already_reversed');
  const entry: MoneyEntry = {
    ...before,
    entryId: namedUuid(before.entryId, 'reversal'),
    amount: before.amount === undefined ? undefined : negate(before.amount),
    shares: before.shares.map(({ caseId, amount }) => ({
      caseId,
      amount: amount === undefined ? undefined : negate(amount),
    })),
    on: by.today.toString(),
    note: command.reason,
    reversesId: before.entryId,
    reversed: false,
    actor: by.actor,
    recordedAt: by.at.toString(),
    toJudgment: before.toJudgment === undefined ? undefined : negate(before.toJudgment),
    toDoubleInterest:
      before.toDoubleInterest === undefined ? undefined : negate(before.toDoubleInterest),
  };
  return { entry, events: [told(matter, entry)] };
}

/** The sums of a matter's entries, reversals taken out. */
export function sums(
  entries: readonly MoneyEntry[],
  currency: string,
): { spent: Money; recovered: Money } {
  const of = (kind: EntryKind): Money => {
    const own = entries.filter((entry) => entry.kind === kind);
    const minor = own.reduce((total, entry) => total + (entry.amount?.minor ?? 0n), 0n);
    return money(minor, currency);
  };
  return { spent: of('ENTRY_KIND_COST'), recovered: of('ENTRY_KIND_RECOVERY') };
}
