import { tenantTable } from '@recourse/kit/tenancy.ts';

const namesAgency = 'agency_id = (SELECT app_org())';

/** Money records are added and never changed; a correction is a new record. */
const appendOnly = (table: string): string => `
  CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

export const up = [
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION '% is never changed', TG_TABLE_NAME
       USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
   END $$`,

  // What cases has told of a payment, in whatever order: no recorded_at means that only the
  // reversal has come yet.
  tenantTable(
    'payment_fact',
    `payment_id uuid NOT NULL,
     case_id uuid NOT NULL,
     currency text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     received_on date NOT NULL,
     recorded_at timestamptz,
     reversed_at timestamptz,
     PRIMARY KEY (org_id, payment_id)`,
  ),
  'REVOKE DELETE ON payment_fact FROM {app}',
  'CREATE INDEX payment_fact_of_case ON payment_fact (org_id, case_id, received_on)',

  tenantTable(
    'commission_line',
    `line_id uuid NOT NULL,
     placement_id uuid NOT NULL,
     payment_id uuid NOT NULL,
     case_id uuid NOT NULL,
     case_number text NOT NULL,
     agency_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('ACCRUAL', 'CLAW_BACK')),
     currency text NOT NULL,
     payment_minor bigint NOT NULL,
     rate_bps integer NOT NULL,
     term text NOT NULL,
     commission_minor bigint NOT NULL,
     vat_minor bigint NOT NULL,
     received_on date NOT NULL,
     booked_on date NOT NULL,
     accrued_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, line_id),
     CONSTRAINT one_line_per_payment UNIQUE (org_id, placement_id, payment_id, kind),
     CONSTRAINT signs_of_kind CHECK (CASE kind
       WHEN 'ACCRUAL' THEN payment_minor > 0 AND commission_minor >= 0 AND vat_minor >= 0
       ELSE payment_minor < 0 AND commission_minor <= 0 AND vat_minor <= 0 END),
     FOREIGN KEY (org_id, placement_id) REFERENCES placement`,
    { append: true, see: namesAgency },
  ),
  appendOnly('commission_line'),
  'CREATE INDEX commission_line_by_time ON commission_line (org_id, accrued_at, line_id)',
  'CREATE INDEX commission_line_of_case ON commission_line (org_id, case_id)',
  `CREATE INDEX commission_line_to_state
     ON commission_line (org_id, agency_id, currency, booked_on)`,
  'CREATE INDEX commission_line_of_agency ON commission_line (agency_id, accrued_at, line_id)',

  // Double entry: one entry per commission line, named by it.
  tenantTable(
    'ledger_entry',
    `entry_id uuid NOT NULL,
     agency_id uuid NOT NULL,
     posted_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, entry_id),
     FOREIGN KEY (org_id, entry_id) REFERENCES commission_line`,
    { append: true, see: namesAgency },
  ),
  appendOnly('ledger_entry'),
  tenantTable(
    'ledger_line',
    `entry_id uuid NOT NULL,
     account text NOT NULL
       CHECK (account IN ('commission_expense', 'vat_input', 'commission_payable')),
     agency_id uuid NOT NULL,
     currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
     debit_minor bigint NOT NULL CHECK (debit_minor >= 0),
     credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
     PRIMARY KEY (org_id, entry_id, account),
     CONSTRAINT one_side CHECK ((debit_minor = 0) <> (credit_minor = 0)),
     FOREIGN KEY (org_id, entry_id) REFERENCES ledger_entry`,
    // What the creditor's other accounts hold is no business of the agency's.
    { append: true, see: `${namesAgency} AND account = 'commission_payable'` },
  ),
  appendOnly('ledger_line'),
  `CREATE INDEX ledger_line_of_account ON ledger_line (org_id, agency_id, account, currency)
     INCLUDE (debit_minor, credit_minor)`,
  `CREATE INDEX ledger_line_of_agency ON ledger_line (agency_id, account, currency)
     INCLUDE (org_id, debit_minor, credit_minor)`,
  // Checked at the commit, when the entry is whole. It refuses too when it cannot see the entry.
  `CREATE FUNCTION check_entry_balance() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM 1 FROM (SELECT sum(debit_minor - credit_minor) AS difference FROM ledger_line
                      WHERE org_id = NEW.org_id AND entry_id = NEW.entry_id GROUP BY currency) sums
       HAVING count(*) > 0 AND bool_and(difference = 0);
     IF NOT FOUND THEN
       RAISE EXCEPTION 'debits and credits of entry % differ', NEW.entry_id
         USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
     END IF;
     RETURN NULL;
   END $$;
   CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON ledger_line
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry_balance();`,
];
