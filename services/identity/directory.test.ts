import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall } from '@recourse/kit/client.ts';
import { defineService } from '@recourse/kit/service.ts';
import {
  DirectoryServiceClient,
  OrganisationDecision,
  OrganisationState,
  UserDecision,
  UserState,
} from '@recourse/proto/platform/v1/directory.ts';
import { PlatformServiceClient } from '@recourse/proto/platform/v1/platform.ts';
import { type DirectoryRig, directoryRig } from './rig.ts';
import { refresh } from './sign-in.ts';

/** The directory of organisations as the portal asks it, over the embedded provider. */
const haishu = '0e1d84e1-89e7-80cc-91c7-eafd23a457ee';
const yunqi = '988a0da3-23c2-8338-abb2-51d63b299fc0';
const waiting = 'b1f6a2de-5c43-8a1e-9d07-3e2f6c8b4a10';
const platformOrg = '808a5cd2-648e-8ec2-879f-e83dd89241b4';
/** What was told, as `organisation person allowed`, and in whose transaction. */
const told: string[] = [];
const spec = defineService({
  name: 'agencies',
  keepsDirectory: true,
  tellAccess: async (tx, { orgId, userId = 'all', allowed, by }) => {
    await Promise.resolve();
    if (tx.orgId !== orgId || by.actor.name !== 'Ops') throw new Error('told as somebody else');
    told.push(`${orgId} ${userId} ${allowed}`);
  },
  wire: () => ({ rpc: [] }),
});

let rig: DirectoryRig;
let admin: ClientCall;
const api = () => rig.service.client(DirectoryServiceClient);

beforeAll(async () => {
  rig = await directoryRig(spec);
  admin = await rig.platform.call({ role: 'platform_admin', name: 'Ops' });
});
afterAll(() => rig.stop());

const as = (username: string) => rig.signIn(username);

function decide(orgId: string, decision: OrganisationDecision, reason = 'of a test') {
  const request = { orgId, decision, reason, requestId: randomUUIDv7() };
  return api().decideOrganisation(request, admin);
}

async function usersOf(orgId: string) {
  return (await api().listUsers({ orgId, page: undefined }, admin)).users;
}

describe('organisations', () => {
  const nothing = { query: '', kind: '', states: [] };

  it('are listed with kind, state and the number of their people', async () => {
    const asked = { filter: { ...nothing, query: '海曙' }, page: undefined };
    const { organisations } = await api().listOrganisations(asked, admin);
    expect(organisations).toMatchObject([
      { orgId: haishu, kind: 'creditor', state: OrganisationState.ACTIVE, users: 3n },
    ]);
  });

  it('come in pages, and by kind and state', async () => {
    const filter = { ...nothing, kind: 'agency' };
    const first = await api().listOrganisations({ filter, page: { size: 5, cursor: '' } }, admin);
    const cursor = first.page?.nextCursor ?? '';
    const second = await api().listOrganisations({ filter, page: { size: 5, cursor } }, admin);
    expect([first.organisations.length, second.organisations.length]).toEqual([5, 2]);
    expect(second.page).toMatchObject({ nextCursor: '', count: 7n });
    const waits = { ...nothing, states: [OrganisationState.PENDING] };
    const found = await api().listOrganisations({ filter: waits, page: undefined }, admin);
    expect(found.organisations.map((one) => one.orgId)).toEqual([waiting]);
  });

  it('that wait are let in, and their people with them', async () => {
    await expect(as('hengda.manager')).rejects.toMatchObject({ reason: 'sign_in_refused' });
    const { organisation, usersChanged } = await decide(
      waiting,
      OrganisationDecision.APPROVE,
      '执照与备案已核对',
    );
    expect([organisation?.state, usersChanged]).toEqual([OrganisationState.ACTIVE, 1n]);
    await expect(as('hengda.manager')).resolves.toBeDefined();
    const { decisions } = await api().getOrganisation({ orgId: waiting }, admin);
    expect(decisions).toMatchObject([
      {
        action: 'REPAIR_ACTION_APPROVE_ORGANISATION',
        reason: '执照与备案已核对',
        outcome: 'done',
        by: { name: 'Ops', userId: admin.caller.userId },
      },
    ]);
  });

  it('that are suspended keep all their people out until they are let in again', async () => {
    const tokens = await as('haishu.director');
    const [first] = await usersOf(haishu);
    const userId = first?.userId ?? '';
    const own = { orgId: haishu, userId, decision: UserDecision.SUSPEND, reason: 'left' };
    await api().decideUser({ ...own, requestId: randomUUIDv7() }, admin);

    const suspended = await decide(haishu, OrganisationDecision.SUSPEND, '欠缴年费');
    expect([suspended.organisation?.state, suspended.usersChanged, suspended.usersLeft]).toEqual([
      OrganisationState.SUSPENDED,
      2n,
      0n,
    ]);
    const { issuer } = rig.identity;
    const renewed = refresh({ issuer, clientId: 'recourse-portal' }, tokens.refreshToken);
    await expect(renewed).rejects.toMatchObject({ reason: 'token_refused' });
    for (const name of ['haishu.director', 'haishu.collector', 'haishu.org_admin']) {
      await expect(as(name)).rejects.toMatchObject({ reason: 'sign_in_refused' });
    }

    const back = await decide(haishu, OrganisationDecision.REINSTATE);
    expect(back.usersChanged).toBe(2n);
    const users = await usersOf(haishu);
    const held = users.filter((one) => one.state !== UserState.ACTIVE);
    expect(held).toMatchObject([{ userId, state: UserState.SUSPENDED }]);
    expect(told.filter((one) => one.startsWith(haishu))).toEqual([
      `${haishu} ${userId} false`,
      `${haishu} all false`,
      `${haishu} all true`,
    ]);
  });

  it('are decided about once per request', async () => {
    const request = {
      orgId: yunqi,
      decision: OrganisationDecision.SUSPEND,
      reason: 'once',
      requestId: randomUUIDv7(),
    };
    await api().decideOrganisation(request, admin);
    await decide(yunqi, OrganisationDecision.REINSTATE);
    // The first request comes again, late: it was carried out and is not carried out anew.
    const late = await api().decideOrganisation(request, admin);
    expect(late.organisation?.state).toBe(OrganisationState.ACTIVE);
    const other = api().decideOrganisation({ ...request, reason: 'another' }, admin);
    await expect(other).rejects.toMatchObject({ reason: 'request_id_used_with_other_content' });
    const { decisions } = await api().getOrganisation({ orgId: yunqi }, admin);
    expect(decisions).toHaveLength(2);
  });

  it('of the platform cannot be suspended, and nothing unknown is found', async () => {
    await expect(decide(platformOrg, OrganisationDecision.SUSPEND)).rejects.toMatchObject({
      reason: 'platform_stays',
    });
    await expect(decide(randomUUIDv7(), OrganisationDecision.SUSPEND)).rejects.toMatchObject({
      kind: 'missing',
      reason: 'organisation_not_found',
    });
  });
});

