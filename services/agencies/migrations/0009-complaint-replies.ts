/** What an agency says to a complaint about it, and which wording that is. */
export const up = `
ALTER TABLE complaint
  ADD COLUMN reply text NOT NULL DEFAULT '',
  ADD COLUMN replied_at timestamptz,
  ADD COLUMN reply_version bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT complaint_reply_whole
    CHECK ((reply = '') = (replied_at IS NULL) AND (reply = '') = (reply_version = 0));
`;
