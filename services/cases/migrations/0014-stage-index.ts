/**
 * Cases beyond soft collection are few: an index of them alone, so that a list of a stage is as
 * fast as the rest and the work on all other cases writes nothing to it.
 */
export const up = `
CREATE INDEX case_file_stage ON case_file (org_id, state, stage, open_minor, case_id)
  WHERE stage <> 'SOFT_COLLECTION'`;