describe('people', () => {
  it('are listed with login, roles and state', async () => {
    const users = await usersOf(yunqi);
    expect(users.map(({ login, roles, machine }) => [login, roles, machine])).toEqual([
      ['yunqi.director', ['director'], false],
      ['yunqi.collector', ['collector'], false],
      ['yunqi.org_admin', ['org_admin'], false],
    ]);
  });

  it('of another organisation than named are not found', async () => {
    const [one] = await usersOf(yunqi);
    const request = {
      orgId: haishu,
      userId: one?.userId ?? '',
      decision: UserDecision.SUSPEND,
      reason: 'wrong',
      requestId: randomUUIDv7(),
    };
    await expect(api().decideUser(request, admin)).rejects.toMatchObject({
      kind: 'missing',
      reason: 'user_not_found',
    });
  });

  it('are found in the audit, with who decided and why', async () => {
    const filter = {
      orgId: haishu,
      person: 'ops',
      verb: 'suspend',
      objectId: '',
      request: '',
      from: undefined,
      to: undefined,
    };
    const { entries } = await rig.service
      .client(PlatformServiceClient)
      .searchAudit({ service: 'agencies', filter, page: undefined }, admin);
    expect(entries.map(({ verb, reason }) => [verb, reason])).toEqual([
      ['suspend_organisation', '欠缴年费'],
      ['suspend_user', 'left'],
    ]);
  });
});

describe('when the provider is away', () => {
  it('a decision fails by name and leaves its trace', async () => {
    const [one] = await usersOf(yunqi);
    const request = {
      orgId: yunqi,
      userId: one?.userId ?? '',
      decision: UserDecision.SUSPEND,
      reason: 'away',
    };
    const lost = await rig.platform.startService(
      { ...spec, name: 'cases' },
      { variables: { DIRECTORY_URL: rig.identity.issuer, DIRECTORY_CLIENT_SECRET: 'wrong' } },
    );
    const none = await rig.platform.startService({ ...spec, name: 'credit' });
    const ask = (service: DirectoryRig['service']) =>
      service
        .client(DirectoryServiceClient)
        .decideUser({ ...request, requestId: randomUUIDv7() }, admin);
    await expect(ask(lost)).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'identity_refused',
    });
    await expect(ask(none)).rejects.toMatchObject({ reason: 'directory_not_configured' });
    expect(told.filter((line) => line.includes(request.userId))).toEqual([]);
    await Promise.all([lost.stop(), none.stop()]);
  });
});

describe('anybody else', () => {
  it.each(['director', 'org_admin', 'steward', 'agency_manager', 'service'])(
    'as %s is refused',
    async (role) => {
      const call = await rig.platform.call({ role });
      const about = { orgId: haishu, reason: 'mine now', requestId: randomUUIDv7() };
      const { SUSPEND } = OrganisationDecision;
      const asked = [
        api().listOrganisations({ filter: undefined, page: undefined }, call),
        api().getOrganisation({ orgId: haishu }, call),
        api().listUsers({ orgId: haishu, page: undefined }, call),
        api().decideOrganisation({ ...about, decision: SUSPEND }, call),
        api().decideUser({ ...about, userId: haishu, decision: UserDecision.SUSPEND }, call),
      ];
      const refused = { status: 'rejected', reason: expect.objectContaining({ kind: 'denied' }) };
      expect(await Promise.allSettled(asked)).toEqual(asked.map(() => refused));
    },
  );
});
