/**
 * The short word of a contract value: `OPEN` for `CASE_STATE_OPEN`; SQL and domain use the words.
 */
export function wordOf<N extends string>(
  names: Readonly<Record<N, string>>,
  value: string,
): N | undefined {
  for (const name in names) if (names[name] === value) return name;
  return undefined;
}

/** The words of a filter; values that say nothing are left out. */
export function wordsOf<N extends string>(
  names: Readonly<Record<N, string>>,
  values: readonly string[],
): Exclude<N, 'UNSPECIFIED'>[] {
  return values
    .map((value) => wordOf(names, value))
    .filter(
      (word): word is Exclude<N, 'UNSPECIFIED'> => word !== undefined && word !== 'UNSPECIFIED',
    );
}
