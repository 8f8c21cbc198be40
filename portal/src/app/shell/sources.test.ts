import { describe, expect, it } from '@jest/globals';
import { ListAgenciesResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { ListListingsResponse } from '@recourse/proto/web/blacklist/v1/listings';
import { ListReceivablesResponse } from '@recourse/proto/web/cases/v1/receivables';
import { ListOrganisationsResponse } from '@recourse/proto/web/platform/v1/directory';
import { agencySearch } from '../agencies/search';
import { listingSearch } from '../blacklist/search';
import { organisationSearch } from '../platform/organisation-search';
import { receivableSearch } from '../receivables/search';
import type { SearchSource } from './palette-state';

const found: [string, SearchSource, string, unknown, string[]][] = [
  [
    'documents',
    receivableSearch,
    '/v1/receivables',
    ListReceivablesResponse.toJSON(
      ListReceivablesResponse.fromPartial({
        receivables: [
          { receivableId: 'r-1', documentNumber: 'INV/7', caseId: 'c-1' },
          { receivableId: 'r-2', documentNumber: 'INV/8' },
        ],
      }),
    ),
    ['/cases/c-1?tab=receivables', '/receivables?query=INV%2F8'],
  ],
  [
    'agencies',
    agencySearch,
    '/v1/agencies',
    ListAgenciesResponse.toJSON(
      ListAgenciesResponse.fromPartial({ agencies: [{ agencyId: 'a' }] }),
    ),
    ['/agencies/a'],
  ],
  [
    'listings',
    listingSearch,
    '/v1/blacklist/listings',
    ListListingsResponse.toJSON(
      ListListingsResponse.fromPartial({ listings: [{ listingId: 'l' }] }),
    ),
    ['/blacklist/l'],
  ],
  [
    'organisations',
    organisationSearch,
    '/v1/organisations',
    ListOrganisationsResponse.toJSON(
      ListOrganisationsResponse.fromPartial({ organisations: [{ orgId: 'o', kind: 'agency' }] }),
    ),
    ['/organisations/o'],
  ],
];

describe('what the palette finds', () => {
  it.each(found)('leads from %s to their pages', (_name, source, path, answer, addresses) => {
    const asked = source.ask('宏达');
    expect(asked.path).toBe(path);
    expect(JSON.stringify(asked.query)).toContain('宏达');
    expect(asked.decode(answer).map((hit) => hit.go)).toEqual(addresses);
  });
});
