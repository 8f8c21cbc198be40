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
