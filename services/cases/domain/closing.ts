import { addDays, type Day, isBefore } from '@recourse/kit/day.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { decimalText, type Money, split } from '@recourse/kit/money.ts';
import { type Authority, type Decider, decidersOf, hasRole, isDecider } from './authority.ts';
import type { Outcome } from './case.ts';
import type { Dated } from './rule.ts';
import type { Stage } from './stage.ts';
import type { StopLoss } from './stop-loss.ts';

/**
 * Write-off (核销), withdrawal (撤回) and sale as a portfolio (打包转让): cases are given up for good
 * when somebody else has approved it (domain.md 4).
 */

export type ClosingKind = 'WRITE_OFF' | 'WITHDRAWAL' | 'SALE';

export type ClosingState = 'PROPOSED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN';

export type ClosingTerms = {
  /** A proposal that nobody decides within so many days is withdrawn. */
  readonly decideWithinDays: number;
};

export type ClosingRules = {
  authority: Dated<Authority>;
  stopLoss: Dated<StopLoss>;
  terms: Dated<ClosingTerms>;
};

/** What a case ends as. */
export const outcomes: Readonly<Record<ClosingKind, Outcome>> = {
  WRITE_OFF: 'WRITTEN_OFF',
  WITHDRAWAL: 'WITHDRAWN',
  SALE: 'SOLD',
};

/**
 * Why a kind may be proposed. Those of a write-off are the evidence of a loss by bad debt that the
 * tax authority accepts (国家税务总局公告 2011 年第 25 号, art. 22 to 24).
 */
const reasons: Readonly<Record<ClosingKind, readonly string[]>> = {
  WRITE_OFF: [
    'BANKRUPT',
    'DEREGISTERED',
    'LOST_CONTACT',
    'NO_ASSETS',
    'TIME_BARRED',
    'LONG_OVERDUE',
    'NOT_WORTH_IT',
    'OTHER',
  ],
  WITHDRAWAL: ['BILLED_WRONGLY', 'DISPUTE_UPHELD', 'RELATIONSHIP', 'HANDED_OVER', 'OTHER'],
  SALE: ['PORTFOLIO', 'NOT_WORTH_IT', 'OTHER'],
};

export type ClosingFile = {
  caseId: string;
  number: string;
  state: 'OPEN' | 'CLOSED';
  handling: 'INTERNAL' | 'OFFERED' | 'PLACED';
  agencyName: string;
  stage: Stage;
  currency: string;
  openMinor: bigint;
  /** The proposal about it that waits for a decision. */
  closingId: string | null;
};

export type Sale = { buyerName: string; buyerIdentifier: string; price: Money; agreedOn: Day };

export type ClosingProposal = {
  kind: ClosingKind;
  reason: string;
  sale: Sale | undefined;
  today: Day;
};

function wrong(field: string, rule: string, repair: string) {
  return { violations: [{ field, rule, repair }] };
}

/** What is open on cases of one currency. Refusal: `cases_of_several_currencies`. */
export function stakeOf(files: readonly Pick<ClosingFile, 'currency' | 'openMinor'>[]) {
  const currencies = [...new Set(files.map((one) => one.currency))];
  const [currency = ''] = currencies;
  if (currencies.length > 1) {
    const facts = { currencies: currencies.toSorted().join(', ') };
    throw fault('refused', 'cases_of_several_currencies', facts);
  }
  return { currency, openMinor: files.reduce((sum, one) => sum + one.openMinor, 0n) };
}

/**
 * Checks what is to be proposed. Refusals in this order: `closing_reason_unfit`,
 * `sale_terms_missing`, `sale_terms_unfit`; of each case those of `refuseCase`, then
 * `closing_under_way`; `cases_of_several_currencies`, those of `refuseSale`.
 */
