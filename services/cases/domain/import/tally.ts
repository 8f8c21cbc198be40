import type { Verdict } from './record.ts';

/** What an import comes to. Totals are decimal texts of minor units by currency: plain JSON. */
export type Tally = {
  rows: number;
  accepted: number;
  rejected: number;
  /** Rows with something to notice that were not rejected, and rows left out. */
  notices: number;
  receivablesNew: number;
  receivablesChanged: number;
  receivablesUnchanged: number;
  customersNew: number;
  customersSeen: number;
  totals: Readonly<Record<string, string>>;
  /** What is still open of them; checks of earlier versions did not say. */
  openTotals?: Readonly<Record<string, string>>;
};

/** Counts verdicts as they come. */
export type Counter = {
  add(verdict: Verdict): void;
  finish(): Pick<Tally, 'rows' | 'accepted' | 'rejected' | 'notices' | 'totals' | 'openTotals'>;
};

const asTexts = (sums: ReadonlyMap<string, bigint>): Record<string, string> =>
  Object.fromEntries([...sums].map(([currency, minor]) => [currency, minor.toString()]));

export function counter(): Counter {
  const kinds = { accepted: 0, rejected: 0, skipped: 0 };
  const totals = new Map<string, bigint>();
  const openTotals = new Map<string, bigint>();
  let noticed = 0;
  function add(verdict: Verdict): void {
    kinds[verdict.kind] += 1;
    if (verdict.kind !== 'rejected' && verdict.findings.length > 0) noticed += 1;
    if (verdict.kind !== 'accepted') return;
    const { currency, amountMinor, openMinor } = verdict.record;
    totals.set(currency, (totals.get(currency) ?? 0n) + amountMinor);
    openTotals.set(currency, (openTotals.get(currency) ?? 0n) + openMinor);
  }
  function finish(): ReturnType<Counter['finish']> {
    const { accepted, rejected, skipped } = kinds;
    const rows = accepted + rejected + skipped;
    return {
      rows,
      accepted,
      rejected,
      notices: noticed,
      totals: asTexts(totals),
      openTotals: asTexts(openTotals),
    };
  }
  return { add, finish };
}
