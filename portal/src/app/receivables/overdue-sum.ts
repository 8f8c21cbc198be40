import { OverdueClass } from '@recourse/proto/web/cases/v1/receivables';
import type { GetAgingResponse } from '@recourse/proto/web/cases/v1/receivables';
import { formatMoneyCompact } from '../ui/format';

/** What of the receivables is overdue, by currency; empty where nothing is. */
export function overdueSum(aging: GetAgingResponse | undefined): string {
  return (aging?.agings ?? [])
    .map(({ currency, buckets }) => ({
      currency,
      minor: buckets
        .filter((one) => one.overdueClass !== OverdueClass.NOT_DUE)
        .reduce((sum, one) => sum + (one.amount?.minor ?? 0n), 0n),
    }))
    .filter((one) => one.minor > 0n)
    .map((one) => formatMoneyCompact(one))
    .join(' + ');
}
