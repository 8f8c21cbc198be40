import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type {
  Agreement,
  Association,
  Member,
  MemberState,
  StewardFile,
} from '../domain/association.ts';
import type { Steward } from '../domain/listing.ts';

const associationColumns = `s.association_id AS "associationId", s.name, s.description, s.region,
  s.industry, s.reporting_licence AS "reportingLicence",
  s.impact_assessment AS "impactAssessment", s.version`;

export async function findAssociation(
  tx: Tx,
  associationId: string,
): Promise<Association | undefined> {
  const [row] = await tx.query<Association>(
    `SELECT ${associationColumns} FROM association s WHERE s.org_id = $1`,
    [associationId],
  );
  return row;
}

/** Fault: `missing` association_unknown. */
export async function readAssociation(tx: Tx, associationId: string): Promise<Association> {
  const found = await findAssociation(tx, associationId);
  if (found === undefined) throw fault('missing', 'association_unknown', { associationId });
  return found;
}

export async function saveAssociation(tx: Tx, one: Association): Promise<void> {
  await tx.query(
    `INSERT INTO association (org_id, association_id, name, description, region, industry,
            reporting_licence, impact_assessment, version)
     VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (org_id, association_id) DO UPDATE SET name = excluded.name,
       description = excluded.description, region = excluded.region,
       industry = excluded.industry, reporting_licence = excluded.reporting_licence,
       impact_assessment = excluded.impact_assessment, version = excluded.version`,
    [
      tx.orgId,
      one.name,
      one.description,
      one.region,
      one.industry,
      one.reportingLicence,
      one.impactAssessment,
      one.version,
    ],
  );
}

export function listAssociations(tx: Tx, request: PageRequest | undefined) {
  const list = {
    table: 'association',
    alias: 's',
    conditions: 'true',
    values: [],
    besides: '',
    columns: associationColumns,
    sortColumn: 's.name',
    idColumn: 's.association_id',
    descending: false,
  };
  return page<Association>(tx, list, request, { list: 'associations' });
}

const memberColumns = `m.member_id AS "memberId", m.name, m.group_name AS "groupName", m.state,
  m.joined_at AS "joinedAt", m.version`;

export async function findMember(tx: Tx, memberId: string): Promise<Member | undefined> {
  const [row] = await tx.query<Member>(
    `SELECT ${memberColumns} FROM member m WHERE m.org_id = $1 AND m.member_id = $2`,
    [tx.orgId, memberId],
  );
  return row;
}

/** The standing of the transaction's own organisation in an association. */
export async function membershipIn(
  tx: Tx,
  associationId: string,
): Promise<{ state: MemberState; groupName: string } | undefined> {
  const [row] = await tx.query<{ state: MemberState; groupName: string }>(
    `SELECT state, group_name AS "groupName" FROM member WHERE org_id = $1 AND member_id = $2`,
    [associationId, tx.orgId],
  );
  return row;
}

export async function saveMember(tx: Tx, one: Member): Promise<void> {
  await tx.query(
    `INSERT INTO member (org_id, member_id, name, group_name, state, joined_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (org_id, member_id) DO UPDATE SET name = excluded.name,
       group_name = excluded.group_name, state = excluded.state, version = excluded.version`,
    [tx.orgId, one.memberId, one.name, one.groupName, one.state, one.joinedAt, one.version],
  );
}

export function listMembers(tx: Tx, state: MemberState | '', request: PageRequest | undefined) {
  const { sql, values } = where([['m.org_id = ?', tx.orgId], unlessEmpty('m.state = ?', state)]);
  const list = {
    table: 'member',
    alias: 'm',
    conditions: sql,
    values,
    besides: '',
    columns: memberColumns,
    sortColumn: 'm.name',
    idColumn: 'm.member_id',
    descending: false,
  };
  return page<Member>(tx, list, request, { list: 'members', state });
}

export type OwnMembership = {
  association: Association;
  groupName: string;
  state: MemberState;
  joinedAt: string;
};

/** Where the transaction's own organisation is a member. */
export async function ownMemberships(tx: Tx): Promise<OwnMembership[]> {
  const rows = await tx.query<Association & Omit<OwnMembership, 'association'>>(
    `SELECT ${associationColumns}, m.group_name AS "groupName", m.state,
            m.joined_at AS "joinedAt"
       FROM member m JOIN association s ON s.org_id = m.org_id
      WHERE m.member_id = $1 ORDER BY s.name, s.association_id`,
    [tx.orgId],
  );
  return rows.map(({ groupName, state, joinedAt, ...association }) => ({
    association,
    groupName,
    state,
    joinedAt,
  }));
}

