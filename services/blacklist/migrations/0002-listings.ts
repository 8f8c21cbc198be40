import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * org_id is the reporting member's. Its association's stewards see a listing once it was handed in,
 * other members never: what they see is the entry, a row of its own that says neither who reported
 * it nor by what evidence. The database masks it so, whatever a query asks.
 */
const handedIn = `association_id = (SELECT app_org()) AND state <> 'DRAFT'`;

const linesHandedIn = `EXISTS (SELECT FROM listing l WHERE l.org_id = listing_history.org_id
   AND l.listing_id = listing_history.listing_id AND l.association_id = (SELECT app_org())
   AND l.state <> 'DRAFT')`;

const forMembers = `shown AND (association_id = (SELECT app_org())
  OR EXISTS (SELECT FROM member m
    WHERE m.org_id = entry.association_id AND m.member_id = (SELECT app_org())
      AND m.state = 'ACTIVE'
      AND (entry.scope <> 'GROUP' OR (m.group_name <> '' AND m.group_name = entry.group_name)))
  OR (entry.scope = 'PARTNERS' AND EXISTS (
    SELECT FROM agreement a JOIN member m
        ON m.member_id = (SELECT app_org()) AND m.state = 'ACTIVE'
       AND m.org_id IN (a.org_id, a.partner_id)
     WHERE a.state = 'ACTIVE' AND entry.association_id IN (a.org_id, a.partner_id))))`;

export const up = [
  tenantTable(
    'listing',
    `listing_id uuid NOT NULL,
     association_id uuid NOT NULL,
     state text NOT NULL CHECK (state IN ('DRAFT', 'SUBMITTED', 'NOTICED', 'OBJECTED', 'PUBLISHED',
       'REJECTED', 'WITHDRAWN', 'REMOVED', 'EXPIRED')),
     category text NOT NULL,
     -- Empty for natural persons, whose names are sealed within the file.
     name text NOT NULL,
     credit_code text NOT NULL,
     id_hash text NOT NULL,
     debtor_id uuid NOT NULL,
     case_id uuid,
     next_step text NOT NULL,
     next_due date,
     -- The day on which the clock looks at it again.
     clock_on date,
     drafted_at timestamptz NOT NULL,
     version bigint NOT NULL,
     -- The listing as the domain decides on it.
     file jsonb NOT NULL,
     PRIMARY KEY (org_id, listing_id)`,
    { see: handedIn },
  ),
  'REVOKE DELETE ON listing FROM {app}',
  'CREATE INDEX listing_by_time ON listing (org_id, drafted_at, listing_id)',
  'CREATE INDEX listing_of_association ON listing (association_id, drafted_at, listing_id)',
  'CREATE INDEX listing_of_debtor ON listing (org_id, debtor_id)',
  'CREATE INDEX listing_clock ON listing (org_id, clock_on) WHERE clock_on IS NOT NULL',
  tenantTable(
    'listing_history',
    `listing_id uuid NOT NULL,
     line_id uuid NOT NULL DEFAULT uuidv7(),
     at timestamptz NOT NULL,
     what text NOT NULL,
     text text NOT NULL,
     actor jsonb,
     PRIMARY KEY (org_id, listing_id, line_id),
     FOREIGN KEY (org_id, listing_id) REFERENCES listing`,
    { append: true, see: linesHandedIn },
  ),
  tenantTable(
    'entry',
    `listing_id uuid NOT NULL,
     association_id uuid NOT NULL,
     scope text NOT NULL CHECK (scope IN ('GROUP', 'ASSOCIATION', 'PARTNERS')),
     group_name text NOT NULL,
     shown boolean NOT NULL,
     kind text NOT NULL CHECK (kind IN ('COMPANY', 'PERSON')),
     -- Sealed for the association when the subject is a natural person; empty when not shown.
     name text NOT NULL,
     aliases jsonb NOT NULL,
     credit_code text NOT NULL,
     id_hash text NOT NULL,
     category text NOT NULL,
     amount_band text NOT NULL,
     conduct_from date NOT NULL,
     conduct_until date NOT NULL,
     published_on date NOT NULL,
     expires_on date NOT NULL,
     disputed boolean NOT NULL,
     statement text NOT NULL,
     evidence_digest text NOT NULL,
     changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (org_id, listing_id),
     FOREIGN KEY (org_id, listing_id) REFERENCES listing`,
    // The name index of each process is made over all organisations.
    { see: forMembers, system: 'SELECT' },
  ),
  `CREATE INDEX entry_by_code ON entry (credit_code) WHERE shown AND credit_code <> ''`,
  `CREATE INDEX entry_by_id_hash ON entry (id_hash) WHERE shown AND id_hash <> ''`,
  'CREATE INDEX entry_by_listing ON entry (listing_id)',
  'CREATE INDEX entry_changed ON entry (changed_at)',

  // What cases told of the claims, to see when one is paid; as in credit, the newest fact holds.
  tenantTable(
    'receivable_fact',
    `receivable_id uuid NOT NULL,
     debtor_id uuid NOT NULL,
     due_on date,
     told_at timestamptz,
     open_minor bigint NOT NULL,
     open_told_at timestamptz NOT NULL,
     first_told_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, receivable_id)`,
  ),
  'CREATE INDEX receivable_fact_of_debtor ON receivable_fact (org_id, debtor_id)',
  tenantTable(
    'case_fact',
    `case_id uuid NOT NULL,
     outcome text NOT NULL,
     closed_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, case_id)`,
  ),
];
