import type { Option } from './filter-choice';

type Names = { find(key: string): string | undefined };

/** The values of a contract's enum without the unspecified one. */
export function namedValues<Name extends string>(all: Readonly<Record<string, Name>>): Name[] {
  return Object.values(all).filter((one) => !one.endsWith('_UNSPECIFIED'));
}

/** Options of named values, called what the words call them, with a prefix where they have one. */
export function optionsOf<Name extends string>(
  values: readonly Name[],
  words: Names,
  prefix = '',
): (Option & { value: Name })[] {
  return values.map((value) => ({ value, name: words.find(prefix + value) ?? value }));
}
