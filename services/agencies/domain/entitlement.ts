import { divide } from '@recourse/kit/money.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { fixedWords } from './terms.ts';

/** Frozen terms of one placement and what they are counted against. */
export type Contract = {
  terms: CommissionTerms;
  /** The rate that the age at placing gave, and its name; of other models the first one's. */
  rateBps: number;
  term: string;
  placedMinor: bigint;
};

/** A payment that stands, in the order in which payments are counted. */
export type Counted = { minor: bigint; inLitigation: boolean };

/** What a payment earns as things stand, and the rule in words. */
export type Entitled = { commission: bigint; vat: bigint; rateBps: number; term: string };

/** Rates are ten-thousandths, and so is a step's edge in what was placed: both stay exact. */
const scale = 10_000n;

/** From this much recovered (in ten-thousandths of a minor unit) to the next, this rate. */
type Step = { from: bigint; to: bigint | undefined; rateBps: number; words: string };

function steps(
  froms: readonly { at: bigint; said: bigint; rateBps: number }[],
  name: string,
): Step[] {
  return froms.map(({ at, said, rateBps }, index) => {
    const next = froms[index + 1];
    const words = `${name}:${said}-${next?.said ?? ''}@${rateBps}`;
    return { from: at, to: next?.at, rateBps, words };
  });
}

/** The rates that hold over what has been recovered, given all of it. */
function stepsOf({ terms, rateBps, term, placedMinor }: Contract, total: bigint): Step[] {
  const { model } = terms;
  if (model?.$case === 'fixed') return [];
  if (model?.$case === 'amountBrackets') {
    const froms = model.value.brackets.map((bracket) => {
      const said = bracket.from?.minor ?? 0n;
      return { at: said * scale, said, rateBps: bracket.rateBps };
    });
    return steps(froms, 'bracket');
  }
  if (model?.$case !== 'ratchet') return [{ from: 0n, to: undefined, rateBps, words: term }];
  const froms = model.value.steps.map((step) => {
    const said = BigInt(step.fromRecoveredBps);
    return { at: placedMinor * said, said, rateBps: step.rateBps };
  });
  if (!model.value.retroactive) return steps(froms, 'share');
  const reached = steps(froms, 'share_all').findLast((step) => step.from <= total);
  return reached === undefined ? [] : [{ ...reached, from: 0n, to: undefined }];
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** What is earned by counting, in hundred-millionths of a minor unit, and why. */
type Part = { exact: bigint; rateBps: number; words: string };

/** The parts of a payment that fall into the steps. */
function partsOf(all: readonly Step[], before: bigint, after: bigint): Part[] {
  return all.flatMap(({ from, to, rateBps, words }) => {
    const part = least(after, to ?? after) - most(before, from);
    return part > 0n ? [{ exact: part * BigInt(rateBps), rateBps, words }] : [];
  });
}

function fixedPart({ terms, placedMinor }: Contract, before: bigint, after: bigint): Part[] {
  if (terms.model?.$case !== 'fixed') return [];
  const { fee, due } = terms.model.value;
  const full = placedMinor * scale;
  const isDue = due === 'FIXED_DUE_PAID_IN_FULL' ? before < full && after >= full : before === 0n;
  const exact = isDue ? (fee?.minor ?? 0n) * scale * scale : 0n;
  return [{ exact, rateBps: 0, words: isDue ? fixedWords(due) : 'fixed:not_due' }];
}

/** What has been earned by some payment, as it is and after each condition of the terms. */
type Level = { plain: bigint; lifted: bigint; capped: bigint; owed: bigint; vat: bigint };

/** VAT of an amount by the terms: inside it, or on top; half-even, once for all of it. */
export function vatIn({ vatBps, vatIncluded = false }: CommissionTerms, minor: bigint): bigint {
  const rate = BigInt(vatBps);
  return divide(minor * rate, vatIncluded ? scale + rate : scale, 'half-even');
}

function levelAt(terms: CommissionTerms, exact: bigint): Level {
  const { minimum, cap, retainer } = terms;
  const plain = divide(exact, scale * scale, 'half-even');
  const lifted = most(plain, minimum?.minor ?? 0n);
  const capped = cap === undefined ? lifted : least(lifted, cap.minor);
  const setOff = retainer?.credited === true ? (retainer.fee?.minor ?? 0n) : 0n;
  const owed = most(0n, capped - setOff);
  return { plain, lifted, capped, owed, vat: vatIn(terms, owed) };
}

const nothing: Level = { plain: 0n, lifted: 0n, capped: 0n, owed: 0n, vat: 0n };

/** The conditions that made this payment earn something else than its rates. */
function conditions(before: Level, now: Level): string[] {
  const by = (level: 'plain' | 'lifted' | 'capped' | 'owed'): bigint => now[level] - before[level];
  return [
    ...(by('lifted') === by('plain') ? [] : ['minimum']),
    ...(by('capped') === by('lifted') ? [] : ['cap']),
    ...(by('owed') === by('capped') ? [] : ['retainer_credited']),
  ];
}

/**
 * What each of a placement's payments earns, given all of them: the ones that stand, in the order
 * in which the creditor recorded them. Rates are counted over the whole sum and rounded once,
 * half-even, at each payment's end: a payment earns what the sum earns with it less what it earned
 * without, so that parts always add up to what one payment of the whole would have earned. Minimum,
 * cap and a retainer to be set off hold for that sum in this order, VAT for what is left.
 *
 * Which rule gave it says the term: `bracket:0-1000000@2000,bracket:1000000-@1500` (from and to in
 * minor units, rate in basis points), `share:0-3000@1000` and `share_all:3000-@1500` (of the amount
 * placed, in basis points), `flat`, `age_band:…`, `fixed:…`, and after them `litigation:500`,
 * `minimum`, `cap`, `retainer_credited`, divided by `;`.
 */
export function entitlements(contract: Contract, payments: readonly Counted[]): Entitled[] {
  const { terms } = contract;
  const { litigationUpliftBps = 0, vatIncluded = false } = terms;
  const total = payments.reduce((sum, { minor }) => sum + minor, 0n) * scale;
  const all = stepsOf(contract, total);
  let [recovered, exact] = [0n, 0n];
  let before = nothing;
  return payments.map(({ minor, inLitigation }) => {
    const after = recovered + minor * scale;
    const found = [...partsOf(all, recovered, after), ...fixedPart(contract, recovered, after)];
    const upliftBps = inLitigation ? litigationUpliftBps : 0;
    exact += found.reduce((sum, part) => sum + part.exact, 0n);
    exact += minor * scale * BigInt(upliftBps);
    const now = levelAt(terms, exact);
    const words = [
      found.map((part) => part.words).join(','),
      ...(upliftBps === 0 ? [] : [`litigation:${upliftBps}`]),
      ...conditions(before, now),
    ];
    const vat = now.vat - before.vat;
    const owed = now.owed - before.owed;
    const [one, other] = found;
    const isOneRate = one !== undefined && other === undefined && one.rateBps > 0;
    before = now;
    recovered = after;
    return {
      vat,
      commission: vatIncluded ? owed - vat : owed,
      rateBps: isOneRate ? one.rateBps + upliftBps : 0,
      term: words.join(';'),
    };
  });
}
