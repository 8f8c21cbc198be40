import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { LegalBasisKind } from '@recourse/proto/blacklist/v1/listings.ts';
import { AlertState, BulkState } from '@recourse/proto/blacklist/v1/screening.ts';
import { Purpose, Scope, SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import {
  draftOf,
  goodCode,
  type House,
  type Person,
  publishedBy,
  type Rig,
  screenOf,
  setUp,
} from './rig.ts';

let rig: Rig;
let reporter: Person;
let other: Person;
let house: House;
let listingId: string;

const name = '上海恒达机械有限公司';

beforeAll(async () => {
  rig = await setUp();
  [reporter, other] = [rig.creditor(), rig.creditor('新联电气')];
  house = await rig.association([reporter, other], ['远望集团', '']);
  ({ listingId } = await publishedBy(rig, house, reporter, { creditCode: goodCode, name }));
});

afterAll(() => rig.stop());

async function ask(more: Parameters<typeof screenOf>[0], who = other) {
  const call = await who.as('credit_manager');
  const { lookUp, quota } = await rig.screening.screen(screenOf(more), call);
  return { answer: lookUp?.answer, quota };
}

describe('a draft', () => {
  it('is refused what cannot be a code, and warned of a check that fails', async () => {
    const call = await reporter.as('legal_officer');
    const put = async (creditCode: string) =>
      (await rig.listings.putListing(draftOf(house, { creditCode }), call)).listing;
    await expect(put('91310000MA1FI1LH8R')).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'credit_code_malformed',
      violations: [{ field: '/creditCode', rule: 'credit_code_malformed' }],
    });
    expect(await put('91310000MA1FL1LH8X')).toMatchObject({ creditCodeCheckFails: true });
    expect(await put('91350100m000100y43')).toMatchObject({ creditCode: '91350100M000100Y43' });
  });
});

describe('a name alone', () => {
  it('is never more than possible, says why, and asks for the code', async () => {
    // The index of names is at most a second behind.
    await eventually(async () => {
      const { answer } = await ask({ name });
      expect(answer?.verdict).toBe(Verdict.POSSIBLE);
    });
    const { answer } = await ask({ name: '恒达機械(上海)有限公司' });
    expect(answer).toMatchObject({
      verdict: Verdict.POSSIBLE,
      hits: [{ identified: false, asksFor: 'credit_code', entry: { listingId } }],
    });
    expect(answer?.hits[0]?.reasons.length).toBeGreaterThan(0);
  });

  it('with another good code is a namesake and not hurt', async () => {
    const { answer } = await ask({ name, creditCode: '91350100M000100Y43' });
    expect(answer).toMatchObject({ verdict: Verdict.CLEAR, hits: [], namesakesExcluded: 1 });
  });

  it('with a code whose check fails is warned of, and rules nothing out', async () => {
    const { answer } = await ask({ name, creditCode: '91350100M000100Y44' });
    expect(answer).toMatchObject({
      verdict: Verdict.POSSIBLE,
      warnings: ['credit_code_check_fails'],
    });
  });
});

/** A member of its own, whose quota no other test uses. */
async function joined(orgName: string) {
  const made = rig.creditor(orgName);
  const member = { memberId: made.orgId, name: orgName, groupName: '', expectedVersion: 0n };
  await rig.associations.putMember({ ...member, state: 'MEMBER_STATE_ACTIVE' }, house.admin);
  return made;
}

