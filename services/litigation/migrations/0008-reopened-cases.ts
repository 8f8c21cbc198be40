/**
 * A closed case may be opened again; its row then stays and says so. The version of the event that
 * was told last orders closings and reopenings; 0 stands for what was told before.
 */
export const up: string[] = [
  `ALTER TABLE closed_case ADD COLUMN reopened boolean NOT NULL DEFAULT false,
     ADD COLUMN told_version bigint NOT NULL DEFAULT 0`,
];
