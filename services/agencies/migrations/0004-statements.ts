import { tenantTable } from '@recourse/kit/tenancy.ts';

const namesAgency = 'agency_id = (SELECT app_org())';

export const up = [
  tenantTable(
    'statement',
    `statement_id uuid NOT NULL,
     number text NOT NULL,
     serial integer NOT NULL,
     creditor_name text NOT NULL,
     agency_id uuid NOT NULL,
     agency_name text NOT NULL,
     month text NOT NULL CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
     currency text NOT NULL,
     state text NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
     closed_by jsonb,
     closed_at timestamptz,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, statement_id),
     CONSTRAINT statement_serial UNIQUE (org_id, serial),
     CONSTRAINT statement_of_month UNIQUE (org_id, agency_id, month, currency)`,
    { see: namesAgency },
  ),
  'REVOKE DELETE ON statement FROM {app}',
  'CREATE INDEX statement_by_month ON statement (org_id, month, statement_id)',
  'CREATE INDEX statement_of_agency ON statement (agency_id, month, statement_id)',
  `CREATE TRIGGER statement_closed_for_ever BEFORE UPDATE OR DELETE ON statement
     FOR EACH ROW WHEN (OLD.state = 'CLOSED') EXECUTE FUNCTION refuse_change();`,

  // A line is on one statement at a time; held on one that was closed, it is free for the next.
  tenantTable(
    'statement_line',
    `statement_id uuid NOT NULL,
     line_id uuid NOT NULL,
     agency_id uuid NOT NULL,
     mark text NOT NULL DEFAULT 'OPEN' CHECK (mark IN ('OPEN', 'TICKED', 'HELD')),
     hold_reason text NOT NULL DEFAULT '',
     released boolean NOT NULL DEFAULT false,
     PRIMARY KEY (org_id, statement_id, line_id),
     CONSTRAINT held_with_reason CHECK ((mark = 'HELD') = (hold_reason <> '')),
     CONSTRAINT released_when_held CHECK (NOT released OR mark = 'HELD'),
     FOREIGN KEY (org_id, statement_id) REFERENCES statement,
     FOREIGN KEY (org_id, line_id) REFERENCES commission_line`,
    { see: namesAgency },
  ),
  'REVOKE DELETE ON statement_line FROM {app}',
  `CREATE UNIQUE INDEX statement_line_once ON statement_line (org_id, line_id)
     WHERE NOT released`,
  'CREATE INDEX statement_line_of_line ON statement_line (org_id, line_id)',
  `CREATE FUNCTION refuse_change_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM 1 FROM statement
       WHERE org_id = NEW.org_id AND statement_id = NEW.statement_id AND state = 'OPEN';
     IF NOT FOUND THEN
       RAISE EXCEPTION 'statement % is closed', NEW.statement_id
         USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
     END IF;
     RETURN NEW;
   END $$;
   CREATE TRIGGER statement_line_open_only BEFORE INSERT OR UPDATE ON statement_line
     FOR EACH ROW EXECUTE FUNCTION refuse_change_of_closed();
   CREATE TRIGGER statement_line_stays BEFORE DELETE ON statement_line
     FOR EACH ROW EXECUTE FUNCTION refuse_change();`,
];
