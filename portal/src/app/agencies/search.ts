import {
  ListAgenciesRequest,
  ListAgenciesResponse,
} from '@recourse/proto/web/agencies/v1/agencies';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './words';

function hits(json: unknown): Hit[] {
  return ListAgenciesResponse.fromJSON(json).agencies.map((one) => ({
    id: one.agencyId,
    title: one.name,
    icon: 'storefront',
    go: `/agencies/${one.agencyId}`,
  }));
}

/** Agencies by name, in the palette. */
export const agencySearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/agencies',
      hits,
      ListAgenciesRequest.toJSON(
        ListAgenciesRequest.fromPartial({ query, page: { size: hitsAtMost } }),
      ),
    ),
};
