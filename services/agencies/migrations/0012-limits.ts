import { tenantTable } from '@recourse/kit/tenancy.ts';

/** Same formula as `openLoadMinor` of the domain, for a row of placement. */
const openLoad = `CASE WHEN state NOT IN ('OFFERED', 'ACTIVE') OR recovered_minor >= placed_minor
  THEN 0
  ELSE div(load_minor::numeric * (placed_minor - recovered_minor), placed_minor)::bigint END`;

/**
 * Hard limits of placing (domain.md 6.3): what an agency's agents can have open, whose debts it is
 * not given, and by which code debtors are known.
 */
export const up = [
  `ALTER TABLE agency ADD COLUMN credit_code text NOT NULL DEFAULT ''`,

  // What was placed, as it counts against the amount per agent: in fen at the kit's round rates. Of
  // what stands already the currencies of most books are counted by the same rates.
  'ALTER TABLE placement ADD COLUMN load_minor bigint NOT NULL DEFAULT 0 CHECK (load_minor >= 0)',
  `UPDATE placement SET load_minor = CASE currency WHEN 'CNY' THEN placed_minor
     WHEN 'USD' THEN placed_minor * 7 WHEN 'EUR' THEN placed_minor * 8
     WHEN 'GBP' THEN placed_minor * 9 WHEN 'HKD' THEN div(placed_minor * 9::numeric, 10)::bigint
     WHEN 'JPY' THEN placed_minor * 5 ELSE 0 END`,
  `ALTER TABLE agency_load ADD COLUMN open_minor bigint NOT NULL DEFAULT 0 CHECK (open_minor >= 0)`,
  `UPDATE agency_load l SET open_minor = p.open FROM (
     SELECT agency_id, sum(${openLoad})::bigint AS open FROM placement GROUP BY agency_id) p
    WHERE l.agency_id = p.agency_id`,
  'GRANT UPDATE (open_minor) ON agency_load TO {app}',

  // org_id is that of whoever declares: an agency for all to see, a creditor for itself alone. What
  // is declared is never changed, only withdrawn.
  tenantTable(
    'agency_conflict',
    `conflict_id uuid NOT NULL,
     agency_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('CLIENT', 'CLIENT_GROUP', 'AFFILIATE', 'OTHER')),
     name text NOT NULL,
     credit_code text NOT NULL,
     note text NOT NULL,
     declared_by jsonb NOT NULL,
     declared_at timestamptz NOT NULL,
     withdrawn_by jsonb,
     withdrawn_at timestamptz,
     withdraw_reason text NOT NULL DEFAULT '',
     PRIMARY KEY (org_id, conflict_id)`,
    { see: 'org_id = agency_id AND (SELECT app_org()) IS NOT NULL' },
  ),
  'REVOKE DELETE ON agency_conflict FROM {app}',
  'CREATE INDEX agency_conflict_of ON agency_conflict (agency_id, org_id, declared_at)',

  // By which code a debtor of the creditor is known, as the book and the customer's file tell it.
  tenantTable(
    'debtor_code',
    `debtor_id uuid NOT NULL,
     credit_code text NOT NULL,
     told_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, debtor_id)`,
  ),
];

/** The counters are the sums of what they count. */
export const assert = `
  SELECT l.agency_id FROM agency_load l
    LEFT JOIN (SELECT agency_id, sum(${openLoad})::bigint AS open FROM placement
                GROUP BY agency_id) p USING (agency_id)
   WHERE l.open_minor <> coalesce(p.open, 0)`;
