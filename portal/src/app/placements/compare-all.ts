import { CompareAgenciesRequest } from '@recourse/proto/web/agencies/v1/agencies';
import type {
  AgencyOffer,
  AssumedLoad,
  BrokenLimit,
  CompareAgenciesResponse,
  CurrencyFigures,
  SegmentRecovery,
} from '@recourse/proto/web/agencies/v1/agencies';
import type { MoneyValue } from '../ui/format';

/** As many cases as one call compares or places (`max_items` of the contract). */
export const atOnce = 500;

function added(a: MoneyValue | undefined, b: MoneyValue | undefined): MoneyValue | undefined {
  return a === undefined || b === undefined ? undefined : { ...a, minor: a.minor + b.minor };
}

/** As `added`, where nothing is none of the money and not unknown money. */
function either(a: MoneyValue | undefined, b: MoneyValue | undefined): MoneyValue | undefined {
  return added(a, b) ?? a ?? b;
}

function byCurrency<T extends { currency: string }>(all: readonly T[]): T[][] {
  const currencies = [...new Set(all.map((one) => one.currency))];
  return currencies.map((currency) => all.filter((one) => one.currency === currency));
}

function figures(parts: readonly CurrencyFigures[]): CurrencyFigures[] {
  return byCurrency(parts)
    .map((those) =>
      those.reduce((a, b) => ({
        currency: a.currency,
        cases: a.cases + b.cases,
        open: added(a.open, b.open),
        price: added(a.price, b.price),
        expectedRecovery: added(a.expectedRecovery, b.expectedRecovery),
        expectedNet: added(a.expectedNet, b.expectedNet),
      })),
    )
    .toSorted((a, b) => b.cases - a.cases);
}

/** Limits of all parts, each reason once. */
function limits(parts: readonly BrokenLimit[]): BrokenLimit[] {
  const reasons = [...new Set(parts.map((one) => one.reason))];
  return reasons.map((reason) => {
    const those = parts.filter((one) => one.reason === reason);
    const caseIds = those.flatMap((one) => one.caseIds);
    const facts = [...new Set(those.flatMap((one) => one.facts))];
    return { reason, cases: caseIds.length, caseIds, facts };
  });
}

export function segmentKeyOf(one: SegmentRecovery): string {
  return `${one.fromDaysOverdue} ${one.fromAmount?.minor ?? 0n} ${one.industry}`;
}

/** Segments of all parts, each once with the cases of all, most cases first. */
function segments(parts: readonly SegmentRecovery[]): SegmentRecovery[] {
  const keys = [...new Set(parts.map(segmentKeyOf))];
  return keys
    .flatMap((key) => {
      const those = parts.filter((one) => segmentKeyOf(one) === key);
      const cases = those.reduce((sum, one) => sum + one.cases, 0);
      return those.slice(0, 1).map((one) => ({ ...one, cases }));
    })
    .toSorted((a, b) => b.cases - a.cases);
}

/** One agency's offers on all parts; regions and sectors are only told of a single part. */
function offer(parts: readonly AgencyOffer[]): AgencyOffer | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const inAll = figures(parts.flatMap((part) => part.byCurrency));
  const [main] = inAll;
  const kept = limits(parts.flatMap((part) => part.limits));
  return {
    ...first,
    regionsCovered: 0,
    regionsAsked: 0,
    sectorsCovered: 0,
    sectorsAsked: 0,
    price: main?.price,
    expectedRecovery: main?.expectedRecovery,
    expectedNet: main?.expectedNet,
    byCurrency: inAll,
    obstacles: kept.map((one) => one.reason),
    limits: kept,
    placeableCases: parts.reduce((sum, part) => sum + part.placeableCases, 0),
    placeableAmount: parts.map((part) => part.placeableAmount).reduce(either),
    placeableNet: parts
      .map((part) => part.placeableNet)
      .filter((net) => net === undefined || net.currency === main?.currency)
      .reduce(either, undefined),
    regionUnknown: parts.reduce((sum, part) => sum + part.regionUnknown, 0),
    segments: segments(parts.flatMap((part) => part.segments)),
  };
}

/** As the server ranks them: those that may take all first, then some, then by expected net. */
function worth(one: AgencyOffer, most: number): [reach: number, net: bigint] {
  const { placeableCases, placeableNet } = one;
  const reach = placeableCases === 0 ? 2 : placeableCases < most ? 1 : 0;
  return [reach, placeableNet?.minor ?? -(2n ** 62n)];
}

function better(most: number): (a: AgencyOffer, b: AgencyOffer) => number {
  return (a, b) => {
    const [[left, net], [right, other]] = [worth(a, most), worth(b, most)];
    if (left !== right) return left - right;
    return net === other ? 0 : net > other ? -1 : 1;
  };
}

/** Comparisons of parts of the cases as one of all of them. */
export function together(
  parts: readonly CompareAgenciesResponse[],
): CompareAgenciesResponse | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const offers = first.offers
    .map(({ agency }) =>
      parts.flatMap((part) =>
        part.offers.filter((one) => one.agency?.agencyId === agency?.agencyId),
      ),
    )
    .flatMap((those) => offer(those) ?? []);
  const openByCurrency = byCurrency(parts.flatMap((part) => part.openByCurrency)).map((those) =>
    those.reduce((a, b) => ({ ...a, minor: a.minor + b.minor })),
  );
  const most = Math.max(0, ...offers.map((one) => one.placeableCases));
  return {
    ...first,
    totalOpen: openByCurrency[0],
    openByCurrency,
    offers: offers.toSorted(better(most)),
  };
}

/** What the parts so far would take, so that the next is counted on top of it. */
function assumedBy(parts: readonly CompareAgenciesResponse[]): AssumedLoad[] {
  return (together(parts)?.offers ?? []).flatMap((one) =>
    one.agency === undefined
      ? []
      : [
          {
            agencyId: one.agency.agencyId,
            cases: one.placeableCases,
            amount: one.placeableAmount,
          },
        ],
  );
}

/** Compares on all cases, part by part; the agencies are the best four of the first part. */
export async function compareAll(
  caseIds: readonly string[],
  ask: (body: unknown) => Promise<CompareAgenciesResponse>,
  tell: (done: number) => void,
): Promise<CompareAgenciesResponse | undefined> {
  const parts: CompareAgenciesResponse[] = [];
  for (let from = 0; from < caseIds.length; from += atOnce) {
    const assumed = assumedBy(parts);
    const agencyIds = assumed.map(({ agencyId }) => agencyId);
    const some = caseIds.slice(from, from + atOnce);
    parts.push(await ask(CompareAgenciesRequest.toJSON({ caseIds: some, agencyIds, assumed })));
    tell(Math.min(caseIds.length, from + atOnce));
  }
  return together(parts);
}
