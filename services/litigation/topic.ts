import { topic } from '@recourse/kit/events.ts';
import { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';

/** What litigation tells. */
export const litigationTopic = topic('litigation', LitigationEvent);

/** What litigation listens to. */
export const agenciesTopic = topic('agencies', AgenciesEvent);
export const casesTopic = topic('cases', CasesEvent);
