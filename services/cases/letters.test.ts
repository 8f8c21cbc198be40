import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFiles } from '@recourse/kit/files.ts';
import { namedAndKept } from '@recourse/kit/kept-rig.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  DeliveryOutcome,
  LetterKind,
  LetterMeans,
  LetterState,
  type RecordDeliveryRequest,
  type RecordLetterRequest,
  Signer,
} from '@recourse/proto/cases/v1/letters.ts';
import { Handling } from '@recourse/proto/cases/v1/cases.ts';
import { Party } from '@recourse/proto/cases/v1/work.ts';
import {
  agencyCall,
  creditorCall,
  dayFromToday,
  noonZone,
  oneCase,
  type Rig,
  startRig,
} from './book-rig.ts';
import { namedFiles } from './store/named-files.ts';
import { contact, handlingIs, placementOf } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

function letter(caseId: string, more: Partial<RecordLetterRequest> = {}): RecordLetterRequest {
  return {
    caseId,
    letterId: randomUUIDv7(),
    kind: LetterKind.DEMAND,
    party: Party.DEBTOR,
    addressee: '苏州华成机械有限公司',
    address: '苏州市工业园区 8 号',
    means: LetterMeans.EMS,
    trackingNumber: '1234567890123',
    sentOn: dayFromToday(-5),
    text: '请于 7 个工作日内付款',
    uploadId: '',
    ...more,
  };
}

function delivery(
  { caseId, letterId }: RecordLetterRequest,
  more: Partial<RecordDeliveryRequest> = {},
): RecordDeliveryRequest {
  return {
    caseId,
    letterId,
    deliveryId: randomUUIDv7(),
    outcome: DeliveryOutcome.SIGNED,
    on: dayFromToday(-3),
    signer: Signer.MAIL_ROOM,
    signerName: '收发室 李',
    uploadId: '',
    note: '',
    ...more,
  };
}

async function uploadedBy(orgId: string, text: string): Promise<string> {
  const uploadId = randomUUIDv7();
  const files = createFiles({ bus: rig.service.bus });
  const about = { fileName: '回执.pdf', mediaType: 'application/pdf', maxBytes: 1000 };
  await files.put(orgId, uploadId, Readable.from([Buffer.from(text)]), about);
  return uploadId;
}

async function letterEvents(file: Case): Promise<NonNullable<CasesEvent['event']>[]> {
  const rows = await rig.service.ownerQuery<{ payload: Buffer }>(
    `SELECT payload FROM outbox WHERE org_id = $1 AND type LIKE 'letter%' ORDER BY version`,
    [file.orgId],
  );
  return rows.flatMap(({ payload }) => CasesEvent.decode(payload).event ?? []);
}

