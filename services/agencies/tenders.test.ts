import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import {
  BidState,
  type ListTendersRequest,
  type PutTenderRequest,
  TenderState,
} from '@recourse/proto/agencies/v1/tenders.ts';
import { cny, page } from './deal.ts';
import { flatTerms, type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Org;
beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});
afterAll(() => stage.stop());

const inHours = (hours: number): string => Temporal.Now.instant().add({ hours }).toString();

function asking(agencies: readonly Org[], more: Partial<PutTenderRequest> = {}): PutTenderRequest {
  return {
    tenderId: randomUUIDv7(),
    title: '华东机械逾期款',
    caseIds: [stage.openCase(), stage.openCase()],
    agencyIds: agencies.map(({ orgId }) => orgId),
    deadline: inHours(48),
    note: '请按周报告',
    ...more,
  };
}

async function published(agencies: readonly Org[], more: Partial<PutTenderRequest> = {}) {
  const request = asking(agencies, more);
  await stage.tenders.putTender(request, await creditor.as('supervisor'));
  return request;
}

async function bid(agency: Org, tenderId: string, rateBps: number, bidId = randomUUIDv7()) {
  const said = { tenderId, bidId, terms: flatTerms(rateBps), note: '两名专员' };
  await stage.tenders.putBid(said, await agency.as('agency_manager'));
  return bidId;
}

/** Lets the deadline pass: what is asked later is asked after it. */
async function close(tenderId: string): Promise<void> {
  const past = Temporal.Now.instant().subtract({ seconds: 1 }).toString();
  await stage.service.ownerQuery('UPDATE tender SET deadline = $2 WHERE tender_id = $1', [
    tenderId,
    past,
  ]);
}

async function open(tenderId: string) {
  const request = { tenderId, requestId: randomUUIDv7() };
  return stage.tenders.openBids(request, await creditor.as('director'));
}

async function bids(tenderId: string) {
  return stage.tenders.listBids({ tenderId }, await creditor.as('collector'));
}

async function award(tenderId: string, bidId: string, requestId = randomUUIDv7()) {
  const call = await creditor.as('director');
  return stage.tenders.awardTender({ tenderId, bidId, requestId }, call);
}

async function seen(org: Org, tenderId: string) {
  const role = org.orgKind === 'agency' ? 'agency_agent' : 'collector';
  const { tender } = await stage.tenders.getTender({ tenderId }, await org.as(role));
  return tender;
}

async function listed(
  org: Org,
  states: TenderState[] = [],
  more: Partial<ListTendersRequest> = {},
): Promise<string[]> {
  const role = org.orgKind === 'agency' ? 'agency_agent' : 'collector';
  const request = { states, page, deadlineTo: undefined, unanswered: false, sort: '', ...more };
  const { tenders } = await stage.tenders.listTenders(request, await org.as(role));
  return tenders.map(({ tenderId }) => tenderId);
}

const unknown = { kind: 'missing', reason: 'tender_unknown' };

describe('an invitation', () => {
  it('shows counts and sums, and nothing that says whose cases they are', async () => {
    const agency = await stage.agency();
    const { tenderId, caseIds } = await published([agency]);
    const tender = await seen(agency, tenderId);
    expect(tender).toMatchObject({
      title: '华东机械逾期款',
      creditorName: '远望机电',
      state: TenderState.OPEN,
      summary: { cases: 2, openByCurrency: [cny(2_000_000n)], tiers: [{ name: 'HIGH', cases: 2 }] },
      agencies: [],
      cases: [],
    });
    const text = JSON.stringify(tender, (_key, part) => (typeof part === 'bigint' ? '' : part));
    for (const hidden of [...caseIds, '恒达', 'C-2026-']) expect(text).not.toContain(hidden);
    expect(await seen(creditor, tenderId)).toMatchObject({
      agencies: [{ agencyId: agency.orgId, name: '正信资产' }],
      cases: caseIds.map((caseId) => ({ caseId, debtorName: '上海恒达机械有限公司' })),
    });
  });

  it('comes to those named and to nobody else', async () => {
    const [agency, stranger] = [await stage.agency(), await stage.agency()];
    const { tenderId } = await published([agency]);
    expect(await listed(agency)).toContain(tenderId);
    expect(await listed(stranger)).not.toContain(tenderId);
    await expect(seen(stranger, tenderId)).rejects.toMatchObject(unknown);
    await expect(bid(stranger, tenderId, 1000)).rejects.toMatchObject(unknown);
    await expect(seen(stage.creditor(), tenderId)).rejects.toMatchObject(unknown);
  });

  it('to all comes to those whose papers and regions fit', async () => {
    const fit = await stage.agency({ regions: ['上海'] });
    const elsewhere = await stage.agency({ regions: ['广东'] });
    const expired = await stage.agency({ expiresOn: '2020-01-01' });
    const { tenderId } = await published([]);
    expect(await listed(fit, [TenderState.OPEN])).toContain(tenderId);
    for (const agency of [elsewhere, expired]) {
      expect(await listed(agency)).not.toContain(tenderId);
      await expect(bid(agency, tenderId, 900)).rejects.toMatchObject(unknown);
    }
    await bid(fit, tenderId, 900);
    await close(tenderId);
    const late = await stage.agency();
    expect(await listed(late)).not.toContain(tenderId);
    expect(await listed(fit, [TenderState.CLOSED])).toContain(tenderId);
  });
});