describe('a look-up', () => {
  it('again gives the same receipt and takes no more of the quota', async () => {
    const call = await other.as('credit_manager');
    const request = screenOf({ name: '', creditCode: goodCode });
    const first = await rig.screening.screen(request, call);
    const again = await rig.screening.screen(request, call);
    expect(again.lookUp).toEqual(first.lookUp);
    expect(again.quota?.used).toBe(first.quota?.used);
    const changed = { ...request, purpose: Purpose.CONTRACT };
    await expect(rig.screening.screen(changed, call)).rejects.toMatchObject({
      reason: 'look_up_exists_with_other_content',
    });
    const { lookUps } = await rig.screening.listLookUps(
      { purpose: Purpose.UNSPECIFIED, verdict: Verdict.LISTED, page: undefined },
      call,
    );
    expect(lookUps.map((one) => one.lookUpId)).toContain(request.lookUpId);
  });

  it('above the quota of the day is refused', async () => {
    const poor = await joined('小额公司');
    await ask({ name: '', creditCode: goodCode }, poor);
    await rig.service.ownerQuery('UPDATE quota_use SET used = 500 WHERE org_id = $1', [poor.orgId]);
    await expect(ask({ name: '', creditCode: goodCode }, poor)).rejects.toMatchObject({
      kind: 'exhausted',
      reason: 'look_up_quota_used',
    });
  });

  it('about a person needs consent, and the number is kept nowhere', async () => {
    const idNumber = '11010519491231002X';
    const person = { kind: SubjectKind.PERSON, name: '张三丰', idNumber };
    await expect(ask(person)).rejects.toMatchObject({ reason: 'query_consent_missing' });
    const legalBasis = {
      kind: LegalBasisKind.COURT_LIST,
      courtReference: '(2025)沪0115执1234号',
      courtPublishedOn: '2025-05-01',
      subjectRefused: false,
      bornOn: '1949-12-31',
    };
    const about = { ...person, creditCode: '', legalBasis };
    const draft = await publishedBy(rig, house, reporter, about);
    const { answer } = await ask({ ...person, name: '', consentReference: 'C-1' });
    expect(answer).toMatchObject({
      verdict: Verdict.LISTED,
      hits: [{ entry: { listingId: draft.listingId, name: '张三丰' } }],
    });
    const rows = await rig.service.ownerQuery(
      `SELECT l.file::text || l.name || e.name || u.asked || u.answer AS text
         FROM listing l JOIN entry e ON e.listing_id = l.listing_id
         JOIN look_up_hit h ON h.listing_id = l.listing_id
         JOIN look_up u ON u.look_up_id = h.look_up_id WHERE l.listing_id = $1`,
      [draft.listingId],
    );
    const { text } = rows[0] as { text: string };
    expect(text).not.toContain('张三丰');
    expect(text).not.toContain(idNumber);
  });
});

describe('a scope', () => {
  const codes = ['91310000000000111X', '91310000000000222X'] as const;

  it('of the group hides the entry from the other members', async () => {
    const sister = rig.creditor('远望配件');
    const member = { memberId: sister.orgId, name: '远望配件', groupName: '远望集团' };
    await rig.associations.putMember(
      { ...member, state: 'MEMBER_STATE_ACTIVE', expectedVersion: 0n },
      house.admin,
    );
    await publishedBy(rig, house, reporter, { creditCode: codes[0], scope: Scope.GROUP });
    const asked = { name: '', creditCode: codes[0] };
    expect((await ask(asked, sister)).answer?.verdict).toBe(Verdict.LISTED);
    expect((await ask(asked)).answer?.verdict).toBe(Verdict.CLEAR);
  });

  it('of partners reaches another association only while the agreement stands', async () => {
    const far = rig.creditor('珠三角电器');
    const second = await rig.association([far]);
    await publishedBy(rig, house, reporter, { creditCode: codes[1], scope: Scope.PARTNERS });
    const asked = { name: '', creditCode: codes[1] };
    const agreementId = randomUUIDv7();
    await rig.associations.proposeAgreement({ agreementId, partnerId: second.orgId }, house.admin);
    expect((await ask(asked, far)).answer?.verdict).toBe(Verdict.CLEAR);
    const move = () => ({ agreementId, requestId: randomUUIDv7() });
    await expect(rig.associations.acceptAgreement(move(), house.admin)).rejects.toMatchObject({
      reason: 'own_proposal',
    });
    await rig.associations.acceptAgreement(move(), second.admin);
    expect((await ask(asked, far)).answer?.verdict).toBe(Verdict.LISTED);
    const own = { name: '', creditCode: goodCode };
    expect((await ask(own, far)).answer?.verdict).toBe(Verdict.CLEAR);
    await rig.associations.endAgreement(move(), house.admin);
    expect((await ask(asked, far)).answer?.verdict).toBe(Verdict.CLEAR);
  });

  it('is not for those who are no members', async () => {
    await expect(ask({ name }, rig.creditor())).rejects.toMatchObject({ reason: 'not_a_member' });
  });
});

