import { fault } from '@recourse/kit/fault.ts';
import type { Listing, Steward } from './listing.ts';

/**
 * Refuses a steward who may not judge this listing: nobody decides on what the own employer, or the
 * employer's group, has reported. Faults, in this order: `refused` steward_not_declared,
 * steward_of_reporting_member, steward_of_reporting_group.
 */
export function refuseSteward(listing: Listing, steward: Steward | undefined): void {
  if (steward === undefined || !steward.active) throw fault('refused', 'steward_not_declared');
  const { employerId, employerGroup } = steward;
  if (employerId !== '' && employerId === listing.reporterId) {
    throw fault('refused', 'steward_of_reporting_member');
  }
  if (employerGroup !== '' && employerGroup === listing.groupName) {
    throw fault('refused', 'steward_of_reporting_group', { group: employerGroup });
  }
}
