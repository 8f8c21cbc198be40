import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Money received by day, so that the first page adds up days and not payments. Triggers keep it,
 * for whoever writes payments. A row per day is one that all payments of the day would wait for;
 * each connection adds to one of its own.
 */
const received = tenantTable(
  'received_sum',
  `received_on date NOT NULL,
   currency text NOT NULL,
   stripe smallint NOT NULL CHECK (stripe BETWEEN 0 AND 15),
   minor bigint NOT NULL,
   PRIMARY KEY (org_id, received_on, currency, stripe)`,
);

/** What is put onto a case out of credit was counted when it came in. */
const addSql = (rows: string, sign: '' | '-', stripe: string): string => `
  INSERT INTO received_sum AS s (org_id, received_on, currency, stripe, minor)
  SELECT p.org_id, p.received_on, p.currency, ${stripe}, ${sign}sum(p.amount_minor)
    FROM ${rows} WHERE p.means <> 'credit'
   GROUP BY p.org_id, p.received_on, p.currency ORDER BY 1, 2, 3
  ON CONFLICT (org_id, received_on, currency, stripe)
  DO UPDATE SET minor = s.minor + excluded.minor`;

const ownStripe = 'pg_backend_pid() % 16';

const triggers = `
CREATE FUNCTION add_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  ${addSql('new_rows p', '', ownStripe)};
  RETURN NULL;
END $$;

CREATE FUNCTION take_back_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  ${addSql('new_rows v JOIN payment p USING (org_id, payment_id)', '-', ownStripe)};
  RETURN NULL;
END $$;

CREATE TRIGGER payment_received AFTER INSERT ON payment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION add_received();
CREATE TRIGGER payment_taken_back AFTER INSERT ON payment_reversal
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION take_back_received();`;

/** The triggers' locks keep payments out until the present ones are counted. */
const present = addSql(
  `payment p LEFT JOIN payment_reversal v USING (org_id, payment_id)`,
  '',
  '0',
).replace("p.means <> 'credit'", "p.means <> 'credit' AND v.payment_id IS NULL");

export const up = [received, triggers, present];

export const assert = `
  SELECT org_id, received_on, currency FROM (
    SELECT p.org_id, p.received_on, p.currency, sum(p.amount_minor) AS minor
      FROM payment p LEFT JOIN payment_reversal v USING (org_id, payment_id)
     WHERE p.means <> 'credit' AND v.payment_id IS NULL GROUP BY 1, 2, 3) p
    FULL JOIN received_sum s USING (org_id, received_on, currency)
   WHERE p.minor IS DISTINCT FROM s.minor`;
