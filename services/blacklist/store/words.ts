type Words = Readonly<Record<string, string>>;

/** The short words of an enum of the contract, unspecified left out. */
export type Short<W extends Words> = Exclude<keyof W & string, 'UNSPECIFIED'>;

/** The short word of a contract value (`FRAUD` of `CATEGORY_FRAUD`); undefined when unspecified. */
export function wordOf<W extends Words>(words: W, value: W[keyof W]): Short<W> | undefined {
  const found = Object.entries(words).find(([, known]) => known === value)?.[0];
  return found === undefined || found === 'UNSPECIFIED' ? undefined : (found as Short<W>);
}
