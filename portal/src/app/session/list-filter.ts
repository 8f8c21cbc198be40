/** How one filter stands in the URL: a value of type T to texts and back. */
export type Filter<T> = {
  read(texts: readonly string[]): T;
  write(value: T): readonly string[];
};

/** Free text; the empty text is no filter. */
export function textFilter(): Filter<string> {
  return { read: (texts) => texts[0] ?? '', write: (value) => (value === '' ? [] : [value]) };
}

/** One of some names, or undefined. A name that the list does not know is no filter. */
export function oneFilter<const Name extends string>(
  names: readonly Name[],
): Filter<Name | undefined> {
  return {
    read: (texts) => names.find((name) => name === texts[0]),
    write: (value) => (value === undefined ? [] : [value]),
  };
}

/** Any of some names; the empty list is no filter. */
export function manyFilter<const Name extends string>(
  names: readonly Name[],
): Filter<readonly Name[]> {
  return {
    read: (texts) => names.filter((name) => texts.includes(name)),
    write: (value) => value,
  };
}

export function flagFilter(): Filter<boolean> {
  return { read: (texts) => texts[0] === 'yes', write: (value) => (value ? ['yes'] : []) };
}

/** A day as `YYYY-MM-DD`, or the empty text. */
export function dayFilter(): Filter<string> {
  return {
    read: (texts) => (/^\d{4}-\d{2}-\d{2}$/.test(texts[0] ?? '') ? (texts[0] ?? '') : ''),
    write: (value) => (value === '' ? [] : [value]),
  };
}
