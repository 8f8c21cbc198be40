import { tenantTable } from '@recourse/kit/tenancy.ts';

const me = '(SELECT app_org())';

/**
 * org_id is the creditor's. A tender is seen by whom it invites, and while it is open to all by
 * every agency with a profile; which of those it fits is asked on top of that. No row of a tender
 * that an agency sees tells of a case, of another agency, or of who was awarded.
 */
const invitedOrOpen = `(org_id, tender_id) IN (
    SELECT i.org_id, i.tender_id FROM tender_invitation i WHERE i.agency_id = ${me})
  OR (open_to_all AND state = 'OPEN' AND EXISTS (
    SELECT FROM agency a WHERE a.org_id = ${me} AND a.agency_id = ${me}))`;

export const up = [
  // Whom the creditor has invited (named), and who has come to what was open to all by a bid.
  tenantTable(
    'tender_invitation',
    `tender_id uuid NOT NULL,
     agency_id uuid NOT NULL,
     agency_name text NOT NULL,
     named boolean NOT NULL,
     PRIMARY KEY (org_id, tender_id, agency_id)`,
    { see: `agency_id = ${me}` },
  ),
  'REVOKE UPDATE, DELETE ON tender_invitation FROM {app}',
  'CREATE INDEX tender_invitation_of ON tender_invitation (agency_id, org_id, tender_id)',

  tenantTable(
    'tender',
    `tender_id uuid NOT NULL,
     title text NOT NULL,
     note text NOT NULL,
     creditor_name text NOT NULL,
     open_to_all boolean NOT NULL,
     deadline timestamptz NOT NULL,
     -- As the contract's own JSON; regions and sectors again as they are searched.
     summary jsonb NOT NULL,
     regions jsonb NOT NULL,
     sectors jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('OPEN', 'AWARDED', 'CANCELLED')),
     published_at timestamptz NOT NULL,
     opened_at timestamptz,
     ended_at timestamptz,
     cancel_reason text NOT NULL DEFAULT '',
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, tender_id),
     CONSTRAINT ended_when_decided CHECK ((ended_at IS NULL) = (state = 'OPEN')),
     CONSTRAINT awarded_when_opened CHECK (state <> 'AWARDED' OR opened_at IS NOT NULL),
     -- Before the deadline the seal is broken only where all who may bid are known.
     CONSTRAINT sealed_until_deadline CHECK (opened_at >= deadline OR NOT open_to_all)`,
    { see: invitedOrOpen },
  ),
  'REVOKE DELETE ON tender FROM {app}',
  'CREATE INDEX tender_by_time ON tender (org_id, published_at, tender_id)',
  `CREATE INDEX tender_open_to_all ON tender (published_at, tender_id)
     WHERE open_to_all AND state = 'OPEN'`,

  // The creditor's alone: which cases, and what the award made of each.
  tenantTable(
    'tender_case',
    `tender_id uuid NOT NULL,
     case_id uuid NOT NULL,
     place integer NOT NULL,
     case_number text NOT NULL,
     debtor_name text NOT NULL,
     placement_id uuid,
     reason text NOT NULL DEFAULT '',
     PRIMARY KEY (org_id, tender_id, case_id),
     FOREIGN KEY (org_id, tender_id) REFERENCES tender`,
  ),
  'REVOKE DELETE ON tender_case FROM {app}',
  'CREATE INDEX tender_case_of ON tender_case (org_id, case_id)',

  // That an agency bids, and what became of it; never what it bids.
  tenantTable(
    'tender_bid',
    `tender_id uuid NOT NULL,
     bid_id uuid NOT NULL,
     agency_id uuid NOT NULL,
     agency_name text NOT NULL,
     state text NOT NULL CHECK (state IN ('STANDING', 'REPLACED', 'WITHDRAWN', 'WON', 'LOST')),
     put_at timestamptz NOT NULL,
     ended_at timestamptz,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, tender_id, bid_id),
     FOREIGN KEY (org_id, tender_id) REFERENCES tender,
     CONSTRAINT bid_ended_when_over CHECK ((ended_at IS NULL) = (state = 'STANDING'))`,
    { see: `agency_id = ${me}` },
  ),
  'REVOKE DELETE ON tender_bid FROM {app}',
  // An agency has one bid at a time.
  `CREATE UNIQUE INDEX tender_bid_standing ON tender_bid (org_id, tender_id, agency_id)
     WHERE state = 'STANDING'`,
  'CREATE INDEX tender_bid_of_agency ON tender_bid (agency_id, org_id, tender_id)',

  // What is bid is the agency's own row, so that the database itself keeps the seal: the creditor
  // reads it once its tender says that the bids were opened. Written in the creditor's transaction,
  // as every verb of an agency is, and never changed.
  tenantTable(
    'tender_bid_terms',
    `creditor_id uuid NOT NULL,
     tender_id uuid NOT NULL,
     bid_id uuid NOT NULL,
     terms jsonb NOT NULL,
     note text NOT NULL,
     PRIMARY KEY (org_id, creditor_id, tender_id, bid_id)`,
    {
      append: true,
      see: `creditor_id = ${me} AND EXISTS (SELECT FROM tender t WHERE t.org_id = ${me}
              AND t.tender_id = tender_bid_terms.tender_id AND t.opened_at IS NOT NULL)`,
      write: `creditor_id = ${me}`,
    },
  ),

  // What the award was decided on, bid by bid, the best first; the creditor's alone.
  tenantTable(
    'tender_comparison',
    `tender_id uuid NOT NULL,
     bid_id uuid NOT NULL,
     place integer NOT NULL,
     offer jsonb NOT NULL,
     PRIMARY KEY (org_id, tender_id, bid_id),
     FOREIGN KEY (org_id, tender_id, bid_id) REFERENCES tender_bid`,
    { append: true },
  ),
];
