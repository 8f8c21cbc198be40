import { topic } from '@recourse/kit/events.ts';
import { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';

/** What agencies tells. */
export const agenciesTopic = topic('agencies', AgenciesEvent);

/** What agencies listens to. */
export const casesTopic = topic('cases', CasesEvent);
export const creditTopic = topic('credit', CreditEvent);
export const litigationTopic = topic('litigation', LitigationEvent);
