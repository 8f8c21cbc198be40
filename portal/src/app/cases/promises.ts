import { ListPromisesRequest, ListPromisesResponse } from '@recourse/proto/web/cases/v1/work';
import { read, type Read } from '../session/api';
import { load } from '../session/load';

type Wanted = Partial<ListPromisesRequest>;

function reading(wanted: Wanted): Read<ListPromisesResponse> {
  const request = ListPromisesRequest.toJSON(ListPromisesRequest.fromPartial(wanted));
  return read('/v1/promises', ListPromisesResponse.fromJSON, request);
}

/** Promises as asked for, kept current; within an injection context. */
export function loadPromises(wanted: () => Wanted) {
  return load(() => reading(wanted()), { live: ['promise', 'payment'] });
}
