import { topic } from '@recourse/kit/events.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { CreditEvent } from '@recourse/proto/credit/v1/events.ts';

/** What credit tells. */
export const creditTopic = topic('credit', CreditEvent);

/** What credit listens to. */
export const casesTopic = topic('cases', CasesEvent);
