import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { Hearing, HearingState } from '@recourse/proto/litigation/v1/deadlines.ts';
import { DebtType, MatterOutcome, Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import { type Creditor, setStage, type Stage } from './stage.ts';
import { saveHearing } from './store/deadlines.ts';

let stage: Stage;
let creditor: Creditor;
let token = '';
const officer = () => creditor.as('legal_officer');
const fresh = () => ({ requestId: randomUUIDv7(), expectedVersion: 0n });

/** A matter with a suit that was served on us and on the opponent. */
async function sued() {
  const { caseId } = stage.openCase();
  const [matterId, proceedingId] = [randomUUIDv7(), randomUUIDv7()];
  const debtType = DebtType.SALE_OF_GOODS;
  const asked = { matterId, caseIds: [caseId], title: '', debtType, province: '上海市' };
  const { matter } = await stage.matters.openMatter(asked, await officer());
  const begun = { matterId, proceedingId, procedure: Procedure.ORDINARY, court: '' };
  await stage.matters.openProceeding({ ...begun, on: '2026-01-05' }, await officer());
  for (const [name, on] of [
    ['filed', '2026-01-08'],
    ['docketed', '2026-01-12'],
  ] as const) {
    const said = { note: '', docketNumber: '', court: '' };
    const moved = { matterId, proceedingId, stage: name, on, ...said, ...fresh() };
    await stage.matters.moveProceeding(moved, await officer());
  }
  return { matterId, proceedingId, number: matter?.number ?? '' };
}

async function hearing(ids: { matterId: string; proceedingId: string }, at: Temporal.Instant) {
  const { matterId, proceedingId } = ids;
  const hearingId = randomUUIDv7();
  const told = { matterId, hearingId, proceedingId, at: at.toString(), kind: 'first_hearing' };
  await stage.deadlines.putHearing(
    { ...told, place: '第三法庭', judge: '周法官' },
    await officer(),
  );
  return hearingId;
}

/** A feed's text as the gateway gets it for a calendar program. */
async function textOf(ofToken: string): Promise<string> {
  const machine = { role: 'service', orgId: randomUUIDv7(), orgKind: 'platform' as const };
  const gateway = await stage.platform.call(machine);
  const { ics } = await stage.deadlines.getCalendar({ token: ofToken }, gateway);
  return ics;
}

/** The feed's entries, each as its properties; long lines unfolded. */
async function entries(ofToken = token): Promise<Map<string, string>[]> {
  const ics = await textOf(ofToken);
  const blocks = ics.replaceAll('\r\n ', '').split('BEGIN:VEVENT\r\n').slice(1);
  return blocks.map((block) => {
    const lines = block.split('\r\n').map((line) => line.split(/:(.*)/s));
    return new Map(lines.map(([key = '', value = '']) => [key, value]));
  });
}

const stamp = (at: Temporal.Instant): string => at.toString().replaceAll(/[-:]|\.\d+/g, '');
const hours = (count: number) =>
  now().round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: count });

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
  const feed = { feedId: randomUUIDv7(), name: '开庭与期限', language: '' };
  ({ token } = await stage.deadlines.putCalendarFeed(feed, await officer()));
});

afterAll(() => stage.stop());

