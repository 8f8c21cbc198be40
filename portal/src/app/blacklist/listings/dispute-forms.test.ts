import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Listing, OpenDisputeResponse } from '@recourse/proto/web/blacklist/v1/listings';
import { answer, pageProviders } from '../../../testing/answers';
import { Api } from '../../session/api';
import { valuesOf } from '../../ui/form-values';
import type { FormValue } from '../../ui/form-values';
import { openForm } from './dispute-forms';

const listing = Listing.fromPartial({ listingId: 'l1' });
const ids = { newId: 'd1', requestId: 'r1' };

beforeEach(() => {
  TestBed.configureTestingModule({
    providers: pageProviders({ orgKind: 'association', roles: ['steward'] }),
  });
});

function formWith(written: Readonly<Record<string, FormValue>>) {
  const values = valuesOf((id) => written[id]);
  const form = openForm(TestBed.inject(Api), listing);
  return { values, form, places: form.fields(values).filter((field) => field.kind === 'file') };
}

describe('an objection that is recorded', () => {
  const receipt = new File(['paid'], '凭证.pdf');

  it('has a place for a paper, and one more for the next', () => {
    expect(formWith({}).places.map(({ id }) => id)).toEqual(['paper1']);
    const { places } = formWith({ paper1: receipt });
    expect(places.map(({ id }) => id)).toEqual(['paper1', 'paper2']);
    expect(places.every((field) => field.optional === true)).toBe(true);
  });

  it('names what was uploaded, and sends a paper once though it is tried again', async () => {
    const { form, values } = formWith({ statement: '已付清', paper1: receipt });
    const first = form.send(values, ids);
    await new Promise((resolve) => setTimeout(resolve));
    const http = TestBed.inject(HttpTestingController);
    const upload = http.expectOne((one) => one.url.startsWith('/v1/uploads/'));
    const uploadId = upload.request.url.split('/').at(-1);
    upload.flush({});
    const at = '/v1/blacklist/listings/l1/disputes/d1';
    const outcome = first.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(await answer(at, {}, 503)).toMatchObject({ uploadIds: [uploadId] });
    expect(await outcome).toMatchObject({ status: 503 });
    const second = form.send(values, ids);
    const done = OpenDisputeResponse.toJSON({ listing: undefined });
    expect(await answer(at, done)).toMatchObject({ uploadIds: [uploadId] });
    await second;
  });
});
