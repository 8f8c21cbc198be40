import { fault } from '@recourse/kit/fault.ts';

/** Views that a team shares: how many there may be, and who takes one away. */

/** Views of one table that a menu can still show. */
const mostViews = 50;

/** Those who answer for a team, in each kind of organisation. */
const leaders: readonly string[] = [
  'supervisor',
  'director',
  'org_admin',
  'agency_manager',
  'steward',
];

export type Asker = { userId: string; roles: readonly string[] };

/** Refusals in this order: `view_name_taken`, `views_full`. */
export function shareView(command: { name: string }, present: readonly { name: string }[]): void {
  const folded = command.name.toLowerCase();
  if (present.some((one) => one.name.toLowerCase() === folded)) {
    throw fault('exists', 'view_name_taken', { name: command.name });
  }
  if (present.length >= mostViews) throw fault('exhausted', 'views_full', { most: mostViews });
}

/** Its maker, and whoever answers for the team. */
export function mayDelete(view: { madeBy: { userId: string } }, asker: Asker): boolean {
  return view.madeBy.userId === asker.userId || asker.roles.some((role) => leaders.includes(role));
}

/** Refusal: `denied` view_of_another. */
export function deleteView(view: { madeBy: { userId: string; name: string } }, asker: Asker): void {
  if (!mayDelete(view, asker)) throw fault('denied', 'view_of_another', { by: view.madeBy.name });
}
