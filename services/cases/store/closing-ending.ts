import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emitAll, type EventOf } from '@recourse/kit/events.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { creditorZone } from '../rules/in-force.ts';
import { casesTopic } from '../topic.ts';
import { casesOfClosing } from './closing-cases.ts';
import { type ClosingRow, endLapsed } from './closings.ts';
import { note } from './timeline.ts';

/** That a closing came into the state it is in. */
export function closingNews(
  closing: Pick<
    ClosingRow,
    'closingId' | 'kind' | 'state' | 'currency' | 'openMinor' | 'priceMinor'
  >,
  caseIds: string[],
): EventOf<CasesEvent> {
  const { closingId, kind, state, currency, openMinor, priceMinor } = closing;
  const open = { currency, minor: openMinor };
  const price = priceMinor === null ? undefined : { currency, minor: priceMinor };
  return { $case: 'closingChanged', value: { closingId, kind, state, caseIds, open, price } };
}

/**
 * Proposals that nobody decided in time, or of which a case was paid or closed otherwise, no longer
 * wait: what was proposed is no longer what would be decided.
 */
export async function endLapsedClosings(tx: Tx, at: Temporal.Instant): Promise<void> {
  const ended = await endLapsed(tx, dayIn(creditorZone, at), at);
  for (const closing of ended) {
    const { closingId } = closing;
    const cases = await casesOfClosing(tx, closingId);
    const facts = { closing_id: closingId, closing_kind: closing.kind };
    const what = 'closing_withdrawn';
    await note(
      tx,
      at,
      cases.map(({ caseId }) => ({ caseId, kind: 'case', what, actor: undefined, facts })),
    );
    const caseIds = cases.map((one) => one.caseId);
    const about = { aggregateId: closingId, at };
    await emitAll(tx, casesTopic, [{ about, events: [closingNews(closing, caseIds)] }]);
  }
}