describe('the list of tenders', () => {
  it('tells what ends soon, the soonest first, and what an agency has not answered', async () => {
    const agency = await stage.agency();
    const late = await published([agency], { deadline: inHours(70) });
    const soon = await published([agency], { deadline: inHours(20) });
    const sooner = await published([agency], { deadline: inHours(10) });
    const [a, b, c] = [sooner, soon, late].map(({ tenderId }) => tenderId);
    const byDeadline = { sort: 'deadline' };
    expect(await listed(agency, [], byDeadline)).toEqual([a, b, c]);
    expect(await listed(agency, [], { sort: '-deadline' })).toEqual([c, b, a]);
    expect(await listed(agency)).toEqual([a, b, c]);
    const within = { ...byDeadline, deadlineTo: inHours(48) };
    expect(await listed(agency, [TenderState.OPEN], within)).toEqual([a, b]);
    const ours = new Set([a, b, c]);
    const seenByUs = await listed(creditor, [TenderState.OPEN], within);
    expect(seenByUs.filter((one) => ours.has(one))).toEqual([a, b]);
    const bidId = await bid(agency, sooner.tenderId, 1500);
    const call = await agency.as('agency_manager');
    const unanswered = { ...byDeadline, unanswered: true };
    expect(await listed(agency, [], unanswered)).toEqual([b, c]);
    const back = { tenderId: sooner.tenderId, bidId, requestId: randomUUIDv7() };
    await stage.tenders.withdrawBid(back, call);
    expect(await listed(agency, [], unanswered)).toEqual([b, c]);
  });
});

describe('making a tender', () => {
  it('is the same when it is repeated, also when a case was placed meanwhile', async () => {
    const agency = await stage.agency();
    const request = await published([agency]);
    const call = await creditor.as('director');
    const [caseId = ''] = request.caseIds;
    const placed = { caseId, placementId: randomUUIDv7(), agencyId: agency.orgId, note: '' };
    await stage.placements.placeCase({ ...placed, terms: undefined }, call);
    const { tender } = await stage.tenders.putTender(request, call);
    expect(tender).toMatchObject({ tenderId: request.tenderId, state: TenderState.OPEN });
    const other = { ...request, title: '另一批' };
    await expect(stage.tenders.putTender(other, call)).rejects.toMatchObject({
      kind: 'exists',
      reason: 'tender_exists_with_other_content',
    });
  });

  it('takes no case that is unknown, or in another tender', async () => {
    const request = await published([]);
    const call = await creditor.as('director');
    const again = asking([], { caseIds: request.caseIds.slice(1) });
    await expect(stage.tenders.putTender(again, call)).rejects.toMatchObject({
      reason: 'case_tendered',
      facts: { tenderId: request.tenderId },
    });
    const cancelled = { tenderId: request.tenderId, reason: '重新打包', requestId: '' };
    await stage.tenders.cancelTender(cancelled, call);
    await stage.tenders.putTender(again, call);
    const missing = asking([], { caseIds: [randomUUIDv7()] });
    await expect(stage.tenders.putTender(missing, call)).rejects.toMatchObject({
      reason: 'case_missing',
    });
  });
});

