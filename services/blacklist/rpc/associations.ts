import { fault } from '@recourse/kit/fault.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import {
  type Agreement as AgreementMessage,
  AgreementState,
  type AssociationsServiceServer,
  type Member as MemberMessage,
  MemberState,
} from '@recourse/proto/blacklist/v1/associations.ts';
import {
  accept,
  type Agreement,
  endAgreement,
  type Member,
  propose,
  rewrite,
} from '../domain/association.ts';
import {
  agreementForUpdate,
  findAssociation,
  findMember,
  findSteward,
  listAgreements,
  listAssociations,
  listMembers,
  listStewards,
  livingAgreement,
  ownMemberships,
  readAssociation,
  saveAgreement,
  saveAssociation,
  saveMember,
  saveSteward,
  type ShownAgreement,
} from '../store/associations.ts';
import { takeTurns } from '../store/lock.ts';
import { wordOf } from '../store/words.ts';

function memberMessage(associationId: string, one: Member): MemberMessage {
  return { ...one, associationId, state: MemberState[one.state] };
}

/** PostgreSQL's own text of an instant is read; an empty one is none. */
function instantText(text: string): string | undefined {
  return text === '' ? undefined : Temporal.Instant.from(text).toString();
}

function agreementMessage(one: ShownAgreement): AgreementMessage {
  return {
    ...one,
    state: AgreementState[one.state],
    acceptedAt: instantText(one.acceptedAt),
    endedAt: instantText(one.endedAt),
  };
}

async function shown(tx: Tx, agreementId: string): Promise<ShownAgreement> {
  const [found] = await listAgreements(tx, agreementId);
  if (found === undefined) throw fault('missing', 'agreement_unknown', { agreementId });
  return found;
}

/** Moves an agreement in its proposer's transaction, whichever side asks. */
async function moveAgreement(
  db: Db,
  agreementId: string,
  call: Call,
  move: (present: Agreement) => Agreement,
): Promise<AgreementMessage> {
  const { orgId } = call.caller;
  const seen = await db.tenant(orgId, (tx) => shown(tx, agreementId));
  await db.tenant(seen.associationId, async (tx) => {
    const present = await agreementForUpdate(tx, agreementId);
    if (present === undefined || ![present.associationId, present.partnerId].includes(orgId)) {
      throw fault('missing', 'agreement_unknown', { agreementId });
    }
    const after = move(present);
    if (after.version !== present.version) await saveAgreement(tx, after);
  });
  return agreementMessage(await db.tenant(orgId, (tx) => shown(tx, agreementId)));
}

function reading(db: Db) {
  return {
    listAssociations: async ({ page }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const { rows, page: end } = await listAssociations(tx, page);
        return { associations: rows, page: end };
      }),

    getAssociation: async ({ associationId }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => ({
        association: await readAssociation(tx, associationId),
      })),

    listMembers: async ({ state, page }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const found = await listMembers(tx, wordOf(MemberState, state) ?? '', page);
        const members = found.rows.map((one) => memberMessage(caller.orgId, one));
        return { members, page: found.page };
      }),

    listMemberships: async (_request, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const own = await ownMemberships(tx);
        return { memberships: own.map((one) => ({ ...one, state: MemberState[one.state] })) };
      }),

    listStewards: async (_request, { caller }) =>
      db.tenant(caller.orgId, async (tx) => ({ stewards: await listStewards(tx) })),

    listAgreements: async (_request, { caller }) =>
      db.tenant(caller.orgId, async (tx) => ({
        agreements: (await listAgreements(tx)).map(agreementMessage),
      })),
  } satisfies Partial<Handlers<AssociationsServiceServer>>;
}

function writing(db: Db) {
  return {
    putAssociation: async ({ expectedVersion, ...written }, { caller }) => {
      if (written.associationId !== caller.orgId) throw fault('denied', 'not_your_association');
      return db.tenant(caller.orgId, async (tx) => {
        await takeTurns(tx, 'association');
        const before = await findAssociation(tx, caller.orgId);
        const { version, changed } = rewrite(before, written, expectedVersion);
        const association = { ...written, version };
        if (changed) await saveAssociation(tx, association);
        return { association };
      });
    },

    putMember: async ({ expectedVersion, ...asked }, { caller, at }) =>
      db.tenant(caller.orgId, async (tx) => {
        await takeTurns(tx, asked.memberId);
        await readAssociation(tx, caller.orgId);
        const before = await findMember(tx, asked.memberId);
        const state = wordOf(MemberState, asked.state) ?? 'ACTIVE';
        const written = { ...asked, state, joinedAt: before?.joinedAt ?? at.toString() };
        const { version, changed } = rewrite(before, written, expectedVersion);
        const member = { ...written, version };
        if (changed) await saveMember(tx, member);
        return { member: memberMessage(caller.orgId, member) };
      }),

    putSteward: async ({ expectedVersion, ...written }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        await takeTurns(tx, written.userId);
        const { employerId } = written;
        if (employerId !== '' && (await findMember(tx, employerId)) === undefined) {
          throw fault('missing', 'employer_is_no_member', { employerId });
        }
        const before = await findSteward(tx, written.userId);
        const { version, changed } = rewrite(before, written, expectedVersion);
        const steward = { ...written, version };
        if (changed) await saveSteward(tx, steward);
        return { steward };
      }),

    proposeAgreement: async ({ agreementId, partnerId }, { caller, at }) =>
      db.tenant(caller.orgId, async (tx) => {
        await takeTurns(tx, 'agreement');
        const present = await agreementForUpdate(tx, agreementId);
        if (present !== undefined && present.partnerId !== partnerId) {
          throw fault('exists', 'agreement_exists_with_other_content', { agreementId });
        }
        if (present === undefined) {
          const partnerKnown = (await findAssociation(tx, partnerId)) !== undefined;
          const living = await livingAgreement(tx, partnerId);
          const facts = { associationId: caller.orgId, partnerKnown, living };
          await saveAgreement(tx, propose(facts, { agreementId, partnerId }, at));
        }
        return { agreement: agreementMessage(await shown(tx, agreementId)) };
      }),

    acceptAgreement: async ({ agreementId }, call) => ({
      agreement: await moveAgreement(db, agreementId, call, (present) =>
        accept(present, call.caller.orgId, call.at),
      ),
    }),

    endAgreement: async ({ agreementId }, call) => ({
      agreement: await moveAgreement(db, agreementId, call, (present) =>
        endAgreement(present, call.at),
      ),
    }),
  } satisfies Partial<Handlers<AssociationsServiceServer>>;
}

/** Associations, members, stewards and agreements over gRPC. */
export function associationsHandlers(db: Db): Handlers<AssociationsServiceServer> {
  return { ...reading(db), ...writing(db) };
}
