/** Kinds of organisation, as the token and the contract name them. */
export const orgKinds = ['creditor', 'agency', 'association', 'platform'] as const;
export type OrgKind = (typeof orgKinds)[number];

/** The roles that people of each kind may have, from who does the work to who administers. */
const rolesByKind: Readonly<Record<OrgKind, readonly string[]>> = {
  creditor: [
    'collector',
    'supervisor',
    'director',
    'general_manager',
    'legal_officer',
    'finance',
    'credit_manager',
    'auditor',
    'org_admin',
  ],
  agency: ['agency_agent', 'agency_manager', 'org_admin'],
  association: ['steward', 'org_admin'],
  platform: ['platform_admin'],
};

export function rolesOfKind(kind: OrgKind): readonly string[] {
  return rolesByKind[kind];
}

/** The person signed in, read from the token. The server decides; this only shapes the screen. */
export type Caller = {
  userId: string;
  userName: string;
  orgId: string;
  orgName: string;
  orgKind: OrgKind;
  roles: readonly string[];
};

/**
 * Whether a caller has one of the roles. Same grammar as the contract's `access` option:
 * `collector` is that role in any organisation, `creditor:org_admin` in that kind only, `agency:*`
 * everybody of the kind, `*` everybody.
 */
export function mayCall(caller: Caller, roles: readonly string[]): boolean {
  return roles.some((role) => {
    const colon = role.indexOf(':');
    if (colon !== -1 && role.slice(0, colon) !== caller.orgKind) return false;
    const name = role.slice(colon + 1);
    return name === '*' || caller.roles.includes(name);
  });
}

function text(claims: Readonly<Record<string, unknown>>, name: string): string {
  const value = claims[name];
  return typeof value === 'string' ? value : '';
}

function rolesIn(claims: Readonly<Record<string, unknown>>): string[] {
  const access = claims['realm_access'];
  if (typeof access !== 'object' || access === null || !('roles' in access)) return [];
  return Array.isArray(access.roles)
    ? access.roles.filter((role): role is string => typeof role === 'string')
    : [];
}

/** Reads the caller from a token's claims; undefined when the token names no organisation. */
export function callerOf(claims: Readonly<Record<string, unknown>>): Caller | undefined {
  const orgKind = orgKinds.find((kind) => kind === claims['org_kind']);
  const orgId = text(claims, 'org_id');
  if (orgKind === undefined || orgId === '') return undefined;
  return {
    userId: text(claims, 'sub'),
    userName: text(claims, 'name') || text(claims, 'preferred_username'),
    orgId,
    orgName: text(claims, 'org_name'),
    orgKind,
    roles: rolesIn(claims),
  };
}
