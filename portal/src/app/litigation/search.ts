import { ListMattersRequest, ListMattersResponse } from '@recourse/proto/web/litigation/v1/matters';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './matters/words';

function hits(json: unknown): Hit[] {
  return ListMattersResponse.fromJSON(json).matters.map((one) => ({
    id: one.matterId,
    title: one.title,
    hint: one.number,
    icon: 'gavel',
    go: `/litigation/${one.matterId}`,
  }));
}

/** Matters by number, title or debtor, in the palette. */
export const matterSearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/matters',
      hits,
      ListMattersRequest.toJSON(
        ListMattersRequest.fromPartial({ query, page: { size: hitsAtMost } }),
      ),
    ),
};
