/**
 * A calendar feed speaks the language it was made in; those made before spoke Chinese. The name of
 * who made it is kept beside, for whoever administers the organisation's feeds.
 */
export const up: string[] = [
  `ALTER TABLE calendar_feed
     ADD COLUMN language text NOT NULL DEFAULT 'zh-CN' CHECK (language IN ('zh-CN', 'en')),
     ADD COLUMN user_name text NOT NULL DEFAULT ''`,
  'CREATE INDEX calendar_feed_by_time ON calendar_feed (org_id, made_at, feed_id)',
];
