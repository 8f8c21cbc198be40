import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Terms that count over all payments of a case (domain.md 6.7): a retainer is a line without a
 * payment, and what a payment earned may change by further lines about it.
 */
export const up = [
  `ALTER TABLE commission_line
     ADD COLUMN serial integer NOT NULL DEFAULT 0 CHECK (serial >= 0),
     ALTER COLUMN payment_id DROP NOT NULL,
     DROP CONSTRAINT commission_line_kind_check,
     DROP CONSTRAINT one_line_per_payment,
     DROP CONSTRAINT signs_of_kind,
     ADD CONSTRAINT commission_line_kind_check
       CHECK (kind IN ('ACCRUAL', 'CLAW_BACK', 'ADJUSTMENT', 'RETAINER')),
     ADD CONSTRAINT one_line_per_payment
       UNIQUE NULLS NOT DISTINCT (org_id, placement_id, payment_id, kind, serial),
     ADD CONSTRAINT about_a_payment CHECK ((payment_id IS NULL) = (kind = 'RETAINER')),
     ADD CONSTRAINT adjustments_counted CHECK ((serial > 0) = (kind = 'ADJUSTMENT')),
     ADD CONSTRAINT signs_of_kind CHECK (CASE kind
       WHEN 'ACCRUAL' THEN payment_minor > 0 AND commission_minor >= 0 AND vat_minor >= 0
       WHEN 'CLAW_BACK' THEN payment_minor < 0 AND commission_minor <= 0 AND vat_minor <= 0
       WHEN 'RETAINER' THEN payment_minor = 0 AND commission_minor >= 0 AND vat_minor >= 0
       ELSE payment_minor = 0 AND (commission_minor <> 0 OR vat_minor <> 0) END)`,

  // Which cases were in court, and when: from the day a matter was opened to the day it was closed.
  tenantTable(
    'case_matter',
    `case_id uuid NOT NULL,
     matter_id uuid NOT NULL,
     -- Absent while only its closing has been told.
     opened_on date,
     closed_on date,
     PRIMARY KEY (org_id, case_id, matter_id)`,
  ),
  'REVOKE DELETE ON case_matter FROM {app}',
];
