import type { Day } from '@recourse/kit/day.ts';
import type { Guarantor, GuarantorPeriod } from '@recourse/proto/litigation/v1/limitation.ts';
import { eventsOn } from './claim.ts';
import type { Debt, DebtEvent } from './debt.ts';
import { lawEvents } from './debt-clock.ts';
import { whyOf } from './fees.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { guarantor, type GuarantorClock, type GuarantorEvent } from './law/guarantor.ts';
import { onDemandKinds } from './law/limitation-event.ts';
import { dueOf } from './law/limitation-walk.ts';

type Law = Parameters<typeof guarantor>[2];

/** Acts towards the guarantor himself: they bear on his period alone. */
export const guarantorKinds = ['demand_guarantor', 'sue_guarantor'] as const;

/** What gives the debtor more time; without the guarantor's consent his period stays (695). */
const extensions: readonly string[] = ['extension', 'repayment_plan'];

function kindOf(kind: string): GuarantorEvent['kind'] | undefined {
  if (kind === 'suit') return 'sue_debtor';
  if (kind === 'arbitration') return 'arbitrate_debtor';
  if (extensions.includes(kind)) return 'due_date_extended';
  return guarantorKinds.find((one) => one === kind);
}

/** Acts that keep a guarantor: the suit against the debtor, a demand on the guarantor. */
function guarantorEvents(events: readonly DebtEvent[]): GuarantorEvent[] {
  return events.flatMap((event): GuarantorEvent[] => {
    const { eventId: id, on, proof, details } = event;
    const kind = kindOf(event.kind);
    if (event.struck || kind === undefined) return [];
    const isWithdrawn = details.outcome === 'withdrawn';
    const fate = isWithdrawn ? { withdrawn: true, served: details.servedOn !== undefined } : {};
    const isLonger = kind === 'due_date_extended';
    const time = {
      ...(isLonger && details.guarantorConsented === true ? { consented: true } : {}),
      ...(isLonger && details.until !== undefined ? { until: details.until } : {}),
    };
    return [{ id, kind, on, proof, ...fate, ...time }];
  });
}

/** The principal's due day for the guarantor: of its last instalment, of the end of a grace. */
function principalDue(dueDay: string, events: readonly DebtEvent[], today: Day) {
  const told = lawEvents(dueDay, events, today);
  // Against the guarantor too only a day that can be shown moves his period.
  const shown = told.filter(
    ({ kind, proof }) => !onDemandKinds.includes(kind) || proof === 'proven' || proof === 'likely',
  );
  const inParts = shown.some(({ kind }) => kind === 'instalment_due');
  return { principalDueOn: dueOf(shown) ?? dueDay, inParts };
}

/** What the contract of guarantee says of its period. */
function termsOf(named: Guarantor) {
  return {
    kind: named.kind === 'joint' ? ('joint' as const) : ('general' as const),
    ...(named.agreedUntil === '' ? {} : { agreedUntil: named.agreedUntil }),
    ...(named.agreedMonths > 0 ? { agreedMonths: named.agreedMonths } : {}),
    ...(named.agreedUnclear ? { unclear: true } : {}),
  };
}

type Guaranteed = Pick<Debt, 'dueDay' | 'guarantor' | 'claims'>;

/** The guarantor's period for one claim; for the whole debt as long as its claims are not known. */
export type ClaimPeriod = { receivableId: string; clock: GuarantorClock };

/**
 * A guarantor's periods, apart from the limitation (民法典 692–695): one for each open claim, since
 * each is due on a day of its own, the soonest end first. None without a guarantor.
 */
export function guarantorPeriods(
  debt: Guaranteed,
  events: readonly DebtEvent[],
  today: Day,
  calendar: Calendar,
  law: Law,
): ClaimPeriod[] {
  const { guarantor: named, dueDay, claims } = debt;
  if (named === undefined) return [];
  // Invoices of one day to which the same happened have one period; there may be thousands.
  const known = new Map<string, GuarantorClock>();
  const clockOf = (dueOn: string, own: readonly DebtEvent[]): GuarantorClock =>
    guarantor(
      {
        contractOn: named.contractOn === '' ? dueDay : named.contractOn,
        ...termsOf(named),
        ...principalDue(dueOn, own, today),
        events: guarantorEvents(own),
        today: today.toString(),
      },
      calendar,
      law,
    );
  if (claims.length === 0) return [{ receivableId: '', clock: clockOf(dueDay, events) }];
  const made = claims.map(({ receivableId, dueDay: dueOn }): ClaimPeriod => {
    const own = eventsOn(events, receivableId);
    const key = [dueOn, ...own.map((event) => event.eventId)].join(' ');
    const clock = known.get(key) ?? clockOf(dueOn, own);
    known.set(key, clock);
    return { receivableId, clock };
  });
  return made.toSorted((a, b) =>
    a.clock.period.endOn === b.clock.period.endOn
      ? a.receivableId < b.receivableId
        ? -1
        : 1
      : a.clock.period.endOn < b.clock.period.endOn
        ? -1
        : 1,
  );
}

/** The period to look at: the open one that ends next, else a kept, else an ended one. */
function foremost(periods: readonly ClaimPeriod[]): GuarantorClock | undefined {
  for (const state of ['open', 'kept', 'released'] as const) {
    const found = periods.find(({ clock }) => clock.state === state);
    if (found !== undefined) return found.clock;
  }
  return undefined;
}

/** The guarantor's period as it is shown; undefined without one. */
export function guarantorMessage(
  { guarantor: named }: Pick<Debt, 'guarantor'>,
  periods: readonly ClaimPeriod[],
): GuarantorPeriod | undefined {
  const clock = foremost(periods);
  if (named === undefined || clock === undefined) return undefined;
  const count = (state: GuarantorClock['state']): number =>
    periods.filter((one) => one.clock.state === state).length;
  return {
    guarantor: named,
    expiresOn: clock.period.endOn,
    state: clock.state,
    mustDoZh: clock.mustDo.zh,
    mustDoEn: clock.mustDo.en,
    daysLeft: clock.daysLeft ?? 0,
    warnings: [...new Set(periods.flatMap((one) => one.clock.warnings))],
    why: clock.rules.map((rule) => whyOf(rule)),
    keptBy: clock.keptBy ?? '',
    limitationEndsOn: clock.limitationEndsOn ?? '',
    openCount: count('open'),
    keptCount: count('kept'),
    releasedCount: count('released'),
  };
}
