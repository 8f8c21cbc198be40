import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Debts and the events of their limitation. A debt is what one case claims and has the case's id.
 * Events come in any order, also before the case they belong to is known: no foreign key.
 */
export const up = [
  tenantTable(
    'debtor',
    `debtor_id uuid NOT NULL,
     name text NOT NULL,
     told_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, debtor_id)`,
  ),
  tenantTable(
    'debt',
    `debt_id uuid NOT NULL,
     case_number text NOT NULL,
     debtor_id uuid NOT NULL,
     due_day date NOT NULL,
     currency text NOT NULL,
     amount_minor bigint NOT NULL,
     guarantor jsonb,
     -- Of the clock as it was last computed; lists and alarms read it.
     clock_state text NOT NULL DEFAULT 'not_started',
     expires_on date,
     version bigint NOT NULL DEFAULT 1,
     PRIMARY KEY (org_id, debt_id)`,
  ),
  'CREATE INDEX debt_by_expiry ON debt (org_id, expires_on, debt_id)',
  'CREATE INDEX debt_by_debtor ON debt (org_id, debtor_id)',
  // Told of a case before or after its opening; the debt of a closed case is not watched.
  tenantTable(
    'closed_case',
    `case_id uuid NOT NULL,
     closed_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, case_id)`,
  ),
  tenantTable(
    'limitation_event',
    `event_id uuid NOT NULL,
     debt_id uuid NOT NULL,
     -- Null while only the reversal of a payment is known.
     kind text,
     happened_on date,
     proof text CHECK (proof IN ('proven', 'likely', 'weak', 'none')),
     source text NOT NULL DEFAULT '',
     note text NOT NULL DEFAULT '',
     evidence jsonb,
     details jsonb,
     actor jsonb,
     recorded_at timestamptz NOT NULL,
     struck boolean NOT NULL DEFAULT false,
     strike_reason text NOT NULL DEFAULT '',
     content_hash text NOT NULL DEFAULT '',
     PRIMARY KEY (org_id, event_id),
     CONSTRAINT struck_with_reason CHECK (struck = (strike_reason <> ''))`,
  ),
  'REVOKE DELETE ON limitation_event FROM {app}',
  'CREATE INDEX limitation_event_of_debt ON limitation_event (org_id, debt_id, happened_on)',
  // An alarm is told once for an expiry; a new expiry has its own.
  tenantTable(
    'limitation_alarm',
    `debt_id uuid NOT NULL,
     expires_on date NOT NULL,
     days integer NOT NULL,
     told_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, debt_id, expires_on, days)`,
    { append: true },
  ),
];
