/** What is selected in a table: some rows by key, or everything that the filter matches. */
export type Selection = { kind: 'some'; keys: ReadonlySet<string> } | { kind: 'matching' };

export const nothingSelected: Selection = { kind: 'some', keys: new Set() };

export function isSelected(selection: Selection, key: string): boolean {
  return selection.kind === 'matching' || selection.keys.has(key);
}

/** Turns one key. Out of `matching`, the rest of the page stays selected. */
export function turnKey(selection: Selection, key: string, page: readonly string[]): Selection {
  const keys = new Set(selection.kind === 'matching' ? page : selection.keys);
  if (!keys.delete(key)) keys.add(key);
  return { kind: 'some', keys };
}

/** Selects the page, or takes it out when all of it was selected. */
export function turnPage(selection: Selection, page: readonly string[]): Selection {
  if (selection.kind === 'matching') return nothingSelected;
  const keys = new Set(selection.keys);
  const isAll = page.every((key) => keys.has(key));
  for (const key of page) {
    if (isAll) keys.delete(key);
    else keys.add(key);
  }
  return { kind: 'some', keys };
}