describe('sealed bids', () => {
  it('are read by nobody but their agency until they are opened', async () => {
    const [one, two] = [await stage.agency(), await stage.agency()];
    const { tenderId } = await published([one, two]);
    const bidId = await bid(one, tenderId, 1234);
    expect((await seen(one, tenderId))?.ownBid).toMatchObject({ bidId, terms: flatTerms(1234) });
    expect((await seen(two, tenderId))?.ownBid).toBeUndefined();
    expect(await bids(tenderId)).toEqual({ bids: [], standing: 1, sealed: true });
    expect(await seen(creditor, tenderId)).toMatchObject({ bids: 1, mayOpen: false });
    await expect(open(tenderId)).rejects.toMatchObject({ reason: 'bids_sealed' });
    await expect(award(tenderId, bidId)).rejects.toMatchObject({ reason: 'bids_sealed' });
    const rows = async (org: Org) =>
      stage.service.db.tenant(org.orgId, (tx) =>
        tx.query('SELECT terms FROM tender_bid_terms WHERE tender_id = $1', [tenderId]),
      );
    expect([await rows(creditor), await rows(two)]).toEqual([[], []]);
    expect(await rows(one)).toHaveLength(1);
    await close(tenderId);
    expect(await rows(creditor)).toEqual([]);
    await open(tenderId);
    expect([await rows(creditor), await rows(two)]).toMatchObject([[{}], []]);
    expect((await bids(tenderId)).bids[0]?.bid).toMatchObject({ bidId, note: '两名专员' });
  });

  it('are opened early only when whoever is invited has bid, and never where all may', async () => {
    const [one, two] = [await stage.agency(), await stage.agency()];
    const { tenderId } = await published([one, two]);
    await bid(one, tenderId, 1000);
    await bid(two, tenderId, 1100);
    const { tender } = await open(tenderId);
    expect(tender).toMatchObject({ state: TenderState.CLOSED, bids: 2 });
    await expect(bid(one, tenderId, 900)).rejects.toMatchObject({ reason: 'bidding_closed' });
    const toAll = await published([]);
    await bid(one, toAll.tenderId, 1000);
    await expect(open(toAll.tenderId)).rejects.toMatchObject({ reason: 'bids_sealed' });
  });

  it('are replaced and taken back until the deadline, each under its own id', async () => {
    const agency = await stage.agency();
    const { tenderId } = await published([agency, await stage.agency()]);
    const first = await bid(agency, tenderId, 1500);
    const second = await bid(agency, tenderId, 1300);
    expect(await bid(agency, tenderId, 1300, second)).toBe(second);
    await expect(bid(agency, tenderId, 1200, second)).rejects.toMatchObject({
      reason: 'bid_exists_with_other_content',
    });
    const own = (await seen(agency, tenderId))?.ownBid;
    expect(own).toMatchObject({ bidId: second, terms: flatTerms(1300) });
    expect((await seen(creditor, tenderId))?.bids).toBe(1);
    const call = await agency.as('agency_manager');
    const back = (bidId: string) =>
      stage.tenders.withdrawBid({ tenderId, bidId, requestId: randomUUIDv7() }, call);
    await expect(back(first)).rejects.toMatchObject({ reason: 'bid_not_standing' });
    expect((await back(second)).bid?.state).toBe(BidState.WITHDRAWN);
    expect((await seen(creditor, tenderId))?.bids).toBe(0);
    await bid(agency, tenderId, 1250);
    await close(tenderId);
    await expect(bid(agency, tenderId, 1100)).rejects.toMatchObject({ reason: 'bidding_closed' });
  });
});

