import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { createFiles } from '@recourse/kit/files.ts';
import {
  type Liaison,
  PackItem,
  type PutPackPolicyRequest,
} from '@recourse/proto/agencies/v1/packs.ts';
import { type Desk, openDesk } from './desk.ts';
import { type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Org;
let agency: Org;
let desk: Desk;

beforeAll(async () => {
  stage = await setStage();
  agency = await stage.agency();
});

beforeAll(() => {
  creditor = stage.creditor();
  desk = openDesk(stage, creditor, agency);
});

afterAll(() => stage.stop());

const liaison: Liaison = {
  name: '王主任',
  phone: '13900001111',
  email: 'wang@example.com',
  authority: '5 万元以内可自行决定',
};

const all = [
  PackItem.CONTRACT,
  PackItem.VOUCHER,
  PackItem.STATEMENT,
  PackItem.BACKGROUND,
  PackItem.LIAISON,
  PackItem.FLOOR,
];

async function demand(by: Org, required: PackItem[], version = 0n) {
  const policy: PutPackPolicyRequest['policy'] = {
    required,
    version,
    liaison: undefined,
    floorBps: 8_000,
    changedBy: undefined,
    changedAt: undefined,
  };
  return stage.packs.putPackPolicy({ policy }, await by.as('director'));
}

async function upload(by: Org, text = '合同正文'): Promise<string> {
  const uploadId = randomUUIDv7();
  const about = { fileName: '合同.pdf', mediaType: 'application/pdf', maxBytes: 10_000 };
  const files = createFiles({ bus: stage.service.bus });
  await files.put(by.orgId, uploadId, Readable.from([Buffer.from(text)]), about);
  return uploadId;
}

async function add(by: Org, caseIds: string[], item: PackItem, uploadId?: string) {
  const id = uploadId ?? (await upload(by));
  const request = { uploadId: id, caseIds, item, title: '购销合同' };
  return stage.packs.addPackPaper(request, await by.as('collector'));
}

async function packOf(caseId: string, by: Org, role?: string) {
  const own = by.orgKind === 'agency' ? 'agency_agent' : 'collector';
  const { pack } = await stage.packs.getPack({ caseId }, await by.as(role ?? own));
  return pack;
}

async function write(by: Org, caseId: string, expectedVersion: bigint, more = {}) {
  const said = { background: '实际控制人：李某', liaison, floorBps: 7_000, ...more };
  const request = { caseId, expectedVersion, ...said };
  return stage.packs.putPack(request, await by.as('supervisor'));
}

describe('a pack that nobody has written', () => {
  it('names whoever places the case as liaison, and waives nothing', async () => {
    const caseId = stage.openCase();
    await desk.placed({ caseId });
    expect(await packOf(caseId, creditor)).toMatchObject({
      liaison: { name: '张敏', phone: '' },
      liaisonIsOwn: false,
      floorBps: 10_000,
      required: [PackItem.LIAISON, PackItem.FLOOR],
      missing: [],
      version: 0n,
    });
  });

  it('is of a case of the creditor’s own alone', async () => {
    const mine = packOf(randomUUIDv7(), creditor);
    await expect(mine).rejects.toMatchObject({ kind: 'missing', reason: 'case_missing' });
    const theirs = packOf(stage.openCase(), await stage.agency());
    await expect(theirs).rejects.toMatchObject({ kind: 'missing', reason: 'case_missing' });
  });
});

describe('a pack with demands', () => {
  it('keeps a case from being placed until nothing is missing, and says what is', async () => {
    const strict = stage.creditor('严格机电');
    await demand(strict, all);
    const [first, second] = [stage.openCase(), stage.openCase()];
    await write(strict, first, 0n);
    const missing = [PackItem.CONTRACT, PackItem.VOUCHER, PackItem.STATEMENT];
    expect(await packOf(first, strict)).toMatchObject({ missing, floorBps: 7_000, version: 1n });
    const asked = [first, second].map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
    const place = async () =>
      stage.placements.placeCases(
        { placements: asked, agencyId: agency.orgId, terms: undefined, note: '' },
        await strict.as('director'),
      );
    expect((await place()).results).toMatchObject([
      { done: false, reason: 'pack_incomplete', missing },
      { done: false, reason: 'pack_incomplete', missing: [...missing, PackItem.BACKGROUND] },
    ]);
    for (const item of missing) await add(strict, [first, second], item);
    expect((await place()).results).toMatchObject([
      { done: true, missing: [] },
      { done: false, reason: 'pack_incomplete', missing: [PackItem.BACKGROUND] },
    ]);
    const alone = { ...asked[1], caseId: second, placementId: randomUUIDv7() };
    await expect(desk.placed(alone, strict)).rejects.toMatchObject({
      reason: 'pack_incomplete',
      facts: { caseId: second, missing: 'BACKGROUND' },
    });
  });

  it('keeps an offer from being accepted when it has come to lack something', async () => {
    const strict = stage.creditor('严格电气');
    const caseId = stage.openCase();
    const { paper } = await add(strict, [caseId], PackItem.CONTRACT);
    await demand(strict, [PackItem.CONTRACT]);
    const placementId = await desk.placed({ caseId }, strict);
    const taken = { caseId, paperId: paper?.paperId ?? '' };
    await stage.packs.removePackPaper(taken, await strict.as('collector'));
    const lacking = { reason: 'pack_incomplete', missing: [PackItem.CONTRACT] };
    const refused = await desk.answer('acceptPlacements', [placementId]);
    expect(refused.results).toMatchObject([{ done: false, ...lacking }]);
    await add(strict, [caseId], PackItem.CONTRACT, paper?.paperId);
    const accepted = await desk.answer('acceptPlacements', [placementId]);
    expect(accepted.results).toMatchObject([{ done: true }]);
  });

  it('is written once per version that was read', async () => {
    const caseId = stage.openCase();
    await write(creditor, caseId, 0n);
    const stale = { kind: 'stale', reason: 'pack_changed' };
    await expect(write(creditor, caseId, 0n)).rejects.toMatchObject(stale);
    const { pack } = await write(creditor, caseId, 1n, { liaison: undefined });
    expect(pack).toMatchObject({ version: 2n, liaisonIsOwn: false });
    await demand(creditor, []);
    const late = { kind: 'stale', reason: 'pack_policy_changed' };
    await expect(demand(creditor, all)).rejects.toMatchObject(late);
    expect((await demand(creditor, [], 1n)).policy).toMatchObject({ version: 2n });
  });
});

describe('a paper of a pack', () => {
  it('is only told of until the agency accepts, and is closed to it after a recall', async () => {
    const caseId = stage.openCase();
    const { paper } = await add(creditor, [caseId], PackItem.CONTRACT);
    const paperId = paper?.paperId ?? '';
    await write(creditor, caseId, 0n);
    const owner = async (of = agency) => {
      const call = await of.as('agency_agent');
      return (await stage.packs.findPackPaper({ paperId }, call)).orgId;
    };
    const placementId = await desk.placed({ caseId });
    const offered = await packOf(caseId, agency);
    expect(offered).toMatchObject({ masked: true, papers: [], background: '', liaison: undefined });
    expect(offered?.present).toContain(PackItem.CONTRACT);
    expect(await owner()).toBe('');
    await desk.answer('acceptPlacements', [placementId]);
    const whole = { masked: false, papers: [{ paperId, title: '购销合同' }], liaison };
    expect(await packOf(caseId, agency)).toMatchObject(whole);
    expect(await owner()).toBe(creditor.orgId);
    expect(await owner(await stage.agency())).toBe('');
    await desk.recall([placementId]);
    await expect(packOf(caseId, agency)).rejects.toMatchObject({ reason: 'case_missing' });
    expect(await owner()).toBe('');
  });

  it('stands in the packs of several cases, and is taken out of one of them', async () => {
    const caseIds = [stage.openCase(), stage.openCase()];
    const uploadId = await upload(creditor);
    await add(creditor, caseIds, PackItem.VOUCHER, uploadId);
    await add(creditor, caseIds, PackItem.VOUCHER, uploadId);
    const [one = '', other = ''] = caseIds;
    expect((await packOf(one, creditor))?.papers).toHaveLength(1);
    const taken = { caseId: one, paperId: uploadId };
    await stage.packs.removePackPaper(taken, await creditor.as('collector'));
    expect((await packOf(one, creditor))?.papers).toEqual([]);
    expect((await packOf(other, creditor))?.papers).toHaveLength(1);
    const otherItem = add(creditor, caseIds, PackItem.CONTRACT, uploadId);
    await expect(otherItem).rejects.toMatchObject({ kind: 'exists' });
    const said = add(creditor, caseIds, PackItem.BACKGROUND, uploadId);
    await expect(said).rejects.toMatchObject({ reason: 'pack_item_is_no_paper' });
    const nowhere = add(creditor, caseIds, PackItem.VOUCHER, randomUUIDv7());
    await expect(nowhere).rejects.toMatchObject({ reason: 'file_not_found' });
  });

  it('leaves how a liaison is reached sealed in the database', async () => {
    const caseId = stage.openCase();
    await write(creditor, caseId, 0n);
    const rows = await stage.service.ownerQuery('SELECT * FROM case_pack');
    const text = JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? '' : value));
    expect(text).toMatch('王主任');
    expect(text).not.toMatch(/13900001111|wang@example/);
  });
});
