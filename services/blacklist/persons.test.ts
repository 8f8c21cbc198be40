import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { MemberState } from '@recourse/proto/blacklist/v1/associations.ts';
import { LegalBasisKind } from '@recourse/proto/blacklist/v1/listings.ts';
import { AlertState, BulkState, WatchState } from '@recourse/proto/blacklist/v1/screening.ts';
import { Purpose, SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import { endWatches } from './store/person-watches.ts';
import { type House, passDays, type Person, publishedBy, type Rig, setUp } from './rig.ts';

let rig: Rig;
let reporter: Person;
let other: Person;
let house: House;
let listingId: string;

const name = '张三丰';
const idNumber = '11010519491231002X';
const otherNumber = '110105194912310038';
const legalBasis = {
  kind: LegalBasisKind.COURT_LIST,
  courtReference: '(2025)沪0115执1234号',
  courtPublishedOn: '2025-05-01',
  subjectRefused: false,
  bornOn: '1949-12-31',
};
const none = { uploadId: '', rows: [] };

beforeAll(async () => {
  rig = await setUp();
  [reporter, other] = [rig.creditor(), rig.creditor('新联电气')];
  house = await rig.association([reporter, other]);
  const about = { kind: SubjectKind.PERSON, name, idNumber, creditCode: '', legalBasis };
  ({ listingId } = await publishedBy(rig, house, reporter, about));
});

afterAll(() => rig.stop());

/** Everything that the service has written down, as text. */
async function written(): Promise<string> {
  const tables = ['bulk_screen', 'bulk_row', 'person_watch', 'alert', 'look_up', 'command_receipt'];
  const texts: string[] = [];
  for (const table of tables) {
    const rows = await rig.service.ownerQuery<{ text: string }>(
      `SELECT coalesce(string_agg(t::text, chr(10)), '') AS text FROM ${table} t`,
      [],
    );
    texts.push(rows[0]?.text ?? '');
  }
  return texts.join('\n');
}

describe('a list of persons', () => {
  async function ended(bulkId: string) {
    const call = await other.as('credit_manager');
    return eventually(async () => {
      const { bulk } = await rig.screening.getBulkScreen({ bulkId }, call);
      expect(bulk?.state).not.toBe(BulkState.RUNNING);
      return bulk;
    }, 20_000);
  }

  async function rowsOf(bulkId: string) {
    const call = await other.as('auditor');
    const asked = { bulkId, verdict: Verdict.UNSPECIFIED, page: undefined };
    return (await rig.screening.listBulkRows(asked, call)).rows;
  }

  it('is asked row by row, each under its own consent, and is kept sealed', async () => {
    const bulkId = randomUUIDv7();
    const call = await other.as('credit_manager');
    const person = { kind: SubjectKind.PERSON, name, creditCode: '', idNumber };
    const rows = [
      { ...person, consentReference: 'SQ-1' },
      { ...person, consentReference: '' },
      { ...person, name: '欧阳明月', idNumber: otherNumber, consentReference: 'SQ-3' },
    ];
    const asked = { ...none, bulkId, purpose: Purpose.ONBOARDING, rows };
    await rig.screening.putBulkScreen(asked, call);
    // Sent again it is the same one.
    await rig.screening.putBulkScreen(asked, call);
    expect(await ended(bulkId)).toMatchObject({
      state: BulkState.DONE,
      listed: 1n,
      clear: 1n,
      invalid: 1n,
    });
    expect(await rowsOf(bulkId)).toMatchObject([
      {
        kind: SubjectKind.PERSON,
        name,
        consentReference: 'SQ-1',
        answer: { verdict: Verdict.LISTED, hits: [{ entry: { listingId, name } }] },
      },
      { name, answer: { warnings: ['query_consent_missing'], hits: [] } },
      { name: '欧阳明月', answer: { verdict: Verdict.CLEAR } },
    ]);
    const text = await written();
    expect(text).toContain('SQ-1');
    for (const secret of [name, '欧阳明月', idNumber, otherNumber]) {
      expect(text).not.toContain(secret);
    }
  });

  it('as a file is dropped when it is read', async () => {
    const bulkId = randomUUIDv7();
    const text = `类型,姓名,身份证号,授权书编号\n个人,${name},${idNumber},SQ-9\n`;
    const { fileId: uploadId } = await rig.upload(other.orgId, text);
    const request = { ...none, bulkId, purpose: Purpose.ONBOARDING, uploadId };
    const call = await other.as('credit_manager');
    await rig.screening.putBulkScreen(request, call);
    expect(await ended(bulkId)).toMatchObject({ state: BulkState.DONE, listed: 1n });
    const files = createFiles({ bus: rig.service.bus });
    await eventually(() =>
      expect(files.get(other.orgId, uploadId)).rejects.toMatchObject({ kind: 'missing' }),
    );
    const again = await rig.screening.putBulkScreen(request, call);
    expect(again.bulk).toMatchObject({ bulkId, state: BulkState.DONE });
  });
});

describe('a present customer that is a person', () => {
  const settling = { creditCode: '', idNumber: '', namesake: false, note: '', requestId: '' };
  const today = () => now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();

  async function customer(person = false): Promise<string> {
    const customerId = randomUUIDv7();
    const about = { region: '', industry: '', timeZone: 'Asia/Shanghai', creditCode: '', person };
    const value = { customerId, name, ...about };
    await rig.tellCredit(other.orgId, customerId, { $case: 'customerChanged', value });
    await eventually(async () => {
      const found = await rig.service.ownerQuery(
        'SELECT 1 FROM present_customer WHERE customer_id = $1',
        [customerId],
      );
      expect(found).toHaveLength(1);
    });
    return customerId;
  }

  async function watched(customerId: string, number: string, associationIds: string[] = []) {
    const consent = { consentReference: 'SQ-77', consentedOn: today().toString() };
    const until = today().add({ months: 6 }).toString();
    const request = { customerId, name, idNumber: number, ...consent, until, associationIds };
    return rig.screening.putPersonWatch(request, await other.as('credit_manager'));
  }

  async function alertOf(customerId: string) {
    const asked = { state: AlertState.UNSPECIFIED, customerId, page: undefined };
    return (await rig.screening.listAlerts(asked, await other.as('auditor'))).alerts[0];
  }

  async function watches(includeEnded: boolean) {
    const asked = { includeEnded, page: undefined };
    return (await rig.screening.listPersonWatches(asked, await other.as('auditor'))).watches;
  }

  it('is not screened at night without consent on record', async () => {
    const customerId = await customer(true);
    await rig.run('customers-screen', other.orgId);
    expect(await alertOf(customerId)).toBeUndefined();
    const asked = { customerId, page: undefined };
    const looks = await rig.screening.listNightLooks(asked, await other.as('auditor'));
    expect(looks.receipts).toEqual([]);
  });

  it('is found by its number under its consent, and the night leaves its trace', async () => {
    const customerId = await customer();
    const { watch } = await watched(customerId, idNumber);
    expect(watch).toMatchObject({ hasIdNumber: true, consentReference: 'SQ-77' });
    await rig.run('customers-screen', other.orgId);
    const alert = await alertOf(customerId);
    expect(alert).toMatchObject({
      state: AlertState.CONFIRMED,
      hit: { identified: true, entry: { listingId } },
    });
    expect(await rig.told(alert?.alertId ?? '')).toEqual(['customerHit']);
    const seen = (await watches(false)).find((one) => one.customerId === customerId);
    expect(seen?.screenedAt).toBeDefined();
    const asked = { customerId, page: undefined };
    const { receipts } = await rig.screening.listNightLooks(asked, await other.as('auditor'));
    expect(receipts[0]?.look).toMatchObject({
      name: '',
      consentReference: 'SQ-77',
      associationIds: [house.orgId],
      hits: [{ listingId, identified: true }],
    });
    const text = await written();
    expect(text).not.toContain(name);
    expect(text).not.toContain(idNumber);
  });

  it('of a like name waits for the ID number, which clears a namesake', async () => {
    const customerId = await customer();
    await watched(customerId, '');
    await rig.run('customers-screen', other.orgId);
    const alert = await alertOf(customerId);
    expect(alert).toMatchObject({
      state: AlertState.POSSIBLE,
      hit: { identified: false, asksFor: 'id_number' },
    });
    const alertId = alert?.alertId ?? '';
    const settle = async (given: Partial<typeof settling>) =>
      rig.screening.settleAlert(
        { ...settling, requestId: randomUUIDv7(), ...given, alertId },
        await other.as('credit_manager'),
      );
    const code = settle({ creditCode: '91350100M000100Y43' });
    await expect(code).rejects.toMatchObject({ reason: 'second_identifier_missing' });
    const slip = settle({ idNumber: '110105194912310039' });
    await expect(slip).rejects.toMatchObject({ reason: 'second_identifier_check_fails' });
    const settled = await settle({ idNumber: otherNumber });
    expect(settled.alert?.state).toBe(AlertState.NAMESAKE);
    expect(await written()).not.toContain(otherNumber);
  });

  it('is forgotten when the consent is withdrawn, and when it is over', async () => {
    const [withdrawn, over] = [await customer(), await customer()];
    for (const customerId of [withdrawn, over]) await watched(customerId, idNumber);
    const end = { customerId: withdrawn, requestId: '' };
    const ended = await rig.screening.endPersonWatch(end, await other.as('legal_officer'));
    expect(ended.watch).toMatchObject({ name: '', hasIdNumber: false, consentReference: 'SQ-77' });
    passDays(200);
    await rig.run('customers-screen', other.orgId);
    expect(await alertOf(withdrawn)).toBeUndefined();
    expect(await alertOf(over)).toBeUndefined();
    const known = (await watches(true)).filter((one) => one.customerId === over);
    expect(known).toMatchObject([{ name: '', hasIdNumber: false }]);
    expect(known[0]?.endedAt).toBeDefined();
    expect(await watches(false)).toEqual([]);
  });

  it('is not asked when the consent is withdrawn in the middle of a night', async () => {
    const customerId = await customer();
    await watched(customerId, idNumber);
    let night: Promise<unknown> | undefined;
    await rig.service.db.tenant(other.orgId, async (tx) => {
      await endWatches(tx, { customerId }, now());
      // The withdrawal is under way: the night reads the consent as it was, and waits to write.
      night = rig.run('customers-screen', other.orgId);
      await eventually(async () => {
        const waiting = await rig.service.ownerQuery(
          `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'
              AND query LIKE '%UPDATE person_watch w SET screened_at%'`,
          [],
        );
        expect(waiting).toHaveLength(1);
      });
    });
    await night;
    expect(await alertOf(customerId)).toBeUndefined();
    const known = (await watches(true)).find((one) => one.customerId === customerId);
    expect(known).toMatchObject({ name: '', hasIdNumber: false });
    expect(known?.screenedAt).toBeUndefined();
  });

  it('is not asked of an association joined later until a consent names it', async () => {
    const [first, second] = [await rig.association([other]), await rig.association([reporter])];
    const about = { kind: SubjectKind.PERSON, name, idNumber, creditCode: '', legalBasis };
    const listed = await publishedBy(rig, second, reporter, about);
    const customerId = await customer();
    const { watch: before } = await watched(customerId, idNumber, [first.orgId]);
    // The association of all the other tests is in reach too, and this consent does not name it.
    expect(before).toMatchObject({
      state: WatchState.CONSENT_NEEDED,
      notCovered: [{ associationId: house.orgId }],
    });
    const memberId = other.orgId;
    const member = { memberId, name: '新联电气', groupName: '', state: MemberState.ACTIVE };
    await rig.associations.putMember({ ...member, expectedVersion: 0n }, second.admin);

    await rig.run('customers-screen', other.orgId);
    expect(await alertOf(customerId)).toBeUndefined();
    const asked = { includeEnded: false, page: undefined };
    const shown = await rig.screening.listPersonWatches(asked, await other.as('auditor'));
    const seen = shown.watches.find((one) => one.customerId === customerId);
    expect(seen?.state).toBe(WatchState.CONSENT_NEEDED);
    expect(seen?.notCovered.map((one) => one.associationId).toSorted()).toEqual(
      [house.orgId, second.orgId].toSorted(),
    );
    expect(seen?.notCovered[0]?.name).toBe('长三角机电协会');
    expect(shown.consentNeeded).toBeGreaterThan(0n);
    expect(shown.associations.map((one) => one.associationId)).toContain(second.orgId);

    const { watch: after } = await watched(customerId, idNumber, [first.orgId, second.orgId]);
    expect(after?.notCovered.map((one) => one.associationId)).toEqual([house.orgId]);
    await rig.run('customers-screen', other.orgId);
    expect(await alertOf(customerId)).toMatchObject({
      state: AlertState.CONFIRMED,
      hit: { identified: true, entry: { listingId: listed.listingId } },
    });
    const stranger = await rig.association([]);
    const refused = watched(customerId, idNumber, [stranger.orgId]);
    await expect(refused).rejects.toMatchObject({ reason: 'association_out_of_reach' });
    await rig.screening.endPersonWatch({ customerId, requestId: '' }, await other.as('director'));
  });

  it('that was recorded before consents named associations is asked by its number', async () => {
    const customerId = await customer();
    await watched(customerId, idNumber, [house.orgId]);
    await rig.service.ownerQuery(
      'UPDATE person_watch SET association_ids = NULL WHERE customer_id = $1',
      [customerId],
    );
    const seen = (await watches(false)).find((one) => one.customerId === customerId);
    expect(seen?.notCovered.map((one) => one.associationId)).not.toContain(house.orgId);
    await rig.run('customers-screen', other.orgId);
    expect(await alertOf(customerId)).toMatchObject({ state: AlertState.CONFIRMED });
    await rig.screening.endPersonWatch({ customerId, requestId: '' }, await other.as('director'));
  });

  it('that nobody knows, or of another member, is not watched', async () => {
    const refused = watched(randomUUIDv7(), idNumber);
    await expect(refused).rejects.toMatchObject({ reason: 'customer_unknown' });
    const agent = await rig.platform.call({ role: 'agency_manager' });
    const listed = rig.screening.listPersonWatches({ includeEnded: true, page: undefined }, agent);
    await expect(listed).rejects.toMatchObject({ kind: 'denied' });
  });
});
