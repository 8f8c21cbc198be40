import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Imports: what a file is, what a person confirmed, what was found, and what each batch changed. A
 * receivable's `import_id` is the import that wrote it last; `import_change` keeps what it was
 * before, so that an undo puts back exactly that.
 */
const imports = tenantTable(
  'import',
  `import_id uuid NOT NULL,
   upload_id uuid NOT NULL,
   file_name text NOT NULL,
   source text NOT NULL,
   state text NOT NULL CHECK (state IN ('ANALYSING','MAPPING','CHECKING','CHECKED','COMMITTING',
     'COMMITTED','UNDOING','UNDONE','CANCELLED','FAILED')),
   ends_as text CHECK (ends_as IN ('UNDONE','CANCELLED','FAILED')), -- what UNDOING ends as
   analysis jsonb,                     -- AnalysisSummary of domain/import/summary.ts
   sample jsonb NOT NULL DEFAULT '[]', -- the first rows as they stand, for the preview
   mapping jsonb,                      -- Mapping of domain/import/summary.ts
   counts jsonb,                       -- Tally of domain/import/tally.ts
   finding_groups jsonb NOT NULL DEFAULT '[]',
   rejected_file jsonb,                -- {fileId, fileName, sizeBytes}
   job_id uuid,
   checkpoint int,                     -- row of the file up to which the commit has written
   failure_reason text NOT NULL DEFAULT '',
   failure_facts jsonb NOT NULL DEFAULT '{}',
   created_by jsonb NOT NULL,
   created_at timestamptz NOT NULL,
   finished_at timestamptz,
   content_hash text NOT NULL,
   version bigint NOT NULL DEFAULT 1,
   PRIMARY KEY (org_id, import_id)`,
);

/**
 * Some findings of each rule; the groups count them all and the file of rejected rows has every
 * row.
 */
const findings = tenantTable(
  'import_finding',
  `import_id uuid NOT NULL,
   rule text NOT NULL,
   row int NOT NULL,
   place int NOT NULL,                 -- among the findings of the import
   column_name text NOT NULL,
   found text NOT NULL,
   PRIMARY KEY (org_id, import_id, place),
   FOREIGN KEY (org_id, import_id) REFERENCES import ON DELETE CASCADE`,
);

/** Mappings kept for the next file of a source with the same header; columns by heading. */
const profiles = tenantTable(
  'import_profile',
  `source text NOT NULL,
   header_hash text NOT NULL,
   name text NOT NULL,
   columns jsonb NOT NULL,             -- [{header, field, format}]
   default_currency text NOT NULL,
   saved_at timestamptz NOT NULL,
   PRIMARY KEY (org_id, source, header_hash)`,
);

/** The customers of a file, collected by the check. */
const customers = tenantTable(
  'import_customer',
  `import_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   customer_key text NOT NULL,
   customer_number text NOT NULL,
   credit_code text NOT NULL,
   region text NOT NULL,
   industry text NOT NULL,
   contacts_sealed text NOT NULL,
   PRIMARY KEY (org_id, import_id, debtor_id)`,
);

/** How a file spells a customer's name, and how often; the most frequent spelling is the name. */
const spellings = tenantTable(
  'import_spelling',
  `import_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   name text NOT NULL,
   count bigint NOT NULL,
   first_row int NOT NULL,
   PRIMARY KEY (org_id, import_id, debtor_id, name)`,
);

/** Receivables and debtors that an import changed, as they were before. */
const changes = tenantTable(
  'import_change',
  `import_id uuid NOT NULL,
   noun text NOT NULL CHECK (noun IN ('receivable','debtor')),
   id uuid NOT NULL,
   before_import_id uuid,              -- the import that had written it before
   before jsonb NOT NULL,
   PRIMARY KEY (org_id, import_id, noun, id),
   FOREIGN KEY (org_id, import_id) REFERENCES import ON DELETE CASCADE`,
);

export const up = [
  imports,
  findings,
  profiles,
  customers,
  spellings,
  changes,
  // A commit fills these tables faster than they are analysed by themselves, and without statistics
  // each foreign-key check of a receivable reads all debtors of the organisation.
  `GRANT MAINTAIN ON debtor, receivable, import_customer, import_spelling TO {app}`,
  `CREATE INDEX import_created ON import (org_id, created_at, import_id)`,
  `CREATE INDEX import_finding_rule ON import_finding (org_id, import_id, rule, row, place)`,
  `CREATE INDEX import_change_before ON import_change (org_id, before_import_id)
     WHERE before_import_id IS NOT NULL`,
  `CREATE INDEX receivable_import ON receivable (org_id, import_id) WHERE import_id IS NOT NULL`,
  `CREATE INDEX debtor_import ON debtor (org_id, import_id) WHERE import_id IS NOT NULL`,
];
