import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { now } from '@recourse/kit/clock.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { Delivery, DisputeGround, DisputeKind } from '@recourse/proto/blacklist/v1/listings.ts';
import { type House, type Person, type Rig, setUp, submitted } from './rig.ts';

let rig: Rig;
let reporter: Person;
let house: House;

beforeAll(async () => {
  rig = await setUp();
  reporter = rig.creditor();
  house = await rig.association([reporter]);
});

afterAll(() => rig.stop());

const today = (): string => now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();

function steward() {
  const [found] = house.stewards;
  if (found === undefined) throw new Error('there is no steward');
  return found;
}

async function readBy(orgId: string, fileId: string): Promise<string> {
  const { stream } = await createFiles({ bus: rig.service.bus }).get(orgId, fileId);
  return text(stream);
}

describe('an objection with papers', () => {
  it('is read with them by the reporter, and its reply with its own by the steward', async () => {
    const { listingId } = await submitted(rig, house, reporter);
    const served = { delivery: Delivery.EMS, servedOn: today(), reference: 'EMS1', uploadId: '' };
    const asked = { listingId, ...served, requestId: randomUUIDv7(), expectedVersion: 0n };
    await rig.listings.serveNotice(asked, steward());
    const receipt = await rig.upload(house.orgId, '付款凭证');
    const disputeId = randomUUIDv7();
    const opened = await rig.listings.openDispute(
      {
        listingId,
        disputeId,
        kind: DisputeKind.OBJECTION,
        ground: DisputeGround.PAID,
        receivedOn: today(),
        statement: '已付清',
        uploadIds: [receipt.fileId],
      },
      steward(),
    );
    const said = opened.listing?.disputes[0]?.messages[0]?.files.map((one) => one.fileId);
    expect(said).toEqual([receipt.fileId]);
    expect(await readBy(reporter.orgId, receipt.fileId)).toBe('付款凭证');

    const ledger = await rig.upload(reporter.orgId, '对账单');
    await rig.listings.replyToDispute(
      {
        listingId,
        disputeId,
        messageId: randomUUIDv7(),
        text: '尚欠尾款',
        uploadIds: [ledger.fileId],
        fromListedParty: false,
      },
      await reporter.as('legal_officer'),
    );
    expect(await readBy(house.orgId, ledger.fileId)).toBe('对账单');
  });

  it('names a paper that was never sent', async () => {
    const { listingId } = await submitted(rig, house, reporter, {
      creditCode: '913100000000099990',
    });
    const asked = {
      listingId,
      disputeId: randomUUIDv7(),
      kind: DisputeKind.OBJECTION,
      ground: DisputeGround.PAID,
      receivedOn: today(),
      statement: '已付清',
      uploadIds: [randomUUIDv7()],
    };
    const opened = rig.listings.openDispute(asked, steward());
    await expect(opened).rejects.toMatchObject({ reason: 'file_not_found' });
  });
});
