/** What a placement lets an agency see, as the events of agencies tell it. */

export type GrantState = 'OFFERED' | 'ACTIVE' | 'DECLINED' | 'RECALLED' | 'COMPLETED';

export type Grant = {
  placementId: string;
  agencyId: string;
  agencyName: string;
  state: GrantState;
  /** Of the event that brought the state; 0 of grants kept before versions were. */
  version: bigint;
};

const rank: Readonly<Record<GrantState, number>> = {
  OFFERED: 1,
  ACTIVE: 2,
  DECLINED: 3,
  RECALLED: 3,
  COMPLETED: 3,
};

type Standing = Pick<Grant, 'state' | 'version'>;

/**
 * The state after one more event: what agencies told last of the placement holds, so that events in
 * any order, any number of times, end in the same state. Nothing opens again what was declined or
 * recalled; what was completed is resumed by something newer, and a late completion does not end
 * it.
 */
export function movedOn(present: Standing | undefined, told: Standing): Standing {
  if (present === undefined) return told;
  if (present.state === 'DECLINED' || present.state === 'RECALLED') return present;
  const isNewer =
    present.version === 0n
      ? rank[told.state] > rank[present.state] || present.state === 'COMPLETED'
      : told.version > present.version;
  return isNewer ? told : present;
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
