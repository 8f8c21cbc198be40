import { randomUUIDv7 } from 'node:crypto';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { type Creditor, debtorId, type Stage } from './stage.ts';

/** What cases tells of letters, for the tests of what they are to a limitation. */

export type Told = NonNullable<CasesEvent['event']>;

/** A case that opens a debt. */
export function opened(caseId: string, oldestDueDate = '2024-06-30'): Told {
  const value = {
    caseId,
    caseNumber: 'C-2026-000901',
    debtorId,
    overdue: { currency: 'CNY', minor: 500n },
  };
  return { $case: 'caseOpened', value: { ...value, oldestDueDate } };
}

const paper = {
  fileId: randomUUIDv7(),
  fileName: '回执.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 9n,
};

/** A letter sent and what became of it, as cases tells both. */
export function letter(
  caseId: string,
  how: { party?: string; kind?: string; outcome?: string; on: string; signer?: string },
): [Told, Told] {
  const { party = 'DEBTOR', kind = 'DEMAND', outcome = 'DELIVERED', on, signer = '' } = how;
  const letterId = randomUUIDv7();
  const common = { caseId, letterId, debtorId, kind, party, means: 'EMS', agencyId: '' };
  return [
    { $case: 'letterSent', value: { ...common, sentOn: on, trackingNumber: '123' } },
    {
      $case: 'letterSettled',
      value: { ...common, deliveryId: randomUUIDv7(), outcome, on, signer, proof: paper },
    },
  ];
}

export type Order = 'as_given' | 'reversed';

/** Tells events in an order of arrival of their own, each at the instant that it has. */
export async function tellAll(
  stage: Stage,
  creditor: Creditor,
  events: readonly Told[],
  order: Order,
): Promise<void> {
  const start = Temporal.Instant.from('2026-09-01T02:00:00Z');
  const timed = events.map((event, hours) => ({ event, at: start.add({ hours }) }));
  for (const { event, at } of order === 'reversed' ? timed.toReversed() : timed) {
    // Each under an aggregate of its own, so that the order of arrival is that of telling.
    await stage.tell(creditor, randomUUIDv7(), event, at);
  }
}
