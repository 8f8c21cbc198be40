import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Search of debtors by any part of a Chinese name or by the beginning of any word, of numbers too.
 * Row-level security keeps operators that might leak (LIKE, trigrams) away from indexes, so the
 * endings of each name are kept as rows of their own, and a search is a plain range of them.
 * Triggers keep them, since the import writes debtors set by set.
 */
const terms = `
CREATE FUNCTION name_endings(name text) RETURNS SETOF text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT substr(folded, place, 40)
    FROM (SELECT left(lower(normalize(name, NFKC)), 80)) n (folded),
         generate_series(1, length(folded)) place
   WHERE substr(folded, place, 1) ~ '[[:alnum:]]'
     AND (place = 1 OR substr(folded, place, 1) >= U&'\\2E80'
          OR substr(folded, place - 1, 1) !~ '[[:alnum:]]')
$$;

CREATE FUNCTION debtor_terms(name text, aliases jsonb, customer_number text, credit_code text)
  RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT name_endings(name)
  UNION SELECT name_endings(alias) FROM jsonb_array_elements_text(aliases) alias
  UNION SELECT lower(customer_number) WHERE customer_number <> ''
  UNION SELECT ltrim(lower(customer_number), '0') WHERE customer_number ~ '^0+[^0]'
  UNION SELECT lower(credit_code) WHERE credit_code <> ''
$$;

CREATE FUNCTION keep_new_debtor_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO debtor_term (org_id, term, debtor_id)
  SELECT d.org_id, t, d.debtor_id
    FROM new_rows d, debtor_terms(d.name, d.aliases, d.customer_number, d.credit_code) t
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_changed_debtor_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH changed AS (
    SELECT n.* FROM new_rows n JOIN old_rows o USING (org_id, debtor_id)
     WHERE (n.name, n.aliases, n.customer_number, n.credit_code)
        IS DISTINCT FROM (o.name, o.aliases, o.customer_number, o.credit_code)),
  kept AS (
    INSERT INTO debtor_term (org_id, term, debtor_id)
    SELECT d.org_id, t, d.debtor_id
      FROM changed d, debtor_terms(d.name, d.aliases, d.customer_number, d.credit_code) t
    ON CONFLICT DO NOTHING)
  DELETE FROM debtor_term k USING changed d
   WHERE (k.org_id, k.debtor_id) = (d.org_id, d.debtor_id)
     AND k.term NOT IN (
       SELECT debtor_terms(d.name, d.aliases, d.customer_number, d.credit_code));
  RETURN NULL;
END $$;

CREATE TRIGGER debtor_added AFTER INSERT ON debtor REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_new_debtor_terms();
CREATE TRIGGER debtor_changed AFTER UPDATE ON debtor
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_changed_debtor_terms();
`;

/**
 * PostgreSQL asks permissive policies in the falling order of their names: under a name before
 * `own` the grants are looked at only for rows that are not the organisation's own, which are few.
 */
const ownFirst = `
DO $$ DECLARE p record; BEGIN
  FOR p IN SELECT tablename, policyname FROM pg_policies WHERE policyname = 'shared_see' LOOP
    EXECUTE format('ALTER POLICY %I ON %I RENAME TO agency_see', p.policyname, p.tablename);
  END LOOP;
END $$;`;

export const up = [
  tenantTable(
    'debtor_term',
    `term text NOT NULL,
     debtor_id uuid NOT NULL,
     PRIMARY KEY (org_id, term, debtor_id),
     FOREIGN KEY (org_id, debtor_id) REFERENCES debtor ON DELETE CASCADE`,
    {
      see: `EXISTS (SELECT FROM placement_grant g
         WHERE g.org_id = debtor_term.org_id AND g.debtor_id = debtor_term.debtor_id
           AND g.agency_id = (SELECT app_org()) AND g.state = 'ACTIVE')`,
    },
  ),
  `CREATE INDEX debtor_term_debtor ON debtor_term (org_id, debtor_id)`,
  terms,
  ownFirst,
];
