import { fault } from '@recourse/kit/fault.ts';

export type Association = {
  associationId: string;
  name: string;
  description: string;
  region: string;
  industry: string;
  reportingLicence: string;
  impactAssessment: string;
  version: bigint;
};

export type MemberState = 'ACTIVE' | 'SUSPENDED' | 'LEFT';

export type Member = {
  memberId: string;
  name: string;
  groupName: string;
  state: MemberState;
  joinedAt: string;
  version: bigint;
};

export type StewardFile = {
  userId: string;
  name: string;
  employerId: string;
  active: boolean;
  version: bigint;
};

export type Agreement = {
  agreementId: string;
  associationId: string;
  partnerId: string;
  state: 'PROPOSED' | 'ACTIVE' | 'ENDED';
  proposedAt: string;
  acceptedAt: string;
  endedAt: string;
  version: bigint;
};

type Versioned = { version: bigint };

/**
 * The next version of a file that is written whole. The same content again, with the version that
 * was read or with 0, changes nothing. Faults: `missing` not_there_yet; `stale` changed_meanwhile.
 */
export function rewrite<T extends Versioned>(
  present: T | undefined,
  written: Omit<T, 'version'>,
  expectedVersion: bigint,
): { version: bigint; changed: boolean } {
  if (present === undefined) {
    if (expectedVersion !== 0n) throw fault('missing', 'not_there_yet');
    return { version: 1n, changed: true };
  }
  const { version } = present;
  const same = (Object.keys(written) as (keyof typeof written)[]).every(
    (key) => present[key] === written[key],
  );
  if (same) return { version, changed: false };
  if (version !== expectedVersion) throw fault('stale', 'changed_meanwhile', { version });
  return { version: version + 1n, changed: true };
}

/**
 * Faults: `invalid` agreement_with_itself; `missing` partner_unknown; `refused` agreement_exists.
 */
export function propose(
  facts: { associationId: string; partnerKnown: boolean; living: boolean },
  command: { agreementId: string; partnerId: string },
  at: Temporal.Instant,
): Agreement {
  const { associationId } = facts;
  const { agreementId, partnerId } = command;
  if (partnerId === associationId) throw fault('invalid', 'agreement_with_itself');
  if (!facts.partnerKnown) throw fault('missing', 'partner_unknown', { partnerId });
  if (facts.living) throw fault('refused', 'agreement_exists', { partnerId });
  return {
    agreementId,
    associationId,
    partnerId,
    state: 'PROPOSED',
    proposedAt: at.toString(),
    acceptedAt: '',
    endedAt: '',
    version: 1n,
  };
}

/** Only the other side accepts. Faults: `denied` own_proposal; `refused` agreement_not_proposed. */
export function accept(agreement: Agreement, by: string, at: Temporal.Instant): Agreement {
  if (agreement.state === 'ACTIVE' && by === agreement.partnerId) return agreement;
  if (by !== agreement.partnerId) throw fault('denied', 'own_proposal');
  if (agreement.state !== 'PROPOSED') {
    throw fault('refused', 'agreement_not_proposed', { state: agreement.state });
  }
  const version = agreement.version + 1n;
  return { ...agreement, state: 'ACTIVE', acceptedAt: at.toString(), version };
}

/** Either side ends it; ending it again changes nothing. */
export function endAgreement(agreement: Agreement, at: Temporal.Instant): Agreement {
  if (agreement.state === 'ENDED') return agreement;
  const version = agreement.version + 1n;
  return { ...agreement, state: 'ENDED', endedAt: at.toString(), version };
}
