import { expect, it } from '@jest/globals';
import {
  attributeOf,
  createIdentityApi,
  type IdentityApi,
  type UserRecord,
} from '@recourse/kit/platform-identity.ts';
import {
  askMachineToken,
  claimsOf,
  directorySecret,
  type Provider,
  refreshAt,
  signInAt,
} from './provider.ts';

/** 昆山新启贸易有限公司, which nobody else of the suite signs in from. */
const xinqi = 'a4637e04-e82c-882b-bb59-5435be39d546';
const jinggong = '84b135fe-bfa2-8182-9712-08f4333d16cc';
const pending = 'b1f6a2de-5c43-8a1e-9d07-3e2f6c8b4a10';

async function ownerOf(api: IdentityApi): Promise<UserRecord> {
  const [owner] = await api.users(xinqi, 0, 10);
  if (owner === undefined) throw new Error('the organisation has no owner');
  return owner;
}

function withEnabled(record: UserRecord, enabled: boolean): UserRecord {
  const suspension = enabled ? [] : ['person'];
  return { ...record, enabled, attributes: { ...record.attributes, suspension } };
}

/** What the platform does to organisations and people, by the provider's administration. */
export function directoryTests(providerOf: () => Provider): void {
  const apiOf = (clientSecret = directorySecret): IdentityApi =>
    createIdentityApi({
      realmUrl: providerOf().issuer,
      clientId: 'recourse-directory',
      clientSecret,
    });

  it('finds organisations by name, kind and id, with their state', async () => {
    const api = apiOf();
    const named = await api.organisations({ search: '新启', first: 0, max: 5 });
    expect(named.map((one) => attributeOf(one, 'org_id'))).toEqual([xinqi]);
    const agencies = { attributes: { org_kind: 'agency' } };
    const all = await api.organisations({ ...agencies, first: 0, max: 50 });
    const page = await api.organisations({ ...agencies, first: 5, max: 50 });
    expect([all.length, page.length]).toEqual([7, 2]);
    const waiting = await api.organisation(pending);
    expect(waiting).toMatchObject({
      name: '南京恒达商账服务有限公司',
      attributes: { state: ['pending'] },
    });
    expect(await api.organisation('00000000-0000-8000-8000-000000000000')).toBeUndefined();
  });

  it('finds the people and machines of one organisation, with their roles', async () => {
    const api = apiOf();
    const users = await api.users(jinggong, 0, 100);
    expect(users.length).toBe(await api.countUsers(jinggong));
    const names = users.map((one) => one.username);
    expect(names).toEqual(
      expect.arrayContaining(['jinggong.director', 'service-account-recourse-machine']),
    );
    const director = users.find((one) => one.username === 'jinggong.director');
    expect(director).toMatchObject({
      firstName: '王志强',
      email: 'jinggong.director@jinggong.example',
    });
    const roles = await api.rolesOf((await ownerOf(api)).id);
    expect(roles).toEqual(expect.arrayContaining(['credit_manager', 'director', 'org_admin']));
    expect(await api.user('00000000-0000-8000-8000-000000000000')).toBeUndefined();
  });

  it('keeps an organisation as it was changed', async () => {
    const api = apiOf();
    const before = await api.organisation(pending);
    if (before === undefined) throw new Error('no such organisation');
    const attributes = { ...before.attributes, state: ['refused'], reason: ['no licence'] };
    await api.saveOrganisation({ ...before, attributes });
    expect(await apiOf().organisation(pending)).toMatchObject({ attributes });
    await api.saveOrganisation(before);
  });

  it('lets a suspended person neither renew nor sign in, and a reinstated one', async () => {
    const provider = providerOf();
    const api = apiOf();
    const tokens = await signInAt(provider, 'xinqi.owner');
    const owner = await ownerOf(api);
    await api.saveUser(withEnabled(owner, false));
    await api.endSessions(owner.id);
    await expect(refreshAt(provider, tokens)).rejects.toMatchObject({ reason: 'token_refused' });
    await expect(signInAt(provider, 'xinqi.owner')).rejects.toMatchObject({
      reason: 'sign_in_refused',
    });
    expect(await ownerOf(apiOf())).toMatchObject({ attributes: { suspension: ['person'] } });
    await api.saveUser(withEnabled(owner, true));
    const again = await signInAt(provider, 'xinqi.owner');
    expect(claimsOf(again.accessToken)['org_id']).toBe(xinqi);
    // What ended with the suspension does not come back.
    await expect(refreshAt(provider, tokens)).rejects.toMatchObject({ reason: 'token_refused' });
  });

  it('gives a suspended machine no token', async () => {
    const provider = providerOf();
    const api = apiOf();
    const users = await api.users(jinggong, 0, 100);
    const machine = users.find((one) => one.username === 'service-account-recourse-machine');
    if (machine === undefined) throw new Error('there is no machine');
    await api.saveUser(withEnabled(machine, false));
    try {
      const { status, said } = await askMachineToken(provider);
      expect([status >= 400, said['access_token']]).toEqual([true, undefined]);
    } finally {
      await api.saveUser(withEnabled(machine, true));
    }
    expect((await askMachineToken(provider)).said['access_token']).toBeDefined();
  });

  it('is closed to every other login', async () => {
    const provider = providerOf();
    const machine = (await askMachineToken(provider)).said['access_token'] ?? '';
    const person = (await signInAt(provider, 'jinggong.org_admin')).accessToken;
    const admin = provider.issuer.replace('/realms/', '/admin/realms/');
    const statuses: number[] = [];
    for (const token of [machine, person, 'none']) {
      for (const path of ['groups', 'users', `users/${xinqi}`]) {
        const headers = { authorization: `Bearer ${token}` };
        statuses.push((await fetch(`${admin}/${path}`, { headers })).status);
      }
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403, 401, 401, 401]);
    await expect(apiOf('guess').countUsers(xinqi)).rejects.toMatchObject({
      reason: 'identity_refused',
    });
  });
}
