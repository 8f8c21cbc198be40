/**
 * What an agency holds, most owed first: one of a thousand cases reads a page, not all of them. The
 * planner is told that who holds cases holds placed ones, or it takes them for too few to be read
 * in order.
 */
export const up = `
CREATE INDEX case_file_held ON case_file (agency_id, state, open_minor, case_id)
  WHERE handling = 'PLACED';
CREATE STATISTICS case_file_handled (dependencies, mcv) ON handling, agency_id, state
  FROM case_file`;
