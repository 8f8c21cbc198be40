/**
 * A completed placement may be resumed, so a grant's state is what agencies told last of it: the
 * version of that event orders them. 0 stands for grants that were kept before.
 */
export const up: string[] = [
  'ALTER TABLE placement_grant ADD COLUMN told_version bigint NOT NULL DEFAULT 0',
];
