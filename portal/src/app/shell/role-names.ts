import { formatList } from '../ui/format';
import { t } from './words';

/** Names of roles in the language now; a role of machines, which has no name here, is left out. */
export function roleNames(roles: readonly string[]): string {
  return formatList(
    roles.map((role) => t.find(`role.${role}`)).filter((name) => name !== undefined),
  );
}
