/**
 * When each schedule last came about, so that a time that passed while nothing ran is made up for.
 * It belongs to the service, not to an organisation. What the clock asked for and was done is of
 * no interest for long.
 */
export const up = [
  `CREATE TABLE schedule_tick (
     name text PRIMARY KEY,
     ticked_at timestamptz NOT NULL DEFAULT now()
   );
   GRANT SELECT, INSERT, UPDATE ON schedule_tick TO {system};`,
  `ALTER TABLE job ADD COLUMN scheduled boolean NOT NULL DEFAULT false;
   CREATE INDEX job_scheduled_done ON job (ended_at) WHERE scheduled AND state = 'done';`,
  `ALTER TABLE repair DROP CONSTRAINT repair_action_check;
   ALTER TABLE repair ADD CONSTRAINT repair_action_check CHECK (action IN
     ('retry_event', 'discard_event', 'retry_job', 'run_schedule', 'approve_organisation',
      'refuse_organisation', 'suspend_organisation', 'reinstate_organisation', 'suspend_user',
      'reinstate_user'));`,
];
