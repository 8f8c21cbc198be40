export const up = [
  // When it was told that the deadline had passed; a tender that was opened early needs no telling.
  'ALTER TABLE tender ADD COLUMN closed_at timestamptz',
  `CREATE INDEX tender_to_close ON tender (org_id, deadline, tender_id)
     WHERE state = 'OPEN' AND opened_at IS NULL AND closed_at IS NULL`,
  'CREATE INDEX tender_by_deadline ON tender (org_id, deadline, tender_id)',
];