describe('the calendar of a legal officer', () => {
  it('has a hearing at its time, and at its new one when it is postponed', async () => {
    const matter = await sued();
    const at = hours(24 * 20);
    const hearingId = await hearing(matter, at);
    const seen = async () => (await entries()).find((one) => one.get('UID') === hearingId);
    const before = await seen();
    expect(before?.get('SUMMARY')).toContain(matter.number);
    expect([before?.get('DTSTART'), before?.get('SEQUENCE')]).toEqual([stamp(at), '0']);
    expect(before?.get('LOCATION')).toContain('第三法庭');
    const later = hours(24 * 34);
    const moved = { matterId: matter.matterId, hearingId, at: later.toString(), reason: '延期' };
    await stage.deadlines.postponeHearing({ ...moved, requestId: randomUUIDv7() }, await officer());
    const after = await seen();
    expect([after?.get('DTSTART'), after?.get('SEQUENCE')]).toEqual([stamp(later), '1']);
  });

  it('has what is due of us on its day with the right lost, and nothing of others', async () => {
    const { matterId, proceedingId } = await sued();
    for (const party of ['us', 'opponent']) {
      const happened = { happeningId: randomUUIDv7(), kind: 'judgment_served', on: '2026-01-15' };
      const rest = { days: 0, until: '', deadline: '', replacesId: '', note: '' };
      const said = { matterId, proceedingId, party, ...happened, ...rest };
      await stage.matters.recordHappening(said, await officer());
    }
    const all = { states: [], dueFrom: '', dueTo: '', onlyFatal: false, onlyUnconfirmed: false };
    const asked = { matterId, ...all, page: { size: 100, cursor: '' } };
    const { deadlines } = await stage.deadlines.listDeadlines(asked, await officer());
    const open = deadlines.filter((one) => one.state === 'DEADLINE_STATE_OPEN');
    const own = open.filter((one) => one.boundParty === 'us');
    expect([own.length > 0, open.length > own.length]).toEqual([true, true]);
    const shown = await entries();
    const found = (id: string) => shown.find((one) => one.get('UID') === id);
    for (const one of own) {
      const day = one.dueDay.replaceAll('-', '');
      expect(found(one.deadlineId)?.get('DTSTART;VALUE=DATE')).toBe(day);
    }
    const fatal = own.find((one) => one.fatal);
    const entry = found(fatal?.deadlineId ?? '');
    expect(entry?.get('SUMMARY')).toContain('【未复核】');
    expect(entry?.get('DESCRIPTION')).toContain('逾期后果');
    const others = open.filter((one) => one.boundParty !== 'us');
    expect(others.map((one) => found(one.deadlineId))).toEqual(others.map(() => undefined));
  });

  it('is not crowded out by hundreds of hearings long past', async () => {
    const { number: _number, ...matter } = await sued();
    await stage.service.db.tenant(creditor.orgId, async (tx) => {
      for (let nth = 1; nth <= 250; nth += 1) {
        const at = hours(-24 * (40 + nth)).toString();
        const past = { hearingId: randomUUIDv7(), ...matter, at, kind: 'mediation', version: 1n };
        await saveHearing(tx, Hearing.fromPartial({ ...past, state: HearingState.SET }));
      }
    });
    const coming = await hearing(matter, hours(24 * 50));
    const shown = (await entries()).map((one) => one.get('UID'));
    expect(shown).toContain(coming);
    expect(shown.length).toBeLessThan(100);
  });

  it('has no hearing of a matter that is closed', async () => {
    const matter = await sued();
    const hearingId = await hearing(matter, hours(24 * 9));
    const isShown = async () => (await entries()).some((one) => one.get('UID') === hearingId);
    expect(await isShown()).toBe(true);
    const { matterId } = matter;
    const end = { matterId, outcome: MatterOutcome.SETTLED, reason: '和解' };
    await stage.matters.closeMatter({ ...end, ...fresh() }, await officer());
    expect(await isShown()).toBe(false);
  });
});

/** A new feed of a person, with what calendar programs read it by. */
async function feedOf(call: Awaited<ReturnType<Creditor['as']>>, language = '') {
  const feedId = randomUUIDv7();
  const asked = { feedId, name: '', language };
  const { token: made, feed } = await stage.deadlines.putCalendarFeed(asked, call);
  return { feedId, made, feed };
}

