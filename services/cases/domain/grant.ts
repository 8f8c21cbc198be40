/** What a placement lets an agency see, as the events of agencies tell it. */

export type GrantState = 'OFFERED' | 'ACTIVE' | 'DECLINED' | 'RECALLED' | 'COMPLETED';

export type Grant = {
  placementId: string;
  agencyId: string;
  agencyName: string;
  state: GrantState;
};

const rank: Readonly<Record<GrantState, number>> = {
  OFFERED: 1,
  ACTIVE: 2,
  DECLINED: 3,
  RECALLED: 3,
  COMPLETED: 3,
};

/**
 * The state after one more event. It only moves on, so that events in any order, any number of
 * times, end in the same state: what was recalled is not opened again by a late acceptance.
 */
export function movedOn(present: GrantState | undefined, told: GrantState): GrantState {
  if (present === undefined) return told;
  return rank[told] > rank[present] ? told : present;
}

export type Handled = {
  handling: 'INTERNAL' | 'OFFERED' | 'PLACED';
  placementId: string | undefined;
  agencyId: string | undefined;
  agencyName: string;
};

/**
 * Who has the case, from its grants: an active one before an offered one, else the creditor itself.
 */
export function handledBy(grants: readonly Grant[]): Handled {
  const active = grants.find((one) => one.state === 'ACTIVE');
  const grant = active ?? grants.find((one) => one.state === 'OFFERED');
  if (grant === undefined) {
    return { handling: 'INTERNAL', placementId: undefined, agencyId: undefined, agencyName: '' };
  }
  const { placementId, agencyId, agencyName } = grant;
  return {
    handling: active === undefined ? 'OFFERED' : 'PLACED',
    placementId,
    agencyId,
    agencyName,
  };
}