const stewardColumns = `user_id AS "userId", name, coalesce(employer_id::text, '') AS "employerId",
  active, version`;

export async function listStewards(tx: Tx): Promise<StewardFile[]> {
  return tx.query(
    `SELECT ${stewardColumns} FROM steward WHERE org_id = $1 ORDER BY name, user_id`,
    [tx.orgId],
  );
}

export async function findSteward(tx: Tx, userId: string): Promise<StewardFile | undefined> {
  const [row] = await tx.query<StewardFile>(
    `SELECT ${stewardColumns} FROM steward WHERE org_id = $1 AND user_id = $2 FOR UPDATE`,
    [tx.orgId, userId],
  );
  return row;
}

/** A steward as a decision looks at one: with the group of the employing member. */
export async function stewardOf(tx: Tx, userId: string): Promise<Steward | undefined> {
  const [row] = await tx.query<Steward>(
    `SELECT s.user_id AS "userId", coalesce(s.employer_id::text, '') AS "employerId",
            coalesce(m.group_name, '') AS "employerGroup", s.active
       FROM steward s LEFT JOIN member m ON m.org_id = s.org_id AND m.member_id = s.employer_id
      WHERE s.org_id = $1 AND s.user_id = $2`,
    [tx.orgId, userId],
  );
  return row;
}

export async function saveSteward(tx: Tx, one: StewardFile): Promise<void> {
  await tx.query(
    `INSERT INTO steward (org_id, user_id, name, employer_id, active, version)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (org_id, user_id) DO UPDATE SET name = excluded.name,
       employer_id = excluded.employer_id, active = excluded.active, version = excluded.version`,
    [
      tx.orgId,
      one.userId,
      one.name,
      one.employerId === '' ? null : one.employerId,
      one.active,
      one.version,
    ],
  );
}

const agreementColumns = `g.agreement_id AS "agreementId", g.org_id AS "associationId",
  g.partner_id AS "partnerId", g.state, g.proposed_at AS "proposedAt",
  coalesce(g.accepted_at::text, '') AS "acceptedAt", coalesce(g.ended_at::text, '') AS "endedAt",
  g.version`;

export type ShownAgreement = Agreement & { associationName: string; partnerName: string };

/** Agreements the organisation may see: its own, or those of its associations. */
export async function listAgreements(tx: Tx, agreementId = ''): Promise<ShownAgreement[]> {
  return tx.query(
    `SELECT ${agreementColumns}, coalesce(a.name, '') AS "associationName",
            coalesce(b.name, '') AS "partnerName"
       FROM agreement g LEFT JOIN association a ON a.org_id = g.org_id
       LEFT JOIN association b ON b.org_id = g.partner_id
      WHERE $1 = '' OR g.agreement_id::text = $1 ORDER BY g.proposed_at, g.agreement_id`,
    [agreementId],
  );
}

/** A living agreement between two, whoever proposed it. */
export async function livingAgreement(tx: Tx, partnerId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM agreement WHERE state <> 'ENDED' AND
        ((org_id = $1 AND partner_id = $2) OR (org_id = $2 AND partner_id = $1))`,
    [tx.orgId, partnerId],
  );
  return rows.length > 0;
}

/** The agreement in the proposer's own transaction, locked. */
export async function agreementForUpdate(
  tx: Tx,
  agreementId: string,
): Promise<Agreement | undefined> {
  const [row] = await tx.query<Agreement>(
    `SELECT ${agreementColumns} FROM agreement g
      WHERE g.org_id = $1 AND g.agreement_id = $2 FOR UPDATE`,
    [tx.orgId, agreementId],
  );
  return row;
}

export async function saveAgreement(tx: Tx, one: Agreement): Promise<void> {
  const orNull = (text: string): string | null => (text === '' ? null : text);
  await tx.query(
    `INSERT INTO agreement (org_id, agreement_id, partner_id, state, proposed_at, accepted_at,
            ended_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (org_id, agreement_id) DO UPDATE SET state = excluded.state,
       accepted_at = excluded.accepted_at, ended_at = excluded.ended_at,
       version = excluded.version`,
    [
      tx.orgId,
      one.agreementId,
      one.partnerId,
      one.state,
      one.proposedAt,
      orNull(one.acceptedAt),
      orNull(one.endedAt),
      one.version,
    ],
  );
}
