import { randomUUIDv7 } from 'node:crypto';
import type { PlaceCaseRequest } from '@recourse/proto/agencies/v1/placements.ts';
import type { Org, Stage } from './stage.ts';

const reason = '另行安排';

/** What one creditor and one agency do with placements, and what can be seen of it, for tests. */
export function openDesk(stage: Stage, creditor: Org, agency: Org) {
  function asking(more: Partial<PlaceCaseRequest> = {}): PlaceCaseRequest {
    return {
      caseId: stage.openCase(),
      placementId: randomUUIDv7(),
      agencyId: agency.orgId,
      terms: undefined,
      note: '',
      ...more,
    };
  }

  async function placed(more: Partial<PlaceCaseRequest> = {}, by = creditor): Promise<string> {
    const request = asking(more);
    await stage.placements.placeCase(request, await by.as('director'));
    return request.placementId;
  }

  async function answer(
    verb: 'acceptPlacements' | 'declinePlacements',
    placementIds: string[],
    by = agency,
    requestId = randomUUIDv7(),
  ) {
    return stage.placements[verb](
      { placementIds, reason, requestId },
      await by.as('agency_manager'),
    );
  }

  async function recall(placementIds: string[], by = creditor) {
    const request = { placementIds, reason, requestId: randomUUIDv7() };
    return stage.placements.recallPlacements(request, await by.as('supervisor'));
  }

  async function seenBy(org: Org, placementId: string) {
    const role = org.orgKind === 'agency' ? 'agency_agent' : 'collector';
    const { placement } = await stage.placements.getPlacement({ placementId }, await org.as(role));
    return placement;
  }

  async function load(of = agency) {
    const [row] = await stage.service.ownerQuery<{
      offered: number;
      active: number;
      openMinor: bigint;
    }>(`SELECT offered, active, open_minor AS "openMinor" FROM agency_load WHERE agency_id = $1`, [
      of.orgId,
    ]);
    return row;
  }

  async function told(placementId: string) {
    return stage.service.ownerQuery<{ type: string; audience: string[]; org_id: string }>(
      'SELECT type, audience, org_id FROM outbox WHERE aggregate_id = $1 ORDER BY version',
      [placementId],
    );
  }

  return { asking, placed, answer, recall, seenBy, load, told };
}

export type Desk = ReturnType<typeof openDesk>;
