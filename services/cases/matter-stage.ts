import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { endsStage, stageOfProcedure } from './domain/stage.ts';
import { creditorZone } from './rules/in-force.ts';
import { saveSued } from './store/cases.ts';
import { lockCasesOf, refreshCases } from './store/refresh.ts';
import { keepStage } from './store/stages.ts';

type Told = EventOf<LitigationEvent>;

/** What was to be assessed has been: the schedule of these cases goes on. */
async function sued(tx: Tx, caseIds: readonly string[], at: Temporal.Instant): Promise<void> {
  await lockCasesOf(tx, { caseIds });
  await saveSued(tx, caseIds, dayIn(creditorZone, at));
  await refreshCases(tx, { caseIds }, at);
}

/** The stage of cases that something told of a matter brings them to; undefined for the rest. */
function stageTold(event: Told) {
  switch (event.$case) {
    case 'matterOpened':
      return { ...event.value, stage: 'LITIGATION' as const, ended: false };
    case 'matterMoved':
      return { ...event.value, stage: stageOfProcedure(event.value.procedure), ended: false };
    case 'matterClosed': {
      const ended = endsStage(event.value.outcome);
      return { ...event.value, stage: 'LITIGATION' as const, ended };
    }
    default:
      return undefined;
  }
}

/**
 * The stage of cases follows their matters; one that was opened also ends the assessment they were
 * waiting for.
 */
export async function followMatter(tx: Tx, event: Told, at: Temporal.Instant): Promise<void> {
  const told = stageTold(event);
  if (told === undefined) return;
  const { matterId: sourceId, caseIds, stage, ended } = told;
  for (const caseId of caseIds.toSorted()) {
    await keepStage(tx, { caseId, sourceId, stage, ended });
  }
  if (event.$case === 'matterOpened') await sued(tx, caseIds, at);
}
