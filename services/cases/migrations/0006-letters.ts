import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Letters and what became of them. Both are added and never changed: a letter's state is that of
 * its deliveries. An agency sees those of its active placements.
 */
const seenByAgency = (table: string): { see: string; append: true } => ({
  see: `EXISTS (SELECT FROM placement_grant g
     WHERE g.org_id = ${table}.org_id AND g.case_id = ${table}.case_id
       AND g.agency_id = (SELECT app_org()) AND g.state = 'ACTIVE')`,
  append: true,
});

const letter = tenantTable(
  'letter',
  `letter_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   agency_id uuid,                     -- null when the creditor's own people sent it
   kind text NOT NULL,
   party text NOT NULL CHECK (party IN ('DEBTOR','GUARANTOR')),
   addressee text NOT NULL,
   address text NOT NULL,
   means text NOT NULL,
   tracking_number text NOT NULL,
   sent_on date NOT NULL,
   text text NOT NULL,
   copy jsonb,
   permitted boolean NOT NULL,
   verdict jsonb NOT NULL,
   actor jsonb NOT NULL,
   recorded_at timestamptz NOT NULL,
   content_hash text NOT NULL,
   PRIMARY KEY (org_id, letter_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   FOREIGN KEY (org_id, debtor_id) REFERENCES debtor`,
  seenByAgency('letter'),
);

const delivery = tenantTable(
  'letter_delivery',
  `delivery_id uuid NOT NULL,
   letter_id uuid NOT NULL,
   case_id uuid NOT NULL,
   outcome text NOT NULL CHECK (outcome IN ('DELIVERED','SIGNED','REFUSED','RETURNED')),
   on_day date NOT NULL,
   signer text NOT NULL,
   signer_name text NOT NULL,
   proof jsonb,
   note text NOT NULL,
   actor jsonb NOT NULL,
   recorded_at timestamptz NOT NULL,
   content_hash text NOT NULL,
   PRIMARY KEY (org_id, delivery_id),
   FOREIGN KEY (org_id, letter_id) REFERENCES letter`,
  seenByAgency('letter_delivery'),
);

export const up: string[] = [
  letter,
  delivery,
  'CREATE INDEX letter_case ON letter (org_id, case_id, sent_on, letter_id)',
  'CREATE INDEX letter_day ON letter (org_id, debtor_id, sent_on)',
  'CREATE INDEX letter_delivery_letter ON letter_delivery (org_id, letter_id, recorded_at)',
  `ALTER TABLE timeline_entry DROP CONSTRAINT timeline_entry_kind_check,
     ADD CONSTRAINT timeline_entry_kind_check
     CHECK (kind IN ('contact','letter','promise','payment','placement','case'))`,
];
