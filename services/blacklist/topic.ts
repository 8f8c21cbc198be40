import { topic } from '@recourse/kit/events.ts';
import { BlacklistEvent } from '@recourse/proto/blacklist/v1/events.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { CreditEvent } from '@recourse/proto/credit/v1/events.ts';

/** What blacklist tells. */
export const blacklistTopic = topic('blacklist', BlacklistEvent);

/** What blacklist listens to. */
export const casesTopic = topic('cases', CasesEvent);
export const creditTopic = topic('credit', CreditEvent);