describe('a present customer', () => {
  const page = undefined;
  const settling = { creditCode: '', idNumber: '', namesake: false, note: '', requestId: '' };

  async function customer(customerName: string, creditCode: string): Promise<string> {
    const customerId = randomUUIDv7();
    const about = { region: '', industry: '', timeZone: 'Asia/Shanghai', person: false };
    await rig.tellCredit(other.orgId, customerId, {
      $case: 'customerChanged',
      value: { customerId, name: customerName, creditCode, ...about },
    });
    await eventually(async () => {
      const rows = await rig.service.ownerQuery(
        'SELECT 1 FROM present_customer WHERE customer_id = $1',
        [customerId],
      );
      expect(rows).toHaveLength(1);
    });
    return customerId;
  }

  async function alertOf(customerId: string) {
    const call = await other.as('auditor');
    const state = AlertState.UNSPECIFIED;
    return (await rig.screening.listAlerts({ state, customerId, page }, call)).alerts[0];
  }

  it('that is listed is told at once, and told clear when the entry is gone', async () => {
    const creditCode = '91310000000000333X';
    const customerId = await customer('某某公司', creditCode);
    const draft = await publishedBy(rig, house, reporter, { creditCode });
    await rig.run('customers-watch', other.orgId);
    const alert = await alertOf(customerId);
    expect(alert).toMatchObject({ state: AlertState.CONFIRMED, hit: { identified: true } });
    const removal = { listingId: draft.listingId, note: '', requestId: randomUUIDv7() };
    await rig.listings.removeListing(
      { ...removal, reason: 'REMOVAL_REASON_PAID', expectedVersion: 0n },
      await reporter.as('director'),
    );
    await rig.run('customers-watch', other.orgId);
    expect((await alertOf(customerId))?.state).toBe(AlertState.CLEARED);
    expect(await rig.told(alert?.alertId ?? '')).toEqual(['customerHit', 'customerCleared']);
  });

  it('of a like name waits for a second identifier, which can clear a namesake', async () => {
    const customerId = await customer('上海恒达机械有限责任公司', '');
    await rig.run('customers-screen', other.orgId);
    const alert = await alertOf(customerId);
    expect(alert).toMatchObject({
      state: AlertState.POSSIBLE,
      hit: { identified: false, asksFor: 'credit_code' },
    });
    const alertId = alert?.alertId ?? '';
    expect(await rig.told(alertId)).toEqual([]);
    // A slip of the pen rules nobody out.
    await expect(
      rig.screening.settleAlert(
        { ...settling, alertId, creditCode: '91350100M000100Y44' },
        await other.as('credit_manager'),
      ),
    ).rejects.toMatchObject({ reason: 'second_identifier_check_fails' });
    const settled = await rig.screening.settleAlert(
      { ...settling, alertId, creditCode: '91350100M000100Y43' },
      await other.as('credit_manager'),
    );
    expect(settled.alert?.state).toBe(AlertState.NAMESAKE);
    await rig.run('customers-screen', other.orgId);
    expect((await alertOf(customerId))?.state).toBe(AlertState.NAMESAKE);
  });
});

describe('a list', () => {
  const none = { uploadId: '', rows: [] };

  async function ended(bulkId: string) {
    const call = await other.as('credit_manager');
    return eventually(async () => {
      const { bulk } = await rig.screening.getBulkScreen({ bulkId }, call);
      expect(bulk?.state).not.toBe(BulkState.RUNNING);
      return bulk;
    }, 20_000);
  }

  it('in the request is screened row by row', async () => {
    const bulkId = randomUUIDv7();
    const call = await other.as('credit_manager');
    const company = { kind: SubjectKind.UNSPECIFIED, idNumber: '', consentReference: '' };
    const rows = [
      { ...company, name: '', creditCode: goodCode },
      { ...company, name, creditCode: '' },
      { ...company, name: '北京一个不相干的贸易公司', creditCode: '' },
      { ...company, name: '', creditCode: '' },
    ];
    const purpose = Purpose.MONITORING;
    await rig.screening.putBulkScreen({ ...none, bulkId, purpose, rows }, call);
    expect(await ended(bulkId)).toMatchObject({
      state: BulkState.DONE,
      listed: 1n,
      possible: 1n,
      clear: 1n,
      invalid: 1n,
    });
    const found = await rig.screening.listBulkRows(
      { bulkId, verdict: Verdict.LISTED, page: undefined },
      call,
    );
    expect(found.rows).toEqual([expect.objectContaining({ rowNumber: 1n })]);
  });

  it.each([
    ['名称,统一社会信用代码\n"上海,恒达",' + goodCode + '\n', BulkState.DONE, ''],
    ['甲,乙\n1,2\n', BulkState.FAILED, 'columns_unknown'],
    ['名称\n', BulkState.FAILED, 'file_without_rows'],
  ])('as a file %j ends %s', async (text, state, reason) => {
    const bulkId = randomUUIDv7();
    const { fileId: uploadId } = await rig.upload(other.orgId, text);
    const purpose = Purpose.MONITORING;
    const request = { ...none, bulkId, purpose, uploadId };
    await rig.screening.putBulkScreen(request, await other.as('credit_manager'));
    expect(await ended(bulkId)).toMatchObject({ state, reason });
  });
});

