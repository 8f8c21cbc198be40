/**
 * A closed case may be opened again, then its outcome is empty. The version of the event that was
 * told last orders closings and reopenings; 0 stands for what was told before.
 */
export const up: string[] = [
  'ALTER TABLE case_fact ADD COLUMN told_version bigint NOT NULL DEFAULT 0',
];
