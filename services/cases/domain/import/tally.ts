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
};

/** Counts verdicts as they come. */
export type Counter = {
  add(verdict: Verdict): void;
  finish(): Pick<Tally, 'rows' | 'accepted' | 'rejected' | 'notices' | 'totals'>;
};

export function counter(): Counter {
  const kinds = { accepted: 0, rejected: 0, skipped: 0 };
  const totals = new Map<string, bigint>();
  let noticed = 0;
  function add(verdict: Verdict): void {
    kinds[verdict.kind] += 1;
    if (verdict.kind !== 'rejected' && verdict.findings.length > 0) noticed += 1;
    if (verdict.kind !== 'accepted') return;
    const { currency, amountMinor } = verdict.record;
    totals.set(currency, (totals.get(currency) ?? 0n) + amountMinor);
  }
  function finish(): ReturnType<Counter['finish']> {
    const { accepted, rejected, skipped } = kinds;
    const rows = accepted + rejected + skipped;
    const texts = [...totals].map(([currency, minor]) => [currency, minor.toString()] as const);
    return { rows, accepted, rejected, notices: noticed, totals: Object.fromEntries(texts) };
  }
  return { add, finish };
}
