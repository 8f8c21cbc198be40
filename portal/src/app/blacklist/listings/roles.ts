/** Who may draft a listing: the roles of the contract's PutListing. */
export const drafters = [
  'credit_manager',
  'legal_officer',
  'collector',
  'supervisor',
  'director',
  'general_manager',
  'creditor:org_admin',
] as const;

/** Who gives a listed party its own report: the roles of the contract's IssueSubjectReport. */
export const issuers = ['steward', 'association:org_admin'] as const;
