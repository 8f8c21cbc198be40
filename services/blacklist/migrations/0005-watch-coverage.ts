/**
 * Whom a person's consent names as asked. Of a watch recorded before, those for which its ID number
 * was hashed are known; without a number nobody is, and a new consent is asked for.
 */
export const up = 'ALTER TABLE person_watch ADD COLUMN association_ids uuid[]';
