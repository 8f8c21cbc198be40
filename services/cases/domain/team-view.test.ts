import { describe, expect, it } from '@jest/globals';
import { deleteView, mayDelete, shareView } from './team-view.ts';

const named = (name: string) => ({ name });
const views = (count: number) => Array.from({ length: count }, (_unused, at) => named(`v${at}`));

describe('a view that is shared', () => {
  it('is taken while its name is free and there is room', () => {
    expect(() => shareView(named('紧急'), views(49))).not.toThrow();
  });

  it.each([
    ['V3', views(10), 'view_name_taken'],
    ['x', views(50), 'views_full'],
    ['v1', views(50), 'view_name_taken'],
  ])('named %s is refused beside others', (name, present, reason) => {
    expect(() => shareView(named(name), present)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('a view of the team', () => {
  const view = { madeBy: { userId: 'a', name: '陈静' } };
  it.each([
    ['its maker', { userId: 'a', roles: ['collector'] }, true],
    ['a colleague', { userId: 'b', roles: ['collector', 'finance'] }, false],
    ['an agent', { userId: 'b', roles: ['agency_agent'] }, false],
    ['a supervisor', { userId: 'b', roles: ['supervisor'] }, true],
    ['a director', { userId: 'b', roles: ['director'] }, true],
    ['an administrator', { userId: 'b', roles: ['org_admin'] }, true],
    ['the head of an agency', { userId: 'b', roles: ['agency_manager'] }, true],
  ])('asked of by %s', (_who, asker, allowed) => {
    expect(mayDelete(view, asker)).toBe(allowed);
    const refusal = { kind: 'denied', reason: 'view_of_another', facts: { by: '陈静' } };
    if (allowed) expect(() => deleteView(view, asker)).not.toThrow();
    else expect(() => deleteView(view, asker)).toThrow(expect.objectContaining(refusal));
  });
});
