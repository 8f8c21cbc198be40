import type { Day } from '@recourse/kit/day.ts';
import type { GuarantorPeriod } from '@recourse/proto/litigation/v1/limitation.ts';
import type { Debt, DebtEvent } from './debt.ts';
import { whyOf } from './fees.ts';
import type { Calendar } from './law/calendar.ts';
import { guarantor, type GuarantorEvent } from './law/guarantor.ts';

type Law = Parameters<typeof guarantor>[2];

/** Acts towards the guarantor himself: they bear on his period alone. */
export const guarantorKinds = ['demand_guarantor', 'sue_guarantor'] as const;

function kindOf(kind: string): GuarantorEvent['kind'] | undefined {
  if (kind === 'suit') return 'sue_debtor';
  if (kind === 'arbitration') return 'arbitrate_debtor';
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
    return [{ id, kind, on, proof, ...fate }];
  });
}

/** The guarantor's period, apart from the limitation (民法典 692–695); undefined without one. */
export function guarantorMessage(
  debt: Pick<Debt, 'dueDay' | 'guarantor'>,
  events: readonly DebtEvent[],
  today: Day,
  calendar: Calendar,
  law: Law,
): GuarantorPeriod | undefined {
  const { guarantor: named, dueDay } = debt;
  if (named === undefined) return undefined;
  const clock = guarantor(
    {
      contractOn: named.contractOn === '' ? dueDay : named.contractOn,
      kind: named.kind === 'joint' ? 'joint' : 'general',
      principalDueOn: dueDay,
      ...(named.agreedUntil === '' ? {} : { agreedUntil: named.agreedUntil }),
      events: guarantorEvents(events),
      today: today.toString(),
    },
    calendar,
    law,
  );
  return {
    guarantor: named,
    expiresOn: clock.period.endOn,
    state: clock.state,
    mustDoZh: clock.mustDo.zh,
    mustDoEn: clock.mustDo.en,
    daysLeft: clock.daysLeft ?? 0,
    warnings: [...clock.warnings],
    why: clock.rules.map((rule) => whyOf(rule)),
    keptBy: clock.keptBy ?? '',
    limitationEndsOn: clock.limitationEndsOn ?? '',
  };
}
