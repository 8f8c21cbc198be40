import type { Tx } from '@recourse/kit/db.ts';
import { type Actor, emitAll } from '@recourse/kit/events.ts';
import { casesTopic } from '../topic.ts';
import type { Joined } from './opening.ts';

/** Receivables told in one event; about 130 bytes each. */
const toldAtOnce = 2_000;

/** Tells which receivables cases are about from now on, each case in chunks. */
export async function tellJoined(
  tx: Tx,
  joined: readonly Joined[],
  by: { at: Temporal.Instant; actor?: Actor },
): Promise<void> {
  const told = [...Map.groupBy(joined, (one) => one.caseId)].map(([caseId, own]) => {
    const debtorId = own[0]?.debtorId ?? '';
    const chunks = Array.from({ length: Math.ceil(own.length / toldAtOnce) }, (_, place) =>
      own.slice(place * toldAtOnce, (place + 1) * toldAtOnce),
    );
    const events = chunks.map((chunk) => {
      const receivables = chunk.map(
        ({ receivableId, documentNumber, dueDate, currency, openMinor }) => ({
          receivableId,
          documentNumber,
          dueDate,
          open: { currency, minor: openMinor },
        }),
      );
      return { $case: 'receivablesJoined' as const, value: { caseId, debtorId, receivables } };
    });
    return { about: { aggregateId: caseId, ...by }, events };
  });
  await emitAll(tx, casesTopic, told);
}
