import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import {
  Delivery,
  ListingState,
  type ListListingsRequest,
  ListListingsRequest as Request,
} from '@recourse/proto/blacklist/v1/listings.ts';
import {
  draftOf,
  type House,
  passDays,
  type Person,
  publishedBy,
  type Rig,
  setUp,
  submitted,
} from './rig.ts';

let rig: Rig;
let reporter: Person;
let house: House;
/** By what waits for it; `nothing` is published and not yet to be reviewed. */
let ids: Record<'nothing' | 'serve_notice' | 'wait' | 'later' | 'submit', string>;

/** Handed in and told today: the time to object begins. */
async function noticed(creditCode: string): Promise<string> {
  const { listingId } = await submitted(rig, house, reporter, { creditCode });
  const servedOn = now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
  const served = { delivery: Delivery.EMS, servedOn, reference: 'EMS9', uploadId: '' };
  const [steward] = house.stewards;
  if (steward === undefined) throw new Error('there is no steward');
  const fresh = { requestId: randomUUIDv7(), expectedVersion: 0n };
  await rig.listings.serveNotice({ listingId, ...served, ...fresh }, steward);
  return listingId;
}

beforeAll(async () => {
  rig = await setUp();
  reporter = rig.creditor();
  house = await rig.association([reporter]);
  const published = await publishedBy(rig, house, reporter, { creditCode: '91310000000000201X' });
  const wait = await noticed('91310000000000203X');
  passDays(5);
  const later = await noticed('91310000000000202X');
  const told = await submitted(rig, house, reporter, { creditCode: '91310000000000204X' });
  const draft = draftOf(house, { creditCode: '91310000000000205X' });
  await rig.listings.putListing(draft, await reporter.as('legal_officer'));
  ids = {
    nothing: published.listingId,
    later,
    wait,
    serve_notice: told.listingId,
    submit: draft.listingId,
  };
});

afterAll(() => rig.stop());

/** Ids of all pages of two rows each, in order, and the count that the first page tells. */
async function listed(filter: Partial<ListListingsRequest>, asReporter = false) {
  const call = asReporter ? await reporter.as('auditor') : house.admin;
  const found: string[] = [];
  let count: bigint | undefined;
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const request = Request.fromPartial({ ...filter, page: { size: 2, cursor } });
    const { listings, page } = await rig.listings.listListings(request, call);
    found.push(...listings.map((one) => one.listingId));
    count ??= page?.count;
    cursor = page?.nextCursor || undefined;
  }
  return { found, count };
}

describe('the list of listings', () => {
  it('has the newest first, each once over all pages, and no draft of a member', async () => {
    const all = [ids.serve_notice, ids.later, ids.wait, ids.nothing];
    expect(await listed({})).toEqual({ found: all, count: 4n });
    expect((await listed({}, true)).found).toEqual([ids.submit, ...all]);
  });

  it('of what waits has first what can be done now, then the nearest last day', async () => {
    const waiting = [ids.serve_notice, ids.wait, ids.later];
    expect(await listed({ waiting: true })).toEqual({ found: waiting, count: 3n });
    expect((await listed({ waiting: true, nextStep: 'wait' })).found).toEqual([
      ids.wait,
      ids.later,
    ]);
    const own = await listed({ waiting: true }, true);
    expect(own.found.slice(-2)).toEqual([ids.wait, ids.later]);
    expect(new Set(own.found)).toEqual(new Set([ids.submit, ...waiting]));
  });

  it('is narrowed by state, by step and by the beginning of a code', async () => {
    expect((await listed({ state: ListingState.PUBLISHED })).found).toEqual([ids.nothing]);
    expect((await listed({ nextStep: 'serve_notice' })).found).toEqual([ids.serve_notice]);
    expect((await listed({ query: '91310000000000203' })).found).toEqual([ids.wait]);
    expect((await listed({ query: '310000000000203' })).found).toEqual([]);
  });

  it('refuses a page of another question', async () => {
    const request = Request.fromPartial({ page: { size: 1 } });
    const { page } = await rig.listings.listListings(request, house.admin);
    const other = Request.fromPartial({
      waiting: true,
      page: { size: 1, cursor: page?.nextCursor ?? '' },
    });
    await expect(rig.listings.listListings(other, house.admin)).rejects.toMatchObject({
      reason: 'cursor_of_other_query',
    });
  });
});
