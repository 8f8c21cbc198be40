/** Widths of columns in CSS pixels, by the column's id. */
export type ColumnWidths = Readonly<Record<string, number>>;

/** Narrow enough for a chip, wide enough for a sentence. */
export const narrowest = 64;
const widest = 800;

/** What a column that is shown later gets when the others have widths. */
const usual = 160;

export function fitWidth(pixels: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, pixels)));
}

export function widthOf(widths: ColumnWidths, id: string): number {
  return widths[id] ?? usual;
}

/** Widths out of storage; undefined when there are none or they are no numbers. */
export function storedWidths(value: unknown): ColumnWidths | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).flatMap(([id, pixels]) =>
    typeof pixels === 'number' && Number.isFinite(pixels) ? [[id, fitWidth(pixels)]] : [],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Follows a pointer from where it went down until it is lifted; tells how far it has gone. */
export function followPointer(
  down: PointerEvent,
  tell: (pixels: number, isOver: boolean) => void,
): void {
  const target = down.target;
  if (!(target instanceof Element)) return;
  const leftToRight = getComputedStyle(target).direction === 'rtl' ? -1 : 1;
  const far = (event: PointerEvent): number => (event.clientX - down.clientX) * leftToRight;
  const over = new AbortController();
  const on = (name: 'pointermove' | 'pointerup' | 'pointercancel', isOver: boolean): void =>
    document.addEventListener(
      name,
      (event) => {
        tell(far(event), isOver);
        if (isOver) over.abort();
      },
      { signal: over.signal },
    );
  on('pointermove', false);
  on('pointerup', true);
  on('pointercancel', true);
}
