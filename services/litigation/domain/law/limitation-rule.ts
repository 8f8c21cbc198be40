import type { Dated } from './dated.ts';
import type { Words } from './deadline-rule.ts';

/** How well an event can be proven, best first. */
export const proofs = ['proven', 'likely', 'weak', 'none'] as const;
export type Proof = (typeof proofs)[number];

export const limitationEventKinds = [
  // What starts the clock.
  'due',
  'instalment_due',
  'grace_end',
  'refusal',
  'knowledge',
  'harm',
  // What the creditor does.
  'demand',
  'bank_deduction',
  'public_notice',
  'assignment_notice',
  'mediation_request',
  'police_report',
  // What the debtor does.
  'part_payment',
  'acknowledgement',
  'repayment_plan',
  'security_given',
  'extension',
  'set_off',
  // Proceedings and what has their effect.
  'suit',
  'arbitration',
  'payment_order',
  'bankruptcy_claim',
  'pre_suit_preservation',
  'joinder',
  'set_off_in_suit',
  'declaration_missing',
  'subrogation_suit',
  // What stops the clock for a while.
  'obstacle',
  // After a judgment.
  'judgment',
  'enforcement',
  'enforcement_settlement',
  'no_assets',
] as const;
export type LimitationEventKind = (typeof limitationEventKinds)[number];

/** How proceedings ended. */
export const suitOutcomes = [
  'judgment',
  // By a mediation agreement of the court or the arbitrators, which is a title as a judgment is.
  'mediated',
  // Between the parties, with nothing that could be enforced.
  'settled',
  'withdrawn',
  'dismissed',
  'not_accepted',
  'lapsed',
  // Of an enforcement: no assets were found, or all was performed.
  'no_assets',
  'performed',
] as const;
export type SuitOutcome = (typeof suitOutcomes)[number];

/** A kind's part in the clock. `debtor` acts also revive an expired claim. */
export type EventPart = 'start' | 'creditor' | 'debtor' | 'proceedings' | 'obstacle' | 'title';

export type EventRule = {
  readonly part: EventPart;
  readonly source: string;
  /** The clock stands until the proceedings end. */
  readonly pends?: true;
  /** Ends, where it ends by a decision in force, in a title that can be enforced (art. 250). */
  readonly titles?: true;
  /** Done after expiry it brings the claim back (民法典 art. 192; 时效规定 art. 19). */
  readonly revives?: true;
};

export type ActWorks = 'running' | 'absolute' | 'expired' | 'enforcement';

export type NextActRule = {
  readonly act: string;
  readonly words: Words;
  /** What it usually costs, fen; of `feeKind` the fee is computed on the amount. */
  readonly costMinor: bigint;
  readonly feeKind?: 'payment_order' | 'acceptance';
  readonly proof: Proof;
  /** Days it takes until it surely works: a letter must arrive, a filing works the same day. */
  readonly leadDays: number;
  /** Needs a debtor who can be reached. */
  readonly needsDebtor: boolean;
  /** The creditor can do it without the debtor's will. */
  readonly alone: boolean;
  /** When it works: on a running clock, against the 20 years, after expiry, on a title. */
  readonly works: readonly ActWorks[];
};

export type LimitationTables = {
  readonly limitation: {
    /** By the day the period began. */
    readonly general: readonly Dated<{ readonly years: number }>[];
    /** A period of the old law still open on this day goes on to three years. */
    readonly transition: Dated<{ readonly on: string }>;
    readonly absolute: readonly Dated<{ readonly years: number }>[];
    readonly enforcement: readonly Dated<{ readonly years: number }>[];
    readonly suspension: readonly Dated<{
      readonly lastMonths: number;
      readonly monthsAfter: number;
    }>[];
    readonly parts: Readonly<Record<LimitationEventKind, EventRule>>;
    /** Within so many days of the end only an act of the best proof is good enough. */
    readonly certainWithinDays: number;
    /** The worst proof on which the expiry relies. */
    readonly reliesOn: readonly Proof[];
    readonly alarms: readonly Dated<readonly number[]>[];
    readonly acts: readonly Dated<NextActRule>[];
  };
};
