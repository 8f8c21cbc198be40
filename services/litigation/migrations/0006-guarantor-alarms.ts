/** A guarantor's period has its own alarms, also where it ends on the day of the debt's. */
export const up: string[] = [
  `ALTER TABLE limitation_alarm ADD COLUMN about text NOT NULL DEFAULT 'debt'
     CHECK (about IN ('debt', 'guarantor'))`,
  `ALTER TABLE limitation_alarm DROP CONSTRAINT limitation_alarm_pkey,
     ADD PRIMARY KEY (org_id, debt_id, about, expires_on, days)`,
];
