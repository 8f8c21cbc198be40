import type { ColumnChoice } from './column';

/** What a person saved of a table: its filters and sort as they stand in the URL, its columns. */
export type SavedView = { name: string; query: string; columns: ColumnChoice | null };

const storageKey = (table: string): string => `recourse.views.${table}`;

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  return ['name', 'query'].every((field) => typeof Reflect.get(value, field) === 'string');
}

/** The views kept in this browser; none when they are unreadable. */
export function storedViews(table: string): readonly SavedView[] {
  try {
    const json: unknown = JSON.parse(localStorage.getItem(storageKey(table)) ?? '[]');
    return Array.isArray(json) ? json.filter(isView) : [];
  } catch {
    return [];
  }
}

export function storeViews(table: string, views: readonly SavedView[]): void {
  if (views.length === 0) localStorage.removeItem(storageKey(table));
  else localStorage.setItem(storageKey(table), JSON.stringify(views));
}

/** Adds a view by its name; one of the same name is replaced. In the order of names. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].toSorted((a, b) =>
    a.name.localeCompare(b.name),
  );
}

/** The query of an address without where its page begins: a view is not of one page. */
export function viewQuery(address: string): string {
  const params = new URLSearchParams(address.split('?')[1] ?? '');
  return new URLSearchParams([...params].filter(([name]) => !/cursor$/i.test(name))).toString();
}
