import { ListCasesRequest, ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './words';

function hits(json: unknown): Hit[] {
  return ListCasesResponse.fromJSON(json).cases.map((one) => ({
    id: one.caseId,
    title: one.debtorName,
    hint: one.number,
    icon: 'work',
    go: `/cases/${one.caseId}`,
  }));
}

/** Cases by debtor or number, in the palette. */
export const caseSearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/cases',
      hits,
      ListCasesRequest.toJSON(ListCasesRequest.fromPartial({ query, page: { size: hitsAtMost } })),
    ),
};
