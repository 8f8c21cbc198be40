import { type Money, money, sum } from '@recourse/kit/money.ts';
import type {
  Fee as FeeMessage,
  FeeShares,
  Judgment,
  Proceeding,
} from '@recourse/proto/litigation/v1/matters.ts';
import { feeMessage, lawFeeOf } from './fees.ts';
import { bearFee, type FeeOutcome } from './law/fee-bearing.ts';
import type { Matter } from './matter.ts';

type Law = Parameters<typeof lawFeeOf>[3];
type Seen = Pick<Matter, 'proceedings' | 'judgments' | 'currency'>;

/** How a proceeding came out, as far as its fee goes; the share is the court's or assumed. */
type Outcome = { kind: FeeOutcome; claimantShareBps?: number; assumed: boolean };

/** What a stage says by itself of the outcome. */
const byStage: Readonly<Record<string, FeeOutcome>> = {
  mediated: 'mediated',
  withdrawn: 'withdrawn',
  rejected: 'not_accepted',
  dismissed: 'dismissed',
  remanded: 'remanded',
  lost: 'lost',
};

const ofOrder: Readonly<Record<string, FeeOutcome>> = {
  effective: 'no_objection',
  objected: 'objection',
};

const ofEnforcement: Readonly<Record<string, FeeOutcome>> = {
  completed: 'enforced',
  settled: 'enforcement_settled',
};

function judgmentOf(matter: Seen, proceedingId: string): Judgment | undefined {
  return matter.judgments.find((one) => one.proceedingId === proceedingId);
}

function granted({ principal, interest, costs }: Judgment, currency: string): Money {
  const parts = [principal, interest, costs].filter((one) => one !== undefined);
  return sum(parts, currency);
}

/**
 * How much of a decision an appeal contests: as recorded, else what the decision denied us of the
 * claims, else all of them. 诉讼费用交纳办法 art. 17.
 */
export function appealedOf(matter: Seen, proceeding: Proceeding, claimed: Money): Money {
  if (proceeding.appealed !== undefined) return proceeding.appealed;
  const decided = judgmentOf(matter, proceeding.followsId);
  if (decided === undefined) return claimed;
  const denied = claimed.minor - granted(decided, matter.currency).minor;
  return denied > 0n ? money(denied, claimed.currency) : claimed;
}

/** By what was granted of what was asked; the court may divide otherwise (办法 art. 29 ¶2). */
function byAmount(asked: bigint, won: bigint): Outcome {
  if (won <= 0n) return { kind: 'lost', assumed: false };
  if (won >= asked) return { kind: 'won', assumed: false };
  const claimantShareBps = Number(((asked - won) * 10_000n + asked / 2n) / asked);
  return { kind: 'partly_won', claimantShareBps, assumed: true };
}

/** Of an appeal what counts is what it brought beyond the decision it contested. */
function byJudgment(
  matter: Seen,
  { proceedingId, followsId, procedure }: Proceeding,
  asked: Money,
): Outcome | undefined {
  const judgment = judgmentOf(matter, proceedingId);
  if (judgment === undefined) return undefined;
  const { outcome, claimantShareBps } = judgment;
  if (judgment.form === 'mediation') return { kind: 'mediated', assumed: false };
  if (outcome === 'won' || outcome === 'lost') return { kind: outcome, assumed: false };
  if (claimantShareBps !== undefined) {
    return { kind: 'partly_won', claimantShareBps, assumed: false };
  }
  const first = procedure === 'PROCEDURE_APPEAL' ? judgmentOf(matter, followsId) : undefined;
  const before = first === undefined ? 0n : granted(first, matter.currency).minor;
  return byAmount(asked.minor, granted(judgment, matter.currency).minor - before);
}

const suits: readonly string[] = [
  'PROCEDURE_SMALL_CLAIMS',
  'PROCEDURE_SUMMARY',
  'PROCEDURE_ORDINARY',
];

/** The fee of a preservation follows the suit that it secured (办法 art. 38 ¶3). */
function ofSecured(matter: Seen, claimed: Money): Outcome | undefined {
  const suit = matter.proceedings.findLast(({ procedure }) => suits.includes(procedure));
  const outcome = suit === undefined ? undefined : outcomeOf(matter, suit, claimed);
  return outcome?.kind === 'not_accepted' || outcome?.kind === 'dismissed' ? undefined : outcome;
}

function plain(kind: FeeOutcome | undefined): Outcome | undefined {
  return kind === undefined ? undefined : { kind, assumed: false };
}

function outcomeOf(matter: Seen, proceeding: Proceeding, asked: Money): Outcome | undefined {
  const { procedure, stage } = proceeding;
  switch (procedure) {
    case 'PROCEDURE_PAYMENT_ORDER':
      return plain(ofOrder[stage]);
    case 'PROCEDURE_ENFORCEMENT':
      return plain(ofEnforcement[stage]);
    case 'PROCEDURE_PRESERVATION_PRE_SUIT':
    case 'PROCEDURE_PRESERVATION_IN_SUIT':
      return ofSecured(matter, asked);
    default:
      return plain(byStage[stage]) ?? byJudgment(matter, proceeding, asked);
  }
}

/**
 * The fee of a proceeding with who bears it once the outcome is known: by the stage that ended it,
 * by the judgment, and where a claim was granted in part by the court's division, or, while none is
 * recorded, by the part that was granted. legal.md 2.1; 诉讼费用交纳办法 art. 27–38.
 */
export function feeShown(
  matter: Seen,
  proceeding: Proceeding,
  claimed: Money,
  on: string,
  law: Law,
): FeeMessage | undefined {
  const isAppeal = proceeding.procedure === 'PROCEDURE_APPEAL';
  const asked = isAppeal ? appealedOf(matter, proceeding, claimed) : claimed;
  const fee = lawFeeOf(proceeding, asked, on, law);
  const advanced = lawFeeOf({ ...proceeding, stage: 'filed' }, asked, on, law);
  if (fee === undefined || advanced === undefined) return undefined;
  const outcome = outcomeOf(matter, proceeding, asked);
  if (outcome === undefined) return feeMessage(fee);
  const { kind, claimantShareBps, assumed } = outcome;
  const { claimant, defendant, refund, agreed, basis } = bearFee(fee, {
    kind,
    ...(claimantShareBps === undefined ? {} : { claimantShareBps }),
    ...(fee.prepaid ? { advanced: advanced.amount } : {}),
  });
  const shares: FeeShares = { outcome: kind, claimant, defendant, refund, agreed, basis, assumed };
  return { ...feeMessage(fee), shares };
}