export function proposeClosing(files: readonly ClosingFile[], proposal: ClosingProposal): void {
  const { kind, reason, sale, today } = proposal;
  if (!reasons[kind].includes(reason)) {
    const at = wrong('/reason', 'closing_reason_unfit', 'Choose a reason of this kind.');
    throw new Fault('invalid', 'closing_reason_unfit', { kind, reason }, at);
  }
  if (kind === 'SALE' && sale === undefined) {
    const at = wrong('/sale', 'sale_terms_missing', 'Name the buyer, the price and the day.');
    throw new Fault('invalid', 'sale_terms_missing', {}, at);
  }
  if (kind !== 'SALE' && sale !== undefined) {
    const at = wrong('/sale', 'sale_terms_unfit', 'Leave it out, or propose a sale.');
    throw new Fault('invalid', 'sale_terms_unfit', { kind }, at);
  }
  for (const file of files) {
    refuseCase(file);
    const { number: caseNumber, closingId } = file;
    if (closingId !== null) {
      throw fault('refused', 'closing_under_way', { caseNumber, closingId });
    }
  }
  const stake = stakeOf(files);
  if (sale !== undefined) refuseSale(stake, sale, today);
}

/**
 * Whether one case can be given up now: an agency that works it has a claim to commission, and a
 * court has the last word on what it is seized of. Refusals in this order: `case_closed`,
 * `case_with_agency`, `case_in_court`.
 */
export function refuseCase(file: Omit<ClosingFile, 'closingId' | 'currency' | 'openMinor'>): void {
  const { caseId, number: caseNumber, handling, stage } = file;
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId, caseNumber });
  if (handling !== 'INTERNAL') {
    const facts = { caseId, caseNumber, handling, agency: file.agencyName };
    throw fault('refused', 'case_with_agency', facts);
  }
  if (stage === 'LITIGATION' || stage === 'ASSET_RECOVERY') {
    throw fault('refused', 'case_in_court', { caseId, caseNumber, stage });
  }
}

/** Refusals in this order: `currencies_differ`, `price_above_open`, `agreed_in_future`. */
function refuseSale(
  stake: { currency: string; openMinor: bigint },
  { price, agreedOn }: Sale,
  today: Day,
): void {
  const { currency } = stake;
  if (price.currency !== currency) {
    const at = wrong('/sale/price', 'currencies_differ', `Give it in ${currency}, as the cases.`);
    const facts = { left: currency, right: price.currency };
    throw new Fault('invalid', 'currencies_differ', facts, at);
  }
  refusePrice(stake, price.minor);
  if (!isBefore(today, agreedOn)) return;
  const facts = { agreedOn: agreedOn.toString(), today: today.toString() };
  const at = wrong('/sale/agreedOn', 'agreed_in_future', 'Give the day on which it was agreed.');
  throw new Fault('refused', 'agreed_in_future', facts, at);
}

function refusePrice(
  { currency, openMinor }: { currency: string; openMinor: bigint },
  priceMinor: bigint,
): void {
  if (priceMinor <= openMinor) return;
  const open = decimalText({ currency, minor: openMinor });
  const facts = { price: decimalText({ currency, minor: priceMinor }), open, currency };
  const at = wrong('/sale/price', 'price_above_open', `Give ${open} at most: what is open.`);
  throw new Fault('refused', 'price_above_open', facts, at);
}

/** The last day on which a proposal may be decided. */
export function lapsesOn(today: Day, { decideWithinDays }: ClosingTerms): Day {
  return addDays(today, decideWithinDays);
}

/** A proposal as it stands when somebody is to decide it. */
export type ProposedClosing = {
  closingId: string;
  kind: ClosingKind;
  state: ClosingState;
  currency: string;
  /** When it was proposed. */
  openMinor: bigint;
  priceMinor: bigint | null;
  proposerId: string;
  version: bigint;
};

/**
 * Checks who decides a proposal, by what is open now. Refusals in this order:
 * `closing_changed_meanwhile`, `closing_not_proposed`, `closing_is_own`,
 * `closing_above_authority`.
 */
