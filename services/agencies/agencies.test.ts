import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { assertTenancy } from '@recourse/kit/tenancy.ts';
import { flatTerms, type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Org;

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

const page = { size: 50, cursor: '' };

function profileOf(agencyId: string) {
  return {
    agencyId,
    name: '正信资产',
    description: '',
    sectors: ['机械'],
    regions: ['上海市'],
    languages: ['zh-CN'],
    licences: [{ kind: '营业执照', number: 'YY1', expiresOn: '2099-12-31' }],
    listTerms: flatTerms(1500),
    agentCount: 2,
    capacityCases: 0,
    expectedVersion: 0n,
  };
}

describe('the schema', () => {
  it('keeps every row to its organisation', async () => {
    await expect(assertTenancy(stage.service.ownerQuery)).resolves.toBeUndefined();
  });
});

describe('a profile', () => {
  it('is kept by its agency and read by any creditor', async () => {
    const agencyId = randomUUIDv7();
    const manager = await stage.platform.call({ role: 'agency_manager', orgId: agencyId });
    const { agency } = await stage.market.putAgency(profileOf(agencyId), manager);
    expect(agency).toMatchObject({
      version: 1n,
      capacityCases: 200,
      acceptsPlacements: true,
      activeCases: 0,
      record: { sample: 0n },
    });
    const seen = await stage.market.getAgency({ agencyId }, await creditor.as('collector'));
    expect(seen.agency).toEqual(agency);
  });

  it('is not another agency’s to change', async () => {
    const agency = await stage.agency();
    const rival = await stage.platform.call({ role: 'agency_manager', orgId: randomUUIDv7() });
    await expect(stage.market.putAgency(profileOf(agency.orgId), rival)).rejects.toMatchObject({
      kind: 'denied',
      reason: 'not_own_agency',
    });
  });

  it('put again is the same, put with a stale version is refused', async () => {
    const agencyId = randomUUIDv7();
    const call = await stage.platform.call({ role: 'agency_manager', orgId: agencyId });
    await stage.market.putAgency(profileOf(agencyId), call);
    const again = await stage.market.putAgency(profileOf(agencyId), call);
    expect(again.agency?.version).toBe(1n);
    const changed = { ...profileOf(agencyId), description: '上海老牌' };
    await expect(stage.market.putAgency(changed, call)).rejects.toMatchObject({ kind: 'stale' });
    const { agency } = await stage.market.putAgency({ ...changed, expectedVersion: 1n }, call);
    expect(agency).toMatchObject({ version: 2n, description: '上海老牌' });
  });

  it('put by five at once for the first time is there once', async () => {
    const agencyId = randomUUIDv7();
    const call = await stage.platform.call({ role: 'agency_manager', orgId: agencyId });
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => stage.market.putAgency(profileOf(agencyId), call)),
    );
    expect(tries.map(({ agency }) => agency?.version)).toEqual([1n, 1n, 1n, 1n, 1n]);
  });

  it('suspends new placements by itself when a paper has expired', async () => {
    const agency = await stage.agency({ expiresOn: '2020-01-01' });
    const call = await creditor.as('director');
    const { agency: seen } = await stage.market.getAgency({ agencyId: agency.orgId }, call);
    expect(seen).toMatchObject({
      acceptsPlacements: false,
      suspendedReasons: ['licence_expired:营业执照'],
    });
  });

  it('is missing when there is none', async () => {
    const asked = stage.market.getAgency(
      { agencyId: randomUUIDv7() },
      await creditor.as('finance'),
    );
    await expect(asked).rejects.toMatchObject({ kind: 'missing', reason: 'agency_unknown' });
  });

  it('is not for other roles to write', async () => {
    const call = await creditor.as('director');
    await expect(stage.market.putAgency(profileOf(creditor.orgId), call)).rejects.toMatchObject({
      kind: 'denied',
    });
  });
});

describe('the market', () => {
  it('is paged by name without holes and filtered by sector, region and name', async () => {
    const tag = randomUUIDv7().slice(-6);
    for (const letter of ['c', 'a', 'b']) {
      const agencyId = randomUUIDv7();
      await stage.market.putAgency(
        { ...profileOf(agencyId), name: `${tag} ${letter}`, sectors: letter === 'a' ? [] : [tag] },
        await stage.platform.call({ role: 'agency_manager', orgId: agencyId }),
      );
    }
    const call = await creditor.as('collector');
    const ask = async (more: object) => {
      const { agencies, page: info } = await stage.market.listAgencies(
        { query: tag, sector: '', region: '', page, ...more },
        call,
      );
      return { names: agencies.map((one) => one.name.slice(7)), info };
    };
    const first = await ask({ page: { size: 2, cursor: '' } });
    expect(first.names).toEqual(['a', 'b']);
    expect(first.info).toMatchObject({ count: 3n, countEstimated: false });
    const rest = await ask({ page: { size: 2, cursor: first.info?.nextCursor } });
    expect(rest).toMatchObject({ names: ['c'], info: { nextCursor: '' } });
    expect((await ask({ sector: tag })).names).toEqual(['a', 'b', 'c']);
    expect((await ask({ sector: '别的' })).names).toEqual(['a']);
    expect((await ask({ region: '上海市浦东新区' })).names).toEqual(['a', 'b', 'c']);
    expect((await ask({ region: '江苏' })).names).toEqual([]);
    const foreign = ask({ sector: tag, page: { size: 2, cursor: first.info?.nextCursor } });
    await expect(foreign).rejects.toMatchObject({ reason: 'cursor_of_other_query' });
  });

  it('compares agencies on these very cases, in every currency of them', async () => {
    const [cheap, dear] = [
      await stage.agency({ name: '低价', terms: flatTerms(1000) }),
      await stage.agency({ name: '高价', terms: flatTerms(3000), capacityCases: 1 }),
    ];
    const caseIds = [stage.openCase(), stage.openCase()];
    caseIds.push(stage.openCase({ open: { currency: 'USD', minor: 50_000n }, region: '' }));
    const { offers, totalOpen, openByCurrency } = await stage.market.compareAgencies(
      { caseIds, agencyIds: [dear.orgId, cheap.orgId], assumed: [] },
      await creditor.as('director'),
    );
    expect(totalOpen).toEqual({ currency: 'CNY', minor: 2_000_000n });
    expect(openByCurrency).toHaveLength(2);
    expect(offers).toMatchObject([
      {
        agency: { name: '高价' },
        price: { currency: 'CNY', minor: 600_000n },
        obstacles: ['capacity_exceeded'],
        capacityLeft: 1,
        expectedNet: undefined,
      },
      {
        agency: { name: '低价' },
        price: { minor: 200_000n },
        obstacles: [],
        regionsCovered: 1,
        regionsAsked: 1,
        byCurrency: [{ cases: 2 }, { currency: 'USD', price: { minor: 5_000n } }],
      },
    ]);
  });

  it('compares nothing for cases nobody knows', async () => {
    const asked = stage.market.compareAgencies(
      { caseIds: [randomUUIDv7()], agencyIds: [], assumed: [] },
      await creditor.as('director'),
    );
    await expect(asked).rejects.toMatchObject({ kind: 'missing', reason: 'case_missing' });
  });
});
