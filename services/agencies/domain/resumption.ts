import type { Told } from './agency.ts';
import type { Placement } from './placement.ts';

/**
 * The payment that had closed the case bounced, which unwinds exactly what the closing did to a
 * placement (domain.md 4): one that it completed is active again under its frozen terms, or an
 * offer again when nobody had answered it. One that was recalled or declined, or that an earlier
 * closing had completed, stays as it is.
 */
export function resume(
  placement: Placement,
  closedAt: Temporal.Instant,
  at: Temporal.Instant,
): { state: Placement; events: Told[] } {
  const { placementId, caseId, agencyId, agencyName, acceptedAt, endedAt } = placement;
  const byThatClosing =
    placement.state === 'COMPLETED' &&
    placement.endReason === 'case_closed' &&
    endedAt !== undefined &&
    Temporal.Instant.compare(endedAt, closedAt) === 0;
  if (!byThatClosing) return { state: placement, events: [] };
  const state: Placement = {
    ...placement,
    state: acceptedAt === undefined ? 'OFFERED' : 'ACTIVE',
    endedAt: undefined,
    endReason: '',
    version: placement.version + 1n,
  };
  const named = { placementId, caseId, agencyId, agencyName };
  const value = { ...named, resumedAt: at.toString(), acceptedAt: acceptedAt?.toString() };
  return { state, events: [{ $case: 'placementResumed', value }] };
}
