let made = 0;

/** An id for an element, unique on the page; ties labels, hints and errors to their control. */
export function newElementId(name: string): string {
  made += 1;
  return `rc-${name}-${made}`;
}
