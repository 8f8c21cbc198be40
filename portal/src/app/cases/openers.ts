/** Who may open cases: the roles of `OpenCases` in cases.proto. */
export const caseOpeners = [
  'collector',
  'supervisor',
  'director',
  'credit_manager',
  'creditor:org_admin',
] as const;
