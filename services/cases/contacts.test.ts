import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Channel, Party } from '@recourse/proto/cases/v1/work.ts';
import {
  creditorCall,
  dayFromToday,
  listOf,
  noonZone,
  oneCase,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { contact, eventTypes } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

describe('contacts', () => {
  it('are permitted three times a day, however many come at once', async () => {
    const orgId = randomUUIDv7();
    await writeBook(rig, orgId, [
      {
        key: 'K',
        name: '双币公司',
        zone: noonZone(),
        documents: [
          { number: 'C1', amountMinor: 100n, dueDate: dayFromToday(-9) },
          { number: 'U1', amountMinor: 100n, dueDate: dayFromToday(-9), currency: 'USD' },
        ],
      },
    ]);
    await openAll(rig, orgId);
    const call = await creditorCall(rig, orgId, 'collector');
    const { cases } = await rig.cases.listCases(listOf({}), call);
    const [yuan, dollars] = cases.map((one) => one.caseId);
    const attempts = Array.from({ length: 10 }, (_, place) =>
      rig.work.recordContact(contact((place % 2 === 0 ? yuan : dollars) ?? ''), call),
    );
    const answers = await Promise.all(attempts);
    const permitted = answers.filter((one) => one.contact?.verdict?.permitted === true);
    const refused = answers.filter((one) => one.contact?.verdict?.rule === 'daily_limit');
    expect([permitted.length, refused.length]).toEqual([3, 7]);
    expect(new Set(permitted.map((one) => one.allowance?.usedToday))).toEqual(new Set([1, 2, 3]));
    const { case: after } = await rig.cases.getCase({ caseId: yuan ?? '' }, call);
    expect(after?.allowance).toMatchObject({
      usedToday: 3,
      limitToday: 3,
      permittedNow: false,
      refusalRule: 'daily_limit',
      refusalWhy: { rule: 'daily_limit', facts: { used: '3', limit: '3' } },
    });
    expect((await eventTypes(rig, orgId)).filter((type) => type === 'contactLogged')).toHaveLength(
      10,
    );
  });

  it('are logged when refused, with the rule, its source and the phrase', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const said = await rig.work.recordContact(
      contact(file.caseId, { note: '不还钱就让你坐牢' }),
      call,
    );
    expect(said.contact?.verdict).toMatchObject({
      permitted: false,
      rule: 'forbidden_phrase',
      phrase: '坐牢',
      why: { facts: { group: 'false_consequence' } },
    });
    expect(said.allowance).toMatchObject({ usedToday: 0, permittedNow: true });
    const page = undefined;
    const { entries } = await rig.cases.getTimeline(
      { caseId: file.caseId, kinds: ['contact'], page },
      call,
    );
    expect(entries[0]).toMatchObject({ what: 'contact_refused', facts: { phrase: '坐牢' } });
    expect(entries[0]?.why).toEqual(said.contact?.verdict?.why);
    expect(
      (await rig.cases.getCase({ caseId: file.caseId }, call)).case?.lastContactAt,
    ).toBeUndefined();
  });

  it('move the next step and the last contact of the case', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    expect(file.nextAction).toMatchObject({ step: 'first_call', dueDay: dayFromToday(0) });
    const earlier = Temporal.Now.instant().subtract({ seconds: 5 }).round('second').toString();
    const logged = contact(file.caseId, { happenedAt: earlier });
    const happenedAt = (await rig.work.recordContact(logged, call)).contact?.happenedAt;
    expect(Temporal.Instant.from(happenedAt ?? '').equals(earlier)).toBe(true);
    const { case: after } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(after?.nextAction).toMatchObject({ step: 'follow_up', dueDay: dayFromToday(3) });
    expect(after?.lastContactAt).toBe(happenedAt);
    expect(after?.version).toBe(file.version + 1n);
    const asked = { caseId: file.caseId, kinds: ['contact'], page: undefined };
    const { entries } = await rig.cases.getTimeline(asked, call);
    expect(entries.map((one) => one.at)).toEqual([happenedAt]);
  });

  it('answer a repeat as before and refuse other content under the same id', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const request = contact(file.caseId, { note: '约好周五回电' });
    const first = await rig.work.recordContact(request, call);
    const again = await rig.work.recordContact(request, call);
    expect(again.contact).toEqual(first.contact);
    expect(again.allowance?.usedToday).toBe(1);
    await expect(rig.work.recordContact({ ...request, note: '别的' }, call)).rejects.toMatchObject({
      kind: 'exists',
      reason: 'contact_exists_with_other_content',
    });
  });

  it('with a character that cannot be kept are refused as a whole', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    await expect(
      rig.work.recordContact(contact(file.caseId, { note: 'a\u0000b' }), call),
    ).rejects.toMatchObject({ kind: 'invalid', reason: 'text_with_nul_character' });
    const { case: after } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(after?.allowance?.usedToday).toBe(0);
  });

  it('may be asked for before they are made, and asking changes nothing', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const ask = (text: string, at?: string) =>
      rig.work.checkContact(
        { caseId: file.caseId, channel: Channel.SMS, party: Party.DEBTOR, at, text },
        call,
      );
    expect((await ask('请尽快付款')).verdict).toMatchObject({ permitted: true, rule: 'permitted' });
    expect((await ask('弄死你')).verdict).toMatchObject({ permitted: false, phrase: '弄死' });
    const noon = Temporal.Now.zonedDateTimeISO(noonZone()).with({ hour: 12, minute: 0 });
    const night = noon.with({ hour: 23 }).toInstant().toString();
    expect((await ask('', night)).verdict).toMatchObject({ permitted: false, rule: 'quiet_hours' });
    expect((await ask('')).allowance?.usedToday).toBe(0);
  });

  it.each([
    ['contact_in_future', 2],
    ['contact_too_old', -24 * 7 - 1],
  ])('are refused as %s', async (reason, hours) => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const happenedAt = Temporal.Now.instant().add({ hours }).toString();
    await expect(
      rig.work.recordContact(
        contact(file.caseId, { happenedAt }),
        await creditorCall(rig, orgId, 'collector'),
      ),
    ).rejects.toMatchObject({ kind: 'refused', reason });
  });
});
