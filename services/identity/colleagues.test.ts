import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrgKind } from '@recourse/kit/caller.ts';
import type { ClientCall } from '@recourse/kit/client.ts';
import { defineService } from '@recourse/kit/service.ts';
import {
  type Colleague,
  type ColleagueFilter,
  DirectoryServiceClient,
  UserDecision,
  UserState,
} from '@recourse/proto/platform/v1/directory.ts';
import { PlatformServiceClient } from '@recourse/proto/platform/v1/platform.ts';
import { type DirectoryRig, directoryRig } from './rig.ts';
import { refresh } from './sign-in.ts';

/** An organisation's people as they see each other, over the embedded provider. */
const jinggong = '84b135fe-bfa2-8182-9712-08f4333d16cc';
const yunqi = '988a0da3-23c2-8338-abb2-51d63b299fc0';
const haishu = '0e1d84e1-89e7-80cc-91c7-eafd23a457ee';
const { SUSPEND, REINSTATE } = UserDecision;
/** What the other services were told, as `organisation person allowed`. */
const told: string[] = [];
const spec = defineService({
  name: 'agencies',
  keepsDirectory: true,
  tellAccess: async ({ orgId }, { userId = 'all', allowed }) => {
    await Promise.resolve();
    told.push(`${orgId} ${userId} ${allowed}`);
  },
  wire: () => ({ rpc: [] }),
});

let rig: DirectoryRig;
const api = () => rig.service.client(DirectoryServiceClient);

beforeAll(async () => {
  rig = await directoryRig(spec, { administrators: ['haishu.director'] });
});
afterAll(() => rig.stop());

type As = { orgKind?: OrgKind; userId?: string };

function callAs(role: string, orgId: string, o: As = {}): Promise<ClientCall> {
  return rig.platform.call({ role, orgId, ...o });
}

const signedIn = (username: string) => rig.signIn(username);

async function list(call: ClientCall, filter: Partial<ColleagueFilter> = {}): Promise<Colleague[]> {
  const whole = { query: '', roles: [], states: [], ...filter };
  return (await api().listColleagues({ filter: whole, page: undefined }, call)).colleagues;
}

async function idOf(login: string, orgId: string): Promise<string> {
  const [found] = await list(await callAs('org_admin', orgId), { query: login });
  if (found === undefined) throw new Error(`${login} is not there`);
  return found.userId;
}

/** Somebody who may decide, as the realm knows them. */
async function admin(login: string, orgId: string): Promise<ClientCall> {
  return callAs('org_admin', orgId, { userId: await idOf(login, orgId) });
}

function decide(call: ClientCall, userId: string, decision: UserDecision, reason = 'of a test') {
  return api().decideColleague({ userId, decision, reason, requestId: randomUUIDv7() }, call);
}

const logins = (people: readonly Colleague[]): string[] => people.map((one) => one.login);

