import { signal } from '@angular/core';
import type { Signal } from '@angular/core';

const drawings = signal<ReadonlyMap<string, string>>(new Map());

/** SVG path of every icon by name; empty until the sprite has come. */
export const iconDrawings: Signal<ReadonlyMap<string, string>> = drawings.asReadonly();

/**
 * Takes the sprite in. Paths are kept instead of `<use href="icons.svg#…">`, because browsers fetch
 * such references anew for elements that come later and show nothing meanwhile.
 */
export function takeSprite(svg: string): void {
  const symbols = svg.matchAll(/<symbol id="(\w+)"[^>]*><path d="([^"]+)"/g);
  drawings.set(new Map(Array.from(symbols, ([, name = '', path = '']) => [name, path])));
}
