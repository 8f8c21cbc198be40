import type { Dated } from './dated.ts';
import type { PeriodUnit } from './period.ts';

export const procedures = [
  'ordinary',
  'simplified',
  'small_claims',
  'payment_order',
  'preservation',
  'appeal',
  'retrial',
  'enforcement',
  'bankruptcy',
] as const;
export type Procedure = (typeof procedures)[number];

/** What happens in a procedure and starts, meets or moves a deadline. */
export const procedureEventKinds = [
  'filed',
  'docketed',
  'fee_notice_received',
  'fee_paid',
  'complaint_served',
  'answer_filed',
  'jurisdiction_objection_filed',
  'counterclaim_filed',
  'evidence_notice_served',
  'evidence_filed',
  'hearing',
  'public_notice_published',
  'judgment_served',
  'ruling_served',
  'judgment_effective',
  'appeal_filed',
  'second_instance_docketed',
  'ruling_appeal_docketed',
  'retrial_applied',
  'performance_due',
  'enforcement_applied',
  'enforcement_notice_served',
  'enforcement_objection_filed',
  'objection_ruling_served',
  'objection_reconsideration_applied',
  'outsider_objection_ruling_served',
  'outsider_suit_filed',
  'distribution_plan_served',
  'distribution_objection_filed',
  'distribution_objection_notified',
  'distribution_suit_filed',
  'payment_order_applied',
  'payment_order_accepted',
  'payment_order_issued',
  'payment_order_served',
  'payment_order_objected',
  'payment_order_objection_rejected',
  'preservation_applied',
  'preservation_applied_urgently',
  'security_provided',
  'preservation_ruled',
  'preservation_ruling_served',
  'preservation_executed',
  'pre_suit_preservation_executed',
  'preservation_reconsideration_applied',
  'asset_frozen',
  'preservation_expires',
  'preservation_renewed',
  'suit_filed',
  'bankruptcy_claims_opened',
  'bankruptcy_claim_filed',
  'harmful_act_done',
  'harmful_act_known',
  'rescission_suit_filed',
  'postponed',
] as const;
export type ProcedureEventKind = (typeof procedureEventKinds)[number];

export type Words = { readonly zh: string; readonly en: string };

/** One deadline as data; the rows stand in rules/law/deadlines*.ts. */
export type DeadlineRule = {
  readonly deadline: string;
  readonly procedures: readonly Procedure[];
  readonly from: ProcedureEventKind;
  /** On whom it is served when the event does not say; `us` unless stated. */
  readonly party?: 'us' | 'opponent';
  readonly length: number;
  readonly unit: PeriodUnit | 'hours';
  /** Counted backwards from the event (renewal before expiry, notice before a hearing). */
  readonly before?: true;
  /** What meets it may have been done before: a suit filed before the freeze took hold. */
  readonly metEarly?: true;
  /** The court may set another length in the event (`days`); this is its least or its most. */
  readonly set?: 'least' | 'most';
  /** The most that the court may set where `length` is the least. */
  readonly atMost?: { readonly length: number; readonly unit: 'days' | 'months' };
  /** `served` binds the party on whom the event was served: an appeal. */
  readonly bound: 'us' | 'opponent' | 'court' | 'served';
  readonly metBy: readonly ProcedureEventKind[];
  /** True when missing it costs a right for good: a second person must check it. */
  readonly fatal: boolean;
  readonly act: Words;
  readonly rightLost: Words;
};

export type DeadlineTables = { readonly deadlines: readonly Dated<DeadlineRule>[] };
