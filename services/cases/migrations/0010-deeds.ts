/**
 * What was done on a case, by the last day of each deed, and how far it has gone up. Of letters
 * that were sent before this was kept nothing is known here: such a case asks for its present one.
 */
export const up = `
ALTER TABLE case_file
  ADD COLUMN deeds jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN escalations int NOT NULL DEFAULT 0 CHECK (escalations >= 0);
`;