describe('a list above what is left of the day', () => {
  it('is not asked at all, and takes nothing', async () => {
    const poor = await joined('宏图贸易');
    const call = await poor.as('credit_manager');
    const row = {
      kind: SubjectKind.COMPANY,
      name,
      creditCode: '',
      idNumber: '',
      consentReference: '',
    };
    const screened = async (count: number) => {
      const bulkId = randomUUIDv7();
      const rows = Array.from({ length: count }, () => row);
      const asked = { bulkId, purpose: Purpose.MONITORING, uploadId: '', rows };
      await rig.screening.putBulkScreen(asked, call);
      return eventually(async () => {
        const { bulk } = await rig.screening.getBulkScreen({ bulkId }, call);
        if (bulk?.state === BulkState.RUNNING) throw new Error('not yet');
        return bulk;
      }, 20_000);
    };
    expect(await screened(2)).toMatchObject({ state: BulkState.DONE, possible: 2n });
    const sql = "UPDATE quota_use SET used = 49_999 WHERE org_id = $1 AND kind = 'bulk_row'";
    await rig.service.ownerQuery(sql, [poor.orgId]);
    const refused = { state: BulkState.FAILED, reason: 'look_up_quota_used', possible: 0n };
    expect(await screened(2)).toMatchObject(refused);
    const { quota } = await rig.screening.getQuota({}, call);
    expect(quota).toMatchObject({ bulkLimit: 50_000, bulkUsed: 49_999, used: 0 });
    expect(await screened(1)).toMatchObject({ state: BulkState.DONE, possible: 1n });
  });
});

describe('the listed party', () => {
  it('gets two free reports a year, with how often and why it was looked up', async () => {
    const call = house.stewards[0] ?? house.admin;
    const report = (paymentReference = '') =>
      rig.listings.issueSubjectReport(
        {
          reportId: randomUUIDv7(),
          kind: SubjectKind.COMPANY,
          creditCode: goodCode,
          idNumber: '',
          identityProof: '营业执照与授权书',
          paymentReference,
        },
        call,
      );
    const first = await report();
    expect(first).toMatchObject({ free: true, freeLeft: 1 });
    expect(first.listings[0]?.lookUps.map((one) => one.purpose)).toContain(Purpose.ONBOARDING);
    expect(await report()).toMatchObject({ free: true, freeLeft: 0 });
    await expect(report()).rejects.toMatchObject({ reason: 'free_reports_used' });
    expect(await report('收据 17')).toMatchObject({ free: false });
  });

  it('is not looked into by agencies or strangers', async () => {
    const agent = await rig.platform.call({ role: 'agency_agent' });
    await expect(rig.listings.getListedPartyView({ listingId }, agent)).rejects.toMatchObject({
      kind: 'denied',
    });
    await expect(
      rig.listings.getListedPartyView({ listingId }, await other.as('director')),
    ).rejects.toMatchObject({ reason: 'listing_unknown' });
  });
});

describe('a draft', () => {
  it('is seen by its reporter only, by the association once it is handed in', async () => {
    const draft = draftOf(house, { creditCode: '91310000000000444X' });
    await rig.listings.putListing(draft, await reporter.as('collector'));
    const steward = house.stewards[0] ?? house.admin;
    for (const call of [steward, await other.as('director')]) {
      await expect(
        rig.listings.getListing({ listingId: draft.listingId }, call),
      ).rejects.toMatchObject({ reason: 'listing_unknown' });
    }
  });
});
