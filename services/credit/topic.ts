import { topic } from '@recourse/kit/events.ts';
import { BlacklistEvent } from '@recourse/proto/blacklist/v1/events.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';

/** What credit tells. */
export const creditTopic = topic('credit', CreditEvent);

/** What credit listens to. */
export const casesTopic = topic('cases', CasesEvent);
export const blacklistTopic = topic('blacklist', BlacklistEvent);
export const litigationTopic = topic('litigation', LitigationEvent);
