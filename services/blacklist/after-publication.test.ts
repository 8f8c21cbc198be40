import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import { ListingState, ReviewOutcome } from '@recourse/proto/blacklist/v1/listings.ts';
import { Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import {
  goodCode,
  type House,
  passDays,
  type Person,
  publishedBy,
  type Rig,
  screenOf,
  setUp,
  submitted,
} from './rig.ts';

let rig: Rig;
let reporter: Person;
let other: Person;
let house: House;

beforeAll(async () => {
  rig = await setUp();
  [reporter, other] = [rig.creditor(), rig.creditor('新联电气')];
  house = await rig.association([reporter, other]);
});

afterAll(() => rig.stop());

const fresh = () => ({ requestId: randomUUIDv7(), expectedVersion: 0n });
const dayFromNow = (days: number): string =>
  now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().add({ days }).toString();

function steward(at: number) {
  const found = house.stewards[at];
  if (found === undefined) throw new Error(`there is no steward ${at}`);
  return found;
}

/** What another member is told of a code. */
async function seenBy(creditCode: string, who = other) {
  const call = await who.as('credit_manager');
  const { lookUp } = await rig.screening.screen(screenOf({ name: '', creditCode }), call);
  return lookUp?.answer;
}

async function listingOf(listingId: string) {
  return (await rig.listings.getListing({ listingId }, await reporter.as('auditor'))).listing;
}

function review(listingId: string, outcome: ReviewOutcome, at = 2) {
  const said = { outcome, reason: '年度复核', ...fresh() };
  return rig.listings.reviewListing({ listingId, ...said }, steward(at));
}

describe('an entry a year after its publication', () => {
  const codes = ['91310000000000101X', '91310000000000102X', '91310000000000103X'] as const;

  it('comes up for review, and kept it stands for another year', async () => {
    const { listingId } = await publishedBy(rig, house, reporter, { creditCode: codes[0] });
    const published = await listingOf(listingId);
    const due = Temporal.PlainDate.from(published?.publishedOn ?? '').add({ years: 1 });
    expect(published).toMatchObject({ nextStep: '', nextDue: due.toString() });
    passDays(Temporal.PlainDate.from(dayFromNow(0)).until(due).days);
    await rig.run('listing-clock', reporter.orgId);
    expect(await listingOf(listingId)).toMatchObject({ nextStep: 'review' });
    await review(listingId, ReviewOutcome.KEEP);
    const again = due.add({ years: 1 }).toString();
    expect(await listingOf(listingId)).toMatchObject({ nextStep: '', nextDue: again });
    expect(await seenBy(codes[0])).toMatchObject({ verdict: Verdict.LISTED });
  });

  it('that is not kept is gone at once', async () => {
    const { listingId } = await publishedBy(rig, house, reporter, { creditCode: codes[1] });
    passDays(366);
    const { listing } = await review(listingId, ReviewOutcome.REMOVE);
    expect(listing).toMatchObject({ state: ListingState.REMOVED, endReason: 'review' });
    expect(await seenBy(codes[1])).toMatchObject({ verdict: Verdict.CLEAR, hits: [] });
    expect((await rig.told(listingId)).at(-1)).toBe('listingRemoved');
  });

  it('is not reviewed by a steward whom the reporter employs', async () => {
    const { listingId } = await publishedBy(rig, house, reporter, { creditCode: codes[2] });
    const { userId } = steward(2).caller;
    const employed = { userId, name: '钱', employerId: reporter.orgId, active: true };
    await rig.associations.putSteward({ ...employed, expectedVersion: 1n }, house.admin);
    for (const outcome of [ReviewOutcome.KEEP, ReviewOutcome.REMOVE]) {
      await expect(review(listingId, outcome)).rejects.toMatchObject({
        reason: 'steward_of_reporting_member',
      });
    }
  });
});

describe('the listed party’s own words', () => {
  it('are taken once it was told, and members read them with the entry', async () => {
    const statement = '本公司已与供方达成分期协议,正在履行。';
    const draft = await submitted(rig, house, reporter, { creditCode: '91310000000000104X' });
    const asked = () => ({ listingId: draft.listingId, statement, ...fresh() });
    await expect(rig.listings.attachStatement(asked(), steward(0))).rejects.toMatchObject({
      reason: 'listed_party_not_told_yet',
    });
    const creditCode = '91310000000000105X';
    const { listingId } = await publishedBy(rig, house, reporter, { creditCode });
    const words = { listingId, statement, ...fresh() };
    await expect(
      rig.listings.attachStatement(words, await reporter.as('director')),
    ).rejects.toMatchObject({ kind: 'denied' });
    await rig.listings.attachStatement(words, steward(0));
    expect((await seenBy(creditCode))?.hits).toMatchObject([{ entry: { listingId, statement } }]);
    const { view } = await rig.listings.getListedPartyView({ listingId }, steward(0));
    expect(view).toMatchObject({ entry: { statement } });
  });
});

describe('a company in temporary difficulty', () => {
  it('is not shown while it is protected, and is again from the day after', async () => {
    const { listingId } = await publishedBy(rig, house, reporter, { creditCode: goodCode });
    const until = dayFromNow(60);
    const asked = { listingId, until, reason: '法院已受理重整', ...fresh() };
    await rig.listings.protectListing(asked, steward(0));
    expect(await seenBy(goodCode)).toMatchObject({ verdict: Verdict.CLEAR, hits: [] });
    passDays(61);
    await rig.run('listing-clock', reporter.orgId);
    expect(await seenBy(goodCode)).toMatchObject({ verdict: Verdict.LISTED });
  });
});

describe('a reporter', () => {
  it('takes back what is not published; what is has to be removed', async () => {
    const creditCode = '91310000000000106X';
    const { listingId } = await submitted(rig, house, reporter, { creditCode });
    const back = (id: string) => ({ listingId: id, reason: '双方和解', ...fresh() });
    const call = await reporter.as('legal_officer');
    const { listing } = await rig.listings.withdrawListing(back(listingId), call);
    expect(listing).toMatchObject({ state: ListingState.WITHDRAWN, endReason: 'withdrawn' });
    const entry = await publishedBy(rig, house, reporter, { creditCode: '91310000000000107X' });
    await expect(rig.listings.withdrawListing(back(entry.listingId), call)).rejects.toMatchObject({
      reason: 'listing_published',
    });
  });
});
