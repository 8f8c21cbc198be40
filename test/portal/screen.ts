import type { Locator, Page } from 'playwright-core';
import { settled } from './browser.ts';

/** Where a person reads or writes: the whole page, or a dialog on it. */
type Place = Page | Locator;

function startingWith(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

/** The control below a label. */
export function field(place: Place, label: string): Locator {
  const page = 'page' in place ? place.page() : place;
  const named = page.locator('label', { hasText: startingWith(label) });
  return place.locator('rc-field').filter({ has: named }).locator('.rc-input').first();
}

/** Writes into fields by their labels; a list takes the value of its option. */
export async function write(place: Place, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const control = field(place, label);
    const isList = (await control.evaluate((node) => node.tagName)) === 'SELECT';
    if (isList) await control.selectOption(value);
    else {
      await control.fill(value);
      // What was written counts when the person leaves the field.
      await control.blur();
    }
  }
}

export function dialog(page: Page): Locator {
  return page.locator('[role=dialog], [role=alertdialog]').last();
}

/** Presses a button of the dialog, which closes when what it asked for is done. */
export async function confirm(page: Page, name: string): Promise<void> {
  const box = dialog(page);
  await box.getByRole('button', { name, exact: true }).click();
  await box.waitFor({ state: 'detached' });
}

export function button(place: Place, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

/** Waits until the object of the page has this state. */
export async function inState(page: Page, name: string): Promise<void> {
  await page.locator('rc-object-header rc-chip').filter({ hasText: name }).first().waitFor();
  await settled(page);
}

/** What stands beside a term, in the head of an object or among its facts. */
export async function factOf(place: Place, term: string): Promise<string> {
  const named = place.locator('dt', { hasText: new RegExp(`^\\s*${term}\\s*$`) }).first();
  return (await named.locator('xpath=following-sibling::dd[1]').innerText()).trim();
}

/** The rows of the page's table that say this. */
export function rowsWith(page: Page, text: string): Locator {
  return page.locator('rc-data-table tbody tr').filter({ hasText: text });
}

/** A number as it stands on the screen: `1,234.50`, `+12`, `−3.20`. */
export function numberOf(text: string): number {
  const found = /[+−-]?[\d,]+(?:\.\d+)?/.exec(text.trim());
  if (found === null) throw new Error(`${text} is no number`);
  return Number(found[0].replaceAll(',', '').replace('−', '-').replace('+', ''));
}

/** The numbers in the cells that a selector finds, in order. */
export async function numbers(cells: Locator): Promise<number[]> {
  return (await cells.allInnerTexts()).map(numberOf);
}
