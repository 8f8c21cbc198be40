/** Named reasons that mean the same to a person, whatever service and noun they come from. */

const families: readonly (readonly [end: RegExp, reason: string])[] = [
  [/_(?:exists|used)_with_other_(?:content|data)$/, 'exists'],
  [/(?:^|_)changed_(?:meanwhile|since)$/, 'stale'],
  [/_record_changed$/, 'stale'],
  [/_unavailable$/, 'unavailable'],
  [/_cancelled$/, 'cancelled'],
  [/^deadline_passed$/, 'expired'],
  [/^cursor_/, 'list_moved'],
];

/**
 * The general reason whose words say what a reason means; undefined for one with words of its own.
 */
export function familyOf(reason: string): string | undefined {
  return families.find(([end]) => end.test(reason))?.[1];
}