describe('a feed of another language', () => {
  it('has its entries in it, and the feed of no language is Chinese', async () => {
    const { matterId, proceedingId } = await sued();
    const happened = { happeningId: randomUUIDv7(), kind: 'judgment_served', on: '2026-01-15' };
    const rest = { days: 0, until: '', deadline: '', replacesId: '', note: '' };
    const said = { matterId, proceedingId, party: 'us', ...happened, ...rest };
    await stage.matters.recordHappening(said, await officer());
    const hearingId = await hearing({ matterId, proceedingId }, hours(24 * 11));
    const all = { states: [], dueFrom: '', dueTo: '', onlyFatal: true, onlyUnconfirmed: false };
    const asked = { matterId, ...all, page: { size: 100, cursor: '' } };
    const { deadlines } = await stage.deadlines.listDeadlines(asked, await officer());
    const fatal = deadlines.find((one) => one.rule === 'appeal_judgment') ?? deadlines[0];
    if (fatal === undefined) throw new Error('nothing is fatal');
    const english = await feedOf(await officer(), 'en');
    const usual = await feedOf(await officer());
    expect([english.feed?.language, usual.feed?.language]).toEqual(['en', 'zh-CN']);
    const seen = async (by: string, id: string) =>
      (await entries(by)).find((one) => one.get('UID') === id);
    const summary = (await seen(english.made, fatal.deadlineId))?.get('SUMMARY') ?? '';
    expect(summary).toContain(`[unconfirmed] ${fatal.titleEn}`);
    const lost = (await seen(english.made, fatal.deadlineId))?.get('DESCRIPTION') ?? '';
    expect(lost.replaceAll('\\', '')).toBe(`If missed: ${fatal.rightLostEn}`);
    expect((await seen(english.made, hearingId))?.get('SUMMARY')).toMatch(/^Hearing · /);
    expect((await seen(usual.made, hearingId))?.get('SUMMARY')).toMatch(/^开庭 · /);
    expect(await textOf(english.made)).toContain('Litigation deadlines');
  });

  it('is another feed: the same id is not asked for again in another language', async () => {
    const { feedId } = await feedOf(await officer());
    const other = { feedId, name: '', language: 'en' };
    await expect(stage.deadlines.putCalendarFeed(other, await officer())).rejects.toMatchObject({
      reason: 'feed_exists_with_other_content',
    });
    const strange = { feedId: randomUUIDv7(), name: '', language: 'fr' };
    await expect(stage.deadlines.putCalendarFeed(strange, await officer())).rejects.toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('the feeds of colleagues', () => {
  const page = { size: 100, cursor: '' };
  const administrator = () => creditor.as('org_admin', '周管理');

  it('are listed and revoked by the administrator of their organisation', async () => {
    const { feedId, made } = await feedOf(await creditor.as('legal_officer', '赵已离'));
    const listed = async () => {
      const { feeds } = await stage.deadlines.listColleaguesFeeds({ page }, await administrator());
      return feeds.find((one) => one.feedId === feedId);
    };
    expect(await listed()).toMatchObject({ userName: '赵已离' });
    await stage.deadlines.revokeCalendarFeed(
      { feedId, requestId: randomUUIDv7() },
      await administrator(),
    );
    await expect(textOf(made)).rejects.toMatchObject({ reason: 'calendar_unknown' });
    expect(await listed()).toBeUndefined();
  });

  it('are neither by other colleagues nor by another organisation’s administrator', async () => {
    const { feedId, made } = await feedOf(await officer());
    const asked = { feedId, requestId: randomUUIDv7() };
    const others = [
      await creditor.as('director', '钱总'),
      await stage.creditor().as('org_admin', '别家'),
    ];
    for (const other of others) {
      await expect(stage.deadlines.revokeCalendarFeed(asked, other)).rejects.toMatchObject({
        reason: 'feed_unknown',
      });
    }
    await expect(
      stage.deadlines.listColleaguesFeeds({ page }, await creditor.as('director', '钱总')),
    ).rejects.toMatchObject({ kind: 'denied' });
    const stranger = await stage.creditor().as('org_admin', '别家');
    expect((await stage.deadlines.listColleaguesFeeds({ page }, stranger)).feeds).toEqual([]);
    expect(await textOf(made)).toContain('BEGIN:VCALENDAR');
  });
});

describe('the feed of somebody who was suspended', () => {
  const isRead = async (feedToken: string) => {
    const read = await textOf(feedToken).catch((error: unknown) => error);
    if (typeof read === 'string') return read.includes('BEGIN:VCALENDAR');
    expect(read).toMatchObject({ reason: 'calendar_unknown' });
    return false;
  };
  /** Waits until it is so. */
  const becomes = async (feedToken: string, wanted: boolean) =>
    eventually(async () => {
      if ((await isRead(feedToken)) !== wanted) throw new Error('not yet');
    }, 20_000);

  it('answers nothing, and again when they are let in', async () => {
    const call = await creditor.as('legal_officer', '孙停用');
    const { made } = await feedOf(call);
    const { made: others } = await feedOf(await officer());
    const { userId } = call.caller;
    await stage.tellAccess(creditor, userId, false);
    await becomes(made, false);
    expect(await isRead(others)).toBe(true);
    await stage.tellAccess(creditor, userId, true);
    await becomes(made, true);
  });

  it('answers nothing while the organisation is out, whoever was suspended besides', async () => {
    const org = stage.creditor();
    const [one, other] = [await org.as('director', '甲'), await org.as('director', '乙')];
    const [{ made: ofOne }, { made: ofOther }] = [await feedOf(one), await feedOf(other)];
    await stage.tellAccess(org, one.caller.userId, false);
    await stage.tellAccess(org, '', false);
    await becomes(ofOther, false);
    await stage.tellAccess(org, '', true);
    await becomes(ofOther, true);
    expect(await isRead(ofOne)).toBe(false);
  });
});