describe('a letter on a case', () => {
  it('is kept with the proof of its delivery, and both are told', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'legal_officer');
    const asked = letter(file.caseId, { party: Party.GUARANTOR, addressee: '王某' });
    const first = await rig.letters.recordLetter(asked, call);
    expect(first.letter).toMatchObject({ state: LetterState.SENT, party: Party.GUARANTOR });
    expect(await rig.letters.recordLetter(asked, call)).toEqual(first);
    const uploadId = await uploadedBy(orgId, '签收');
    const told = delivery(asked, { uploadId });
    const { letter: signed } = await rig.letters.recordDelivery(told, call);
    expect(signed).toMatchObject({
      state: LetterState.SIGNED,
      deliveries: [{ signer: Signer.MAIL_ROOM, proof: { fileId: uploadId, fileName: '回执.pdf' } }],
    });
    expect((await rig.letters.recordDelivery(told, call)).letter?.deliveries).toHaveLength(1);
    const proof = { orgId, fileId: uploadId };
    const known = await namedAndKept(rig.service, namedFiles, proof);
    expect(known).toEqual({ named: true, kept: true });
    const { letters } = await rig.letters.listLetters(
      { caseId: file.caseId, page: undefined },
      call,
    );
    expect(letters).toEqual([signed]);
    expect(await letterEvents(file)).toMatchObject([
      { $case: 'letterSent', value: { party: 'GUARANTOR', means: 'EMS', kind: 'DEMAND' } },
      {
        $case: 'letterSettled',
        value: { party: 'GUARANTOR', outcome: 'SIGNED', signer: 'MAIL_ROOM', kind: 'DEMAND' },
      },
    ]);
    const { entries } = await rig.cases.getTimeline(
      { caseId: file.caseId, kinds: ['letter'], page: undefined },
      call,
    );
    expect(entries.map((one) => one.what)).toEqual(['letter_signed', 'letter_sent']);
  });

  it('refuses other content under its id, and what nobody has uploaded', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const asked = letter(file.caseId);
    await rig.letters.recordLetter(asked, call);
    const other = rig.letters.recordLetter({ ...asked, addressee: '别人' }, call);
    await expect(other).rejects.toMatchObject({ reason: 'letter_exists_with_other_content' });
    const told = delivery(asked);
    await rig.letters.recordDelivery(told, call);
    const changed = rig.letters.recordDelivery({ ...told, note: '别的' }, call);
    await expect(changed).rejects.toMatchObject({ reason: 'delivery_exists_with_other_content' });
    const again = rig.letters.recordDelivery(delivery(asked), call);
    await expect(again).rejects.toMatchObject({ reason: 'letter_already_settled' });
    const lost = rig.letters.recordLetter(letter(file.caseId, { uploadId: randomUUIDv7() }), call);
    await expect(lost).rejects.toMatchObject({ reason: 'file_not_found' });
    const unknown = rig.letters.recordDelivery(delivery(letter(file.caseId)), call);
    await expect(unknown).rejects.toMatchObject({ reason: 'letter_unknown' });
  });

  it('of today is one of the day’s contacts and is held by the governor', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const sentOn = Temporal.Now.plainDateISO(noonZone()).toString();
    const threat = letter(file.caseId, { sentOn, text: '不还钱就让你坐牢' });
    const { letter: held } = await rig.letters.recordLetter(threat, call);
    expect(held).toMatchObject({
      state: LetterState.NOT_PERMITTED,
      verdict: { permitted: false, rule: 'forbidden_phrase', phrase: '坐牢' },
    });
    const asked = { caseId: file.caseId, kinds: ['letter'], page: undefined };
    const { entries } = await rig.cases.getTimeline(asked, call);
    expect(entries[0]).toMatchObject({ what: 'letter_not_permitted', why: held?.verdict?.why });
    await rig.letters.recordLetter(letter(file.caseId, { sentOn }), call);
    await rig.work.recordContact(contact(file.caseId), call);
    const third = await rig.work.recordContact(contact(file.caseId), call);
    expect(third.allowance).toMatchObject({ usedToday: 3, permittedNow: false });
    const { letter: late } = await rig.letters.recordLetter(letter(file.caseId, { sentOn }), call);
    expect(late?.verdict?.rule).toBe('daily_limit');
    // A letter of an earlier day is a fact, and what proves a demand is not lost.
    const { letter: earlier } = await rig.letters.recordLetter(letter(file.caseId), call);
    expect(earlier?.verdict?.permitted).toBe(true);
    expect((await letterEvents(file)).map((one) => one.$case)).toEqual([
      'letterSent',
      'letterSent',
    ]);
  });

  it('by an agency leaves its proof with the creditor, seen while it is placed', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    const agent = await agencyCall(rig, placement.agencyId);
    const asked = letter(file.caseId);
    const stranger = rig.letters.recordLetter(asked, agent);
    await expect(stranger).rejects.toMatchObject({ reason: 'case_unknown' });
    await placement.offer();
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    await rig.letters.recordLetter(asked, agent);
    const uploadId = await uploadedBy(placement.agencyId, '签收');
    await rig.letters.recordDelivery(delivery(asked, { uploadId }), agent);
    const files = createFiles({ bus: rig.service.bus });
    const { meta, stream } = await files.get(orgId, uploadId);
    stream.destroy();
    expect(meta.fileName).toBe('回执.pdf');
    const list = { caseId: file.caseId, page: undefined };
    expect((await rig.letters.listLetters(list, agent)).letters).toHaveLength(1);
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    const after = rig.letters.listLetters(list, agent);
    await expect(after).rejects.toMatchObject({ reason: 'case_unknown' });
  });
});
