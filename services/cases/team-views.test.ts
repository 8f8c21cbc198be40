import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { type CreateViewRequest, ViewsServiceClient } from '@recourse/proto/cases/v1/views.ts';
import { agencyCall, creditorCall, type Rig, startRig } from './book-rig.ts';

let rig: Rig;
let views: Promised<ViewsServiceClient>;

beforeAll(async () => {
  rig = await startRig();
  views = rig.service.client(ViewsServiceClient);
});

afterAll(() => rig.stop());

function viewOf(wanted: Partial<CreateViewRequest> = {}): CreateViewRequest {
  return {
    viewId: randomUUIDv7(),
    place: 'cases',
    name: '紧急',
    query: 'tiers=PRIORITY_TIER_HIGH&sort=-open',
    columns: {
      order: ['debtor', 'open'],
      shown: ['open'],
      widths: [{ column: 'open', pixels: 120 }],
    },
    ...wanted,
  };
}

/** Somebody of their own, of a creditor. */
function somebody(orgId: string, role: string): Promise<ClientCall> {
  const userId = randomUUIDv7();
  return rig.platform.call({ role, orgId, orgKind: 'creditor', userId, name: `${role} 陈静` });
}

describe('a view shared with the team', () => {
  it('is there for everybody of the organisation, in its table, and for nobody else', async () => {
    const orgId = randomUUIDv7();
    const maker = await somebody(orgId, 'collector');
    const wanted = viewOf();
    const { view } = await views.createView(wanted, maker);
    expect(view).toMatchObject({ ...wanted, mayDelete: true, madeBy: { name: 'collector 陈静' } });
    await views.createView(viewOf({ name: 'Aged', columns: undefined }), maker);
    const colleague = await somebody(orgId, 'finance');
    const seen = await views.listViews({ place: 'cases' }, colleague);
    expect(seen.views.map(({ name, mayDelete }) => [name, mayDelete])).toEqual([
      ['Aged', false],
      ['紧急', false],
    ]);
    expect(seen.views[0]?.columns).toBeUndefined();
    expect(await views.listViews({ place: 'customers' }, colleague)).toEqual({ views: [] });
    for (const other of [
      await creditorCall(rig, randomUUIDv7(), 'director'),
      await agencyCall(rig, randomUUIDv7()),
    ]) {
      expect(await views.listViews({ place: 'cases' }, other)).toEqual({ views: [] });
    }
  });

  it('sent again is the same; other content under its id, and its name, are refused', async () => {
    const call = await creditorCall(rig, randomUUIDv7());
    const wanted = viewOf();
    const first = await views.createView(wanted, call);
    expect(await views.createView(wanted, call)).toEqual(first);
    await expect(views.createView({ ...wanted, query: '' }, call)).rejects.toMatchObject({
      kind: 'exists',
      reason: 'view_exists_with_other_content',
    });
    await expect(views.createView(viewOf({ name: ' 紧急 ' }), call)).rejects.toMatchObject({
      kind: 'exists',
      reason: 'view_name_taken',
    });
    const both = ['One', 'one'].map((name) => views.createView(viewOf({ name }), call));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is deleted by its maker or by who answers for the team, once', async () => {
    const orgId = randomUUIDv7();
    const maker = await somebody(orgId, 'collector');
    const colleague = await somebody(orgId, 'collector');
    const supervisor = await somebody(orgId, 'supervisor');
    const [own, led] = [viewOf({ name: 'a' }), viewOf({ name: 'b' })];
    for (const one of [own, led]) await views.createView(one, maker);
    const { viewId } = own;
    await expect(
      views.deleteView({ viewId, requestId: randomUUIDv7() }, colleague),
    ).rejects.toMatchObject({ kind: 'denied', reason: 'view_of_another' });
    const requestId = randomUUIDv7();
    await views.deleteView({ viewId, requestId }, maker);
    await views.deleteView({ viewId, requestId }, maker);
    await views.deleteView({ viewId: led.viewId, requestId: randomUUIDv7() }, supervisor);
    expect(await views.listViews({ place: 'cases' }, maker)).toEqual({ views: [] });
    await expect(
      views.deleteView({ viewId, requestId: randomUUIDv7() }, maker),
    ).rejects.toMatchObject({ kind: 'missing', reason: 'view_unknown' });
  });
});
