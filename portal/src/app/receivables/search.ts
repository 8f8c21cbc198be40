import {
  ListReceivablesRequest,
  ListReceivablesResponse,
} from '@recourse/proto/web/cases/v1/receivables';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './words';

/** A document leads to its case, and to its line of the book while it has none. */
function hits(json: unknown): Hit[] {
  return ListReceivablesResponse.fromJSON(json).receivables.map((one) => ({
    id: one.receivableId,
    title: one.documentNumber,
    hint: one.debtorName,
    icon: 'receipt_long',
    go:
      one.caseId === ''
        ? `/receivables?query=${encodeURIComponent(one.documentNumber)}`
        : `/cases/${one.caseId}?tab=receivables`,
  }));
}

/** Documents by number, in the palette. */
export const receivableSearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/receivables',
      hits,
      ListReceivablesRequest.toJSON(
        ListReceivablesRequest.fromPartial({ query, page: { size: hitsAtMost } }),
      ),
    ),
};
