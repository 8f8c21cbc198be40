import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * The grade credit gave a customer last. A table of its own, since a rating may be told before the
 * debtor is known here; no agency sees it.
 */
export const up: string[] = [
  tenantTable(
    'debtor_grade',
    `debtor_id uuid NOT NULL,
     grade text NOT NULL,
     told_version bigint NOT NULL,
     PRIMARY KEY (org_id, debtor_id)`,
  ),
];
