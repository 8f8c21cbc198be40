import { ListCustomersRequest, ListCustomersResponse } from '@recourse/proto/web/credit/v1/credit';
import { read } from '../session/api';
import { hitsAtMost } from '../shell/palette-state';
import type { Hit, SearchSource } from '../shell/palette-state';
import { t } from './words';

function hits(json: unknown): Hit[] {
  return ListCustomersResponse.fromJSON(json).customers.map((one) => ({
    id: one.customerId,
    title: one.name,
    hint: one.customerNumber,
    icon: 'domain',
    go: `/customers/${one.customerId}`,
  }));
}

/** Customers by name, alias or number, in the palette. */
export const customerSearch: SearchSource = {
  name: () => t('title'),
  ask: (query) =>
    read(
      '/v1/customers',
      hits,
      ListCustomersRequest.toJSON(
        ListCustomersRequest.fromPartial({ query, page: { size: hitsAtMost } }),
      ),
    ),
};
