/** An association counts the look-ups of its own entries by time. */
export const up = 'CREATE INDEX look_up_hit_of_association ON look_up_hit (association_id, at)';
