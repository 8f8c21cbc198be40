import {
  ListPromisesRequest,
  ListPromisesResponse,
  PromiseState,
} from '@recourse/proto/web/cases/v1/work';
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

/** What is still awaited of a case, whichever page of its promises is shown. */
export function loadPending(caseId: () => string) {
  return loadPromises(() => ({
    caseId: caseId(),
    states: [PromiseState.PENDING],
    page: { size: 100, cursor: '' },
  }));
}
