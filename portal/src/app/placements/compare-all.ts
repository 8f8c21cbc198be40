import { CompareAgenciesRequest } from '@recourse/proto/web/agencies/v1/agencies';
import type {
  AgencyOffer,
  CompareAgenciesResponse,
  CurrencyFigures,
} from '@recourse/proto/web/agencies/v1/agencies';
import type { MoneyValue } from '../ui/format';

/** As many cases as one call compares or places (`max_items` of the contract). */
export const atOnce = 500;

function added(a: MoneyValue | undefined, b: MoneyValue | undefined): MoneyValue | undefined {
  return a === undefined || b === undefined ? undefined : { ...a, minor: a.minor + b.minor };
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

/** One agency's offers on all parts; regions and sectors are only told of a single part. */
function offer(parts: readonly AgencyOffer[], cases: number): AgencyOffer | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const inAll = figures(parts.flatMap((part) => part.byCurrency));
  const obstacles = new Set(parts.flatMap((part) => part.obstacles));
  if (first.capacityLeft < cases) obstacles.add('capacity_exceeded');
  const [main] = inAll;
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
    obstacles: [...obstacles],
  };
}

function worth(one: AgencyOffer): [free: number, net: bigint] {
  return [one.obstacles.length, one.expectedNet?.minor ?? -(2n ** 62n)];
}

function better(a: AgencyOffer, b: AgencyOffer): number {
  const [[left, net], [right, other]] = [worth(a), worth(b)];
  if (left !== right) return left - right;
  return net === other ? 0 : net > other ? -1 : 1;
}

/** Comparisons of parts of the cases as one of all of them. */
export function together(
  parts: readonly CompareAgenciesResponse[],
  cases: number,
): CompareAgenciesResponse | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const offers = first.offers
    .map(({ agency }) =>
      parts.flatMap((part) =>
        part.offers.filter((one) => one.agency?.agencyId === agency?.agencyId),
      ),
    )
    .flatMap((those) => offer(those, cases) ?? []);
  const openByCurrency = byCurrency(parts.flatMap((part) => part.openByCurrency)).map((those) =>
    those.reduce((a, b) => ({ ...a, minor: a.minor + b.minor })),
  );
  return {
    ...first,
    totalOpen: openByCurrency[0],
    openByCurrency,
    offers: offers.toSorted(better),
  };
}

/** Compares on all cases, part by part; the agencies are the best four of the first part. */
export async function compareAll(
  caseIds: readonly string[],
  ask: (body: unknown) => Promise<CompareAgenciesResponse>,
  tell: (done: number) => void,
): Promise<CompareAgenciesResponse | undefined> {
  const parts: CompareAgenciesResponse[] = [];
  for (let from = 0; from < caseIds.length; from += atOnce) {
    const agencyIds = (parts[0]?.offers ?? []).flatMap(({ agency }) => agency?.agencyId ?? []);
    const some = caseIds.slice(from, from + atOnce);
    parts.push(await ask(CompareAgenciesRequest.toJSON({ caseIds: some, agencyIds })));
    tell(Math.min(caseIds.length, from + atOnce));
  }
  return together(parts, caseIds.length);
}
