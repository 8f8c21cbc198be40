import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Write-offs, withdrawals and sales. What was proposed and decided stays as it was. No agency sees
 * any: a case that an agency works is not given up.
 */
const closing = tenantTable(
  'closing',
  `closing_id uuid NOT NULL,
   kind text NOT NULL CHECK (kind IN ('WRITE_OFF','WITHDRAWAL','SALE')),
   reason text NOT NULL,
   note text NOT NULL,
   currency text NOT NULL,
   case_count int NOT NULL CHECK (case_count > 0),
   open_minor bigint NOT NULL,         -- when it was proposed, then when it was approved
   expected_minor bigint NOT NULL,     -- of the stop-loss evaluation on that day
   cost_minor bigint,                  -- null where no rate of the currency is known
   buyer_name text NOT NULL DEFAULT '',
   buyer_identifier text NOT NULL DEFAULT '',
   price_minor bigint CHECK (price_minor > 0),
   agreed_on date,
   proposed_at timestamptz NOT NULL,
   actor jsonb NOT NULL,
   lapses_on date NOT NULL,
   state text NOT NULL DEFAULT 'PROPOSED'
     CHECK (state IN ('PROPOSED','APPROVED','REFUSED','WITHDRAWN')),
   decided_on date,                    -- in the creditor's zone
   decided_at timestamptz,
   decided_by jsonb,
   decision_note text NOT NULL DEFAULT '',
   withdrawn_at timestamptz,
   withdrawn_by jsonb,                 -- null when its time or one of its cases was over
   withdraw_reason text NOT NULL DEFAULT '',
   version bigint NOT NULL DEFAULT 1,
   content_hash text NOT NULL,
   CONSTRAINT closing_pkey PRIMARY KEY (org_id, closing_id),
   CHECK ((kind = 'SALE') = (price_minor IS NOT NULL)),
   CHECK ((kind = 'SALE') = (agreed_on IS NOT NULL)),
   CHECK ((kind = 'SALE') = (buyer_name <> '')),
   CHECK ((state IN ('APPROVED','REFUSED')) = (decided_at IS NOT NULL)),
   CHECK ((state = 'WITHDRAWN') = (withdrawn_at IS NOT NULL))`,
);

const closingCase = tenantTable(
  'closing_case',
  `closing_id uuid NOT NULL,
   case_id uuid NOT NULL,
   open_minor bigint NOT NULL,
   price_minor bigint,                 -- its part of the price, once it is sold
   expected_minor bigint NOT NULL,
   chance_bps int NOT NULL,
   cost_minor bigint,
   why jsonb NOT NULL,
   state text NOT NULL DEFAULT 'PROPOSED'
     CHECK (state IN ('PROPOSED','CLOSED','ENDED','REOPENED')),
   reopened_at timestamptz,
   PRIMARY KEY (org_id, closing_id, case_id),
   FOREIGN KEY (org_id, closing_id) REFERENCES closing,
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   CHECK ((state = 'REOPENED') = (reopened_at IS NOT NULL))`,
);

/** What a closing took off receivables, and what of that came back; their sum is given up now. */
const writeDown = tenantTable(
  'write_down',
  `closing_id uuid NOT NULL,
   case_id uuid NOT NULL,
   line int NOT NULL CHECK (line > 0), -- from 1 without gaps
   receivable_id uuid NOT NULL,
   part text NOT NULL CHECK (part IN ('costs','interest','principal')),
   amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
   on_day date NOT NULL,
   cause text NOT NULL CHECK (cause IN ('closed','received','received_reversed','reopened')),
   payment_id uuid,
   recorded_at timestamptz NOT NULL,
   PRIMARY KEY (org_id, closing_id, case_id, line),
   FOREIGN KEY (org_id, closing_id, case_id) REFERENCES closing_case,
   FOREIGN KEY (org_id, receivable_id) REFERENCES receivable,
   FOREIGN KEY (org_id, payment_id) REFERENCES payment,
   CHECK ((payment_id IS NOT NULL) = (cause IN ('received','received_reversed')))`,
  { append: true },
);

export const up: string[] = [
  closing,
  closingCase,
  writeDown,
  'CREATE INDEX closing_proposed ON closing (org_id, proposed_at, closing_id)',
  `CREATE INDEX closing_waiting ON closing (org_id, lapses_on) WHERE state = 'PROPOSED'`,
  'CREATE INDEX closing_case_case ON closing_case (org_id, case_id)',
  `CREATE UNIQUE INDEX closing_case_living ON closing_case (org_id, case_id)
     WHERE state = 'PROPOSED'`,
  'CREATE INDEX write_down_case ON write_down (org_id, case_id)',
  'CREATE INDEX write_down_receivable ON write_down (org_id, receivable_id)',
  'CREATE INDEX write_down_day ON write_down (org_id, on_day)',
  `CREATE INDEX write_down_payment ON write_down (org_id, payment_id)
     WHERE payment_id IS NOT NULL`,
];
