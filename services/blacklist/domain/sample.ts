import type { DraftCommand, FilingFacts } from './draft.ts';
import type { By, Listing, Paper, Steward } from './listing.ts';
import type { EvidenceKind, Terms } from './terms.ts';

/** Builders for tests of the domain: one of each noun, with what a test wants otherwise. */

export const paper: Paper = {
  fileId: 'f1',
  fileName: '合同.pdf',
  mediaType: 'application/pdf',
  sizeBytes: '10',
  sha256: 'aa',
};

const enough: readonly EvidenceKind[] = [
  'CONTRACT',
  'INVOICE',
  'DEMAND',
  'PROOF_OF_SERVICE',
  'BROKEN_PROMISES',
  'CREDIT_WITHDRAWN',
];

export function byOn(day: string, terms: Terms, userId = 'u1'): By {
  const today = Temporal.PlainDate.from(day);
  const at = today.toZonedDateTime({ timeZone: 'UTC', plainTime: '04:00' }).toInstant();
  return { at, today, terms, actor: { userId, name: '李', orgId: 'a1', orgName: '协会' } };
}

export const command: DraftCommand = {
  listingId: 'l1',
  associationId: 'a1',
  kind: 'COMPANY',
  name: '上海恒达机械有限公司',
  aliases: [],
  creditCode: '91310000MA1FL1LH8R',
  idHash: '',
  category: 'REPEATED_BREACH',
  scope: 'ASSOCIATION',
  amountBand: 'FROM_100K',
  conductFrom: '2025-06-01',
  conductUntil: '2025-12-31',
  debtorId: 'd1',
  caseId: 'c1',
  note: '',
  legalBasis: undefined,
  expectedVersion: 0n,
};

export const facts: FilingFacts = {
  membership: { state: 'ACTIVE', groupName: '远望集团' },
  reporter: { orgId: 'm1', orgName: '远望机电' },
  papers: { reportingLicence: '', impactAssessment: '' },
  others: [],
  paid: false,
};

/** A draft with all its evidence. */
export function listing(more: Partial<Listing> = {}): Listing {
  const { expectedVersion: _version, ...written } = command;
  return {
    ...written,
    reporterId: 'm1',
    reporterName: '远望机电',
    groupName: '远望集团',
    evidence: enough.map((kind) => ({ evidenceId: kind, kind, paper, note: '', addedAt: '' })),
    state: 'DRAFT',
    notice: undefined,
    disputes: [],
    votes: [],
    statement: '',
    publishedOn: '',
    expiresOn: '2028-12-31',
    reviewDue: '',
    protectedUntil: '',
    protectedReason: '',
    endReason: '',
    endedAt: '',
    heldState: undefined,
    draftedAt: '2026-03-01T04:00:00Z',
    submittedAt: '2026-03-01T04:00:00Z',
    version: 3n,
    ...more,
  };
}

/** One that was told on 2 March 2026: objections are in time until 17 March. */
export function noticed(more: Partial<Listing> = {}): Listing {
  const servedBy = { userId: 'u1', name: '李', orgId: 'a1', orgName: '协会' };
  const dates = { servedOn: '2026-03-02', objectBy: '2026-03-17' };
  const notice = { delivery: 'EMS' as const, reference: 'E1', paper, servedBy, ...dates };
  return listing({ state: 'NOTICED', notice, ...more });
}

export function publishedListing(more: Partial<Listing> = {}): Listing {
  const dates = { publishedOn: '2026-03-20', reviewDue: '2027-03-20' };
  return noticed({ state: 'PUBLISHED', ...dates, ...more });
}

export function steward(more: Partial<Steward> = {}): Steward {
  return { userId: 'u1', employerId: '', employerGroup: '', active: true, ...more };
}