describe('colleagues', () => {
  it('are the people of one’s own organisation by name, without its machines', async () => {
    const people = await list(await callAs('collector', jinggong));
    expect(people.map(({ name, roles }) => [name, roles])).toEqual([
      ['陈静', ['collector']],
      ['顾明', ['credit_manager']],
      ['林晓东', ['legal_officer']],
      ['陆文博', ['auditor']],
      ['钱佳怡', ['org_admin']],
      ['沈国华', ['general_manager']],
      ['王志强', ['director']],
      ['徐雪梅', ['finance']],
      ['周建国', ['supervisor']],
    ]);
    expect(people.map((one) => one.state)).toEqual(people.map(() => UserState.ACTIVE));
  });

  it.each([
    ['agency_agent', 'agency', '上海瑞衡商账管理有限公司', 3],
    ['steward', 'association', '长三角商账管理行业协会', 2],
  ] as const)('are seen by a %s of an %s', async (role, orgKind, name, count) => {
    const found = await api().listOrganisations(
      { filter: { query: name, kind: '', states: [] }, page: undefined },
      await rig.platform.call({ role: 'platform_admin' }),
    );
    const orgId = found.organisations[0]?.orgId ?? '';
    expect(await list(await callAs(role, orgId, { orgKind }))).toHaveLength(count);
  });

  it('are found by role, by name, by login and by state', async () => {
    const call = await callAs('supervisor', jinggong);
    const workers = await list(call, { roles: ['collector', 'supervisor', 'director'] });
    expect(workers.map((one) => one.name)).toEqual(['陈静', '王志强', '周建国']);
    expect(logins(await list(call, { query: '静' }))).toEqual(['jinggong.collector']);
    expect(logins(await list(call, { query: ' Jinggong.FIN ' }))).toEqual(['jinggong.finance']);
    expect(await list(call, { states: [UserState.SUSPENDED] })).toEqual([]);
  });

  it('come in pages that follow one another', async () => {
    const call = await callAs('director', jinggong);
    const whole = logins(await list(call));
    const paged: string[] = [];
    let cursor = '';
    do {
      const asked = { filter: undefined, page: { size: 4, cursor } };
      const { colleagues, page } = await api().listColleagues(asked, call);
      paged.push(...logins(colleagues));
      expect(page?.count).toBe(9n);
      cursor = page?.nextCursor ?? '';
    } while (cursor !== '');
    expect(paged).toEqual(whole);
    const first = await api().listColleagues(
      { filter: undefined, page: { size: 4, cursor: '' } },
      call,
    );
    const filter = { query: 'x', roles: [], states: [] };
    const page = { size: 4, cursor: first.page?.nextCursor ?? '' };
    await expect(api().listColleagues({ filter, page }, call)).rejects.toMatchObject({
      reason: 'cursor_of_other_query',
    });
  });

  it('show their address to the administrator alone', async () => {
    const [seen] = await list(await callAs('director', jinggong));
    const [administered] = await list(await callAs('org_admin', jinggong));
    expect([seen?.email, administered?.email]).toEqual(['', 'jinggong.collector@jinggong.example']);
  });

  it('of an organisation that the provider does not know are none', async () => {
    expect(await list(await callAs('director', randomUUIDv7()))).toEqual([]);
  });

  it('are nobody of the platform’s or a machine’s', async () => {
    for (const role of ['platform_admin', 'service']) {
      await expect(list(await rig.platform.call({ role }))).rejects.toMatchObject({
        kind: 'denied',
      });
    }
  });
});

