import {
  ListListingsRequest,
  ListListingsResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './listings/words';

function hits(json: unknown): Hit[] {
  return ListListingsResponse.fromJSON(json).listings.map((one) => ({
    id: one.listingId,
    title: one.name,
    hint: one.creditCode,
    icon: 'block',
    go: `/blacklist/${one.listingId}`,
  }));
}

/** Listings by name or credit code, in the palette. */
export const listingSearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/blacklist/listings',
      hits,
      ListListingsRequest.toJSON(
        ListListingsRequest.fromPartial({ query, page: { size: hitsAtMost } }),
      ),
    ),
};