export function refuseClosingDecider(
  proposed: ProposedClosing,
  { openMinor, expectedVersion }: { openMinor: bigint; expectedVersion: bigint },
  by: Decider,
  authority: Authority,
): void {
  const { closingId, currency } = proposed;
  refuseVersion(proposed, expectedVersion);
  refuseDecided(proposed);
  if (proposed.proposerId === by.userId) throw fault('denied', 'closing_is_own', { closingId });
  const deciders = decidersOf({ currency, openMinor }, authority);
  if (hasRole(by, deciders)) return;
  const open = decimalText({ currency, minor: openMinor });
  const [decider = ''] = deciders;
  throw fault('denied', 'closing_above_authority', { open, currency, decider });
}

function refuseVersion({ closingId, version: present }: ProposedClosing, expected: bigint): void {
  if (expected === 0n || expected === present) return;
  throw fault('stale', 'closing_changed_meanwhile', { closingId, expected, present });
}

function refuseDecided({ closingId, state }: Pick<ProposedClosing, 'closingId' | 'state'>): void {
  if (state !== 'PROPOSED') throw fault('refused', 'closing_not_proposed', { closingId });
}

/**
 * Checks what is decided: a refusal says why; what is approved can be given up still, is what the
 * decider saw, and of a sale no more than the price was agreed for. Refusals in this order:
 * `refusal_note_missing`; of each case those of `refuseCase`; `closing_open_changed`,
 * `closing_overtaken`, `price_above_open`.
 */
export function decideClosing(
  proposed: ProposedClosing,
  files: readonly Omit<ClosingFile, 'closingId'>[],
  { approves, note, seen }: { approves: boolean; note: string; seen: Money | undefined },
): void {
  if (!approves) {
    if (note !== '') return;
    const at = wrong('/note', 'refusal_note_missing', 'Say why it is refused.');
    throw new Fault('invalid', 'refusal_note_missing', {}, at);
  }
  for (const file of files) refuseCase(file);
  const { currency, openMinor } = stakeOf(files);
  const open = decimalText({ currency, minor: openMinor });
  if (seen !== undefined && (seen.minor !== openMinor || seen.currency !== currency)) {
    throw fault('stale', 'closing_open_changed', { open, seen: decimalText(seen), currency });
  }
  if (proposed.kind === 'SALE' && openMinor > proposed.openMinor) {
    const proposedOpen = decimalText({ currency, minor: proposed.openMinor });
    throw fault('refused', 'closing_overtaken', { open, proposed: proposedOpen, currency });
  }
  if (proposed.priceMinor !== null) refusePrice({ currency, openMinor }, proposed.priceMinor);
}

/**
 * Checks who takes a proposal back: whoever made it, or who decides proposals. Refusals in this
 * order: `closing_changed_meanwhile`, `closing_not_proposed`, `closing_of_another`.
 */
export function withdrawClosing(
  proposed: ProposedClosing,
  expectedVersion: bigint,
  by: Decider,
  authority: Authority,
): void {
  refuseVersion(proposed, expectedVersion);
  refuseDecided(proposed);
  const { closingId, currency, openMinor, proposerId } = proposed;
  if (proposerId === by.userId) return;
  if (isDecider(by, authority) && hasRole(by, decidersOf({ currency, openMinor }, authority))) {
    return;
  }
  throw fault('denied', 'closing_of_another', { closingId });
}

/**
 * The price of each case of a bundle by what is open on it, adding up to the cent; the largest
 * remainders get what is left over, of equal ones the case whose id comes first.
 */
export function pricesOf(
  files: readonly { caseId: string; openMinor: bigint }[],
  price: Money,
): Map<string, bigint> {
  const sorted = files.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1));
  const parts = split(
    price,
    sorted.map((one) => one.openMinor),
  );
  return new Map(sorted.map(({ caseId }, place) => [caseId, parts[place]?.minor ?? 0n]));
}