describe('a colleague', () => {
  it('is kept out and let in again by the administrator, with a trace of both', async () => {
    const call = await admin('yunqi.org_admin', yunqi);
    const userId = await idOf('yunqi.collector', yunqi);
    const tokens = await signedIn('yunqi.collector');
    const { colleague } = await decide(call, userId, SUSPEND, '已离职');
    expect(colleague).toMatchObject({ login: 'yunqi.collector', state: UserState.SUSPENDED });
    const renewed = refresh(
      { issuer: rig.identity.issuer, clientId: 'recourse-portal' },
      tokens.refreshToken,
    );
    await expect(renewed).rejects.toMatchObject({ reason: 'token_refused' });
    await expect(signedIn('yunqi.collector')).rejects.toMatchObject({
      reason: 'sign_in_refused',
    });
    expect(logins(await list(call, { states: [UserState.SUSPENDED] }))).toEqual([
      'yunqi.collector',
    ]);
    await expect(decide(call, userId, SUSPEND)).rejects.toMatchObject({
      reason: 'user_not_active',
    });

    await decide(call, userId, REINSTATE, '回来了');
    await expect(signedIn('yunqi.collector')).resolves.toBeDefined();
    const filter = { orgId: yunqi, person: '', verb: '', objectId: userId, request: '' };
    const { entries } = await rig.service.client(PlatformServiceClient).searchAudit(
      {
        service: 'agencies',
        filter: { ...filter, from: undefined, to: undefined },
        page: undefined,
      },
      await rig.platform.call({ role: 'platform_admin' }),
    );
    expect(entries.map(({ verb, reason }) => [verb, reason])).toEqual([
      ['reinstate_user', '回来了'],
      ['suspend_user', '已离职'],
    ]);
  });

  it('is decided about once per request', async () => {
    const call = await admin('yunqi.org_admin', yunqi);
    const userId = await idOf('yunqi.director', yunqi);
    const request = { userId, decision: SUSPEND, reason: 'once', requestId: randomUUIDv7() };
    await api().decideColleague(request, call);
    await decide(call, userId, REINSTATE);
    const late = await api().decideColleague(request, call);
    // Nor is it told anew.
    const first = told.indexOf(`${call.caller.orgId} ${userId} false`);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(told.slice(first)).toEqual([
      `${call.caller.orgId} ${userId} false`,
      `${call.caller.orgId} ${userId} true`,
    ]);
    expect(late.colleague?.state).toBe(UserState.ACTIVE);
    await expect(
      api().decideColleague({ ...request, reason: 'other' }, call),
    ).rejects.toMatchObject({ reason: 'request_id_used_with_other_content' });
  });

  it('is not oneself, no machine, and of no other organisation', async () => {
    const call = await admin('yunqi.org_admin', yunqi);
    await expect(decide(call, call.caller.userId, SUSPEND)).rejects.toMatchObject({
      reason: 'own_login',
    });
    const all = { orgId: jinggong, page: undefined };
    const { users } = await api().listUsers(
      all,
      await rig.platform.call({ role: 'platform_admin' }),
    );
    const machine = users.find((one) => one.machine)?.userId ?? '';
    const ofJinggong = await admin('jinggong.org_admin', jinggong);
    const others = await idOf('jinggong.collector', jinggong);
    const asked = [
      decide(ofJinggong, machine, SUSPEND),
      decide(call, others, SUSPEND),
      decide(call, randomUUIDv7(), SUSPEND),
    ];
    const missing = {
      status: 'rejected',
      reason: expect.objectContaining({ kind: 'missing', reason: 'user_not_found' }),
    };
    expect(await Promise.allSettled(asked)).toEqual(asked.map(() => missing));
  });

  it('who is the last to administer stays, whoever asks', async () => {
    // Somebody who was suspended a moment ago, and whose token still lives.
    const call = await callAs('org_admin', yunqi, { userId: await idOf('yunqi.director', yunqi) });
    const last = await idOf('yunqi.org_admin', yunqi);
    await expect(decide(call, last, SUSPEND)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'last_org_admin',
    });
    expect(logins(await list(call, { states: [UserState.SUSPENDED] }))).toEqual([]);
  });

  it('stays when two administrators suspend each other in one instant', async () => {
    const logIns = ['haishu.org_admin', 'haishu.director'];
    const [one, other] = await Promise.all(logIns.map((login) => admin(login, haishu)));
    if (one === undefined || other === undefined) throw new Error('two are to administer');
    const asked = await Promise.allSettled([
      decide(one, other.caller.userId, SUSPEND),
      decide(other, one.caller.userId, SUSPEND),
    ]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = asked.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ kind: 'refused', reason: 'last_org_admin' });
    const stayed = await list(one, { roles: ['org_admin'], states: [UserState.ACTIVE] });
    expect(stayed).toHaveLength(1);
  });

  it('whom the platform has suspended is let in by the platform', async () => {
    const ops = await rig.platform.call({ role: 'platform_admin' });
    const call = await admin('yunqi.org_admin', yunqi);
    const userId = await idOf('yunqi.collector', yunqi);
    // Suspended by the organisation before, and let in again: that is over.
    await decide(call, userId, SUSPEND);
    await decide(call, userId, REINSTATE);
    const about = { orgId: yunqi, userId, reason: 'fraud' };
    await api().decideUser({ ...about, decision: SUSPEND, requestId: randomUUIDv7() }, ops);
    await expect(decide(call, userId, REINSTATE)).rejects.toMatchObject({
      reason: 'suspended_by_platform',
    });
    await api().decideUser({ ...about, decision: REINSTATE, requestId: randomUUIDv7() }, ops);
    await expect(signedIn('yunqi.collector')).resolves.toBeDefined();
  });

  it.each([
    ['director', 'creditor'],
    ['agency_manager', 'agency'],
    ['steward', 'association'],
    ['platform_admin', 'platform'],
    ['service', 'creditor'],
  ] as const)('is not decided about by a %s', async (role, orgKind) => {
    const userId = await idOf('yunqi.collector', yunqi);
    await expect(
      decide(await callAs(role, yunqi, { orgKind }), userId, SUSPEND),
    ).rejects.toMatchObject({ kind: 'denied' });
  });
});
