import {
  ListOrganisationsRequest,
  ListOrganisationsResponse,
} from '@recourse/proto/web/platform/v1/directory';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './directory-words';

function hits(json: unknown): Hit[] {
  return ListOrganisationsResponse.fromJSON(json).organisations.map((one) => ({
    id: one.orgId,
    title: one.name,
    hint: t.find(one.kind) ?? one.kind,
    icon: 'apartment',
    go: `/organisations/${one.orgId}`,
  }));
}

/** Organisations by name, in the palette of the platform's people. */
export const organisationSearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/organisations',
      hits,
      ListOrganisationsRequest.toJSON(
        ListOrganisationsRequest.fromPartial({ filter: { query }, page: { size: hitsAtMost } }),
      ),
    ),
};
