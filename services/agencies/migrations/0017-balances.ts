import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Balances of the ledger's accounts, so that reading them adds up a few rows and not all that was
 * ever posted. A trigger keeps them, for whoever posts. A row per account is one that all postings
 * would wait for; each connection adds to one of its own.
 */
const balance = tenantTable(
  'ledger_balance',
  `agency_id uuid NOT NULL,
   account text NOT NULL,
   currency text NOT NULL,
   stripe smallint NOT NULL CHECK (stripe BETWEEN 0 AND 15),
   minor bigint NOT NULL,
   PRIMARY KEY (org_id, agency_id, account, currency, stripe)`,
  { see: `agency_id = (SELECT app_org()) AND account = 'commission_payable'` },
);

const addSql = (rows: string, stripe: string): string => `
  INSERT INTO ledger_balance AS b (org_id, agency_id, account, currency, stripe, minor)
  SELECT org_id, agency_id, account, currency, ${stripe}, sum(debit_minor - credit_minor)
    FROM ${rows} GROUP BY org_id, agency_id, account, currency ORDER BY 1, 2, 3, 4
  ON CONFLICT (org_id, agency_id, account, currency, stripe)
  DO UPDATE SET minor = b.minor + excluded.minor`;

/** An entry is posted whole, by one statement: so it can be looked at once and not line by line. */
const trigger = `
CREATE FUNCTION post_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lopsided uuid;
BEGIN
  SELECT entry_id INTO lopsided FROM new_rows GROUP BY org_id, entry_id, currency
  HAVING sum(debit_minor) <> sum(credit_minor) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'debits and credits of entry % differ', lopsided
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  ${addSql('new_rows', 'pg_backend_pid() % 16')};
  RETURN NULL;
END $$;

CREATE TRIGGER entries_balance AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION post_entries();`;

export const up = [
  balance,
  'CREATE INDEX ledger_balance_of_agency ON ledger_balance (agency_id, account)',
  trigger,
  // The trigger's lock keeps postings out until the present ones are counted.
  addSql('ledger_line', '0'),
  'DROP TRIGGER entry_balances ON ledger_line',
  'DROP FUNCTION check_entry_balance',
];

export const assert = `
  SELECT org_id, agency_id, account, currency FROM (
    SELECT org_id, agency_id, account, currency, sum(debit_minor - credit_minor) AS minor
      FROM ledger_line GROUP BY 1, 2, 3, 4) l
    FULL JOIN ledger_balance b USING (org_id, agency_id, account, currency)
   WHERE l.minor IS DISTINCT FROM b.minor`;
