/** What a person has dealt with is looked up whenever the customer is rated again. */
export const up: string[] = [
  `CREATE INDEX credit_warning_dealt_with
    ON credit_warning (org_id, customer_id, code, settled_at DESC) WHERE settled_at IS NOT NULL`,
];
