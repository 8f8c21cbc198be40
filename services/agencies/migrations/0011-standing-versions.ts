/**
 * A closed case may be opened again, so its standing is what cases told last of it: the version of
 * that event orders closings and reopenings. 0 stands for what was told before.
 */
export const up: string[] = [
  'ALTER TABLE case_standing ADD COLUMN told_version bigint NOT NULL DEFAULT 0',
];