describe('an award', () => {
  it('places the cases under the terms of the bid; the others hear that they lost', async () => {
    const [winner, loser] = [await stage.agency({ name: '甲' }), await stage.agency()];
    const { tenderId, caseIds } = await published([winner, loser]);
    const won = await bid(winner, tenderId, 1111);
    const lost = await bid(loser, tenderId, 2222);
    await open(tenderId);
    const compared = await bids(tenderId);
    expect(compared.bids.map((one) => one.offer?.price)).toEqual([cny(222_200n), cny(444_400n)]);
    const requestId = randomUUIDv7();
    const answer = await award(tenderId, won, requestId);
    expect(answer).toMatchObject({ done: 2, tender: { state: TenderState.AWARDED } });
    expect(await award(tenderId, won, requestId)).toEqual(answer);
    await expect(award(tenderId, lost)).rejects.toMatchObject({ reason: 'tender_decided' });
    const { placements } = await stage.placements.listPlacements(
      { states: [], caseId: '', agencyId: '', creditorId: '', sort: '', page },
      await winner.as('agency_manager'),
    );
    expect(placements.map((one) => one.caseId).toSorted()).toEqual(caseIds.toSorted());
    for (const one of placements) {
      expect(one).toMatchObject({
        state: PlacementState.OFFERED,
        terms: flatTerms(1111),
        rateBps: 1111,
        masked: true,
        note: '请按周报告',
      });
    }
    expect((await seen(winner, tenderId))?.ownBid?.state).toBe(BidState.WON);
    const told = await seen(loser, tenderId);
    expect(told?.ownBid).toMatchObject({ bidId: lost, state: BidState.LOST });
    const text = JSON.stringify(told, (_key, part) => (typeof part === 'bigint' ? '' : part));
    for (const hidden of [winner.orgId, '甲', '1111', won]) expect(text).not.toContain(hidden);
    // What it was decided on stays as it was, though the cases are placed by now.
    expect((await bids(tenderId)).bids.map((one) => one.offer?.placeableCases)).toEqual([2, 2]);
  });

  it('leaves out what was closed or placed meanwhile, or is too much, and says so', async () => {
    const agency = await stage.agency({ capacityCases: 2 });
    const caseIds = [1, 2, 3, 4, 5].map(() => stage.openCase());
    const [closed = '', placed = ''] = caseIds;
    const { tenderId } = await published([agency], { caseIds });
    const bidId = await bid(agency, tenderId, 1500);
    await open(tenderId);
    const basis = stage.cases.bases.get(closed);
    if (basis !== undefined) stage.cases.bases.set(closed, { ...basis, state: CaseState.CLOSED });
    const elsewhere = await stage.agency();
    const by = { placementId: randomUUIDv7(), agencyId: elsewhere.orgId, note: '' };
    await stage.placements.placeCase(
      { ...by, caseId: placed, terms: undefined },
      await creditor.as('director'),
    );
    const [compared] = (await bids(tenderId)).bids;
    expect(compared?.offer?.limits).toMatchObject([
      { reason: 'case_not_open', cases: 1 },
      { reason: 'capacity_exceeded', cases: 2 },
    ]);
    const { results, done, tender } = await award(tenderId, bidId);
    const reasons = ['case_not_open', 'case_already_placed', '', '', 'capacity_exceeded'];
    expect([done, results.map((one) => one.reason)]).toEqual([2, reasons]);
    expect(tender?.cases.map((one) => one.reason)).toEqual(reasons);
    expect(tender?.cases.map((one) => one.placementId !== '')).toEqual(
      reasons.map((reason) => reason === ''),
    );
  });

  it('that would place nothing leaves the tender as it is', async () => {
    const agency = await stage.agency();
    const { tenderId, caseIds } = await published([agency]);
    const bidId = await bid(agency, tenderId, 1500);
    await open(tenderId);
    for (const caseId of caseIds) stage.cases.bases.delete(caseId);
    await expect(award(tenderId, bidId)).rejects.toMatchObject({
      reason: 'award_places_nothing',
      facts: { why: 'case_missing' },
    });
    expect(await seen(creditor, tenderId)).toMatchObject({ state: TenderState.CLOSED, bids: 1 });
    await expect(award(randomUUIDv7(), bidId)).rejects.toMatchObject(unknown);
  });

  it('is told to both sides, and nothing of the bids in it but who won', async () => {
    const [winner, loser] = [await stage.agency(), await stage.agency()];
    const { tenderId } = await published([winner, loser]);
    await bid(loser, tenderId, 1700);
    await award(
      tenderId,
      await bid(winner, tenderId, 1600).then(async (bidId) => {
        await open(tenderId);
        return bidId;
      }),
    );
    const told = await stage.service.ownerQuery<{ type: string; audience: string[] }>(
      'SELECT type, audience FROM outbox WHERE aggregate_id = $1 ORDER BY version',
      [tenderId],
    );
    const both = [creditor, winner, loser].map(({ orgId }) => orgId).toSorted();
    expect(told.map(({ type, audience }) => [type, audience.toSorted()])).toEqual([
      ['tenderPublished', both],
      ['tenderBidPut', [creditor.orgId, loser.orgId].toSorted()],
      ['tenderBidPut', [creditor.orgId, winner.orgId].toSorted()],
      ['tenderOpened', both],
      ['tenderAwarded', both],
    ]);
  });
});

describe('a cancelled tender', () => {
  it('ends its bids without opening them', async () => {
    const agency = await stage.agency();
    const { tenderId } = await published([agency, await stage.agency()]);
    await bid(agency, tenderId, 1400);
    const request = { tenderId, reason: '自行催收', requestId: randomUUIDv7() };
    const call = await creditor.as('general_manager');
    const { tender } = await stage.tenders.cancelTender(request, call);
    expect(tender).toMatchObject({ state: TenderState.CANCELLED, cancelReason: '自行催收' });
    expect((await stage.tenders.cancelTender(request, call)).tender).toEqual(tender);
    expect((await seen(agency, tenderId))?.ownBid?.state).toBe(BidState.LOST);
    expect(await bids(tenderId)).toMatchObject({ bids: [], sealed: true });
  });
});
