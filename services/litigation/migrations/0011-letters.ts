import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Letters between their sending and their delivery, which may be told in either order: of one whose
 * delivery alone is known there is no day of sending yet.
 */
const letter = tenantTable(
  'letter',
  `letter_id uuid NOT NULL,
   debt_id uuid NOT NULL,
   kind text NOT NULL DEFAULT '',
   party text NOT NULL DEFAULT '',
   means text NOT NULL DEFAULT '',
   tracking_number text NOT NULL DEFAULT '',
   sent_on date,
   settled boolean NOT NULL DEFAULT false,
   PRIMARY KEY (org_id, letter_id)`,
);

/**
 * Letters of before: the event of a sending has the letter's id and says in its note what it was,
 * `DEMAND EMS 123 SENT`. Which delivery was whose was not kept: a later one of the same kind and
 * means is taken for this letter's, so that none is shown as under way that has arrived.
 */
const carryOver = `
WITH told AS (
  SELECT e.org_id, e.event_id, e.debt_id, e.kind AS act, e.happened_on, e.struck,
         string_to_array(e.note, ' ') AS said
    FROM limitation_event e
   WHERE e.kind IS NOT NULL AND e.note ~ '^[A-Z_]+ [A-Z_]+( .*)?$'),
sent AS (
  SELECT * FROM told
   WHERE said[cardinality(said)] = 'SENT'
     AND said[2] IN ('EMS', 'REGISTERED_MAIL', 'COURIER', 'BY_HAND'))
INSERT INTO letter (org_id, letter_id, debt_id, kind, party, means, tracking_number, sent_on,
       settled)
SELECT s.org_id, s.event_id, s.debt_id, s.said[1],
       CASE WHEN s.act = 'demand_guarantor' THEN 'GUARANTOR' ELSE 'DEBTOR' END, s.said[2],
       array_to_string(s.said[3 : cardinality(s.said) - 1], ' '), s.happened_on,
       s.struck OR EXISTS (
         SELECT FROM told d
          WHERE d.org_id = s.org_id AND d.debt_id = s.debt_id AND d.happened_on >= s.happened_on
            AND d.said[1] = s.said[1] AND d.said[2] = s.said[2]
            AND d.said[3] IN ('DELIVERED', 'SIGNED', 'REFUSED'))
  FROM sent s`;

export const up: string[] = [
  letter,
  'CREATE INDEX letter_under_way ON letter (org_id, debt_id) WHERE NOT settled',
  carryOver,
];

/** A letter that was sent, but not what and by what means. */
export const assert = `
SELECT org_id, letter_id FROM letter WHERE sent_on IS NOT NULL AND (kind = '' OR means = '')`;
