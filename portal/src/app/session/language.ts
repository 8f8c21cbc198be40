import { signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { formatMessage } from './message';
import type { MessageValue } from './message';

/** Languages of the portal; Chinese comes first and is the source of every key. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'recourse.language';

function isLanguage(text: string | null): text is Language {
  return languages.some((known) => known === text);
}

/** The language chosen before, else the first one of the browser that the portal speaks. */
function startLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  for (const wanted of navigator.languages) {
    if (wanted.startsWith('zh')) return 'zh-CN';
    if (wanted.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}

const current = signal<Language>(startLanguage());
document.documentElement.lang = current();

/** The language now. Reading it in a template makes the template follow a switch. */
export const language: Signal<Language> = current.asReadonly();

/** Switches at once, without a reload, and remembers it for this browser. */
export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(storageKey, chosen);
  document.documentElement.lang = chosen;
  current.set(chosen);
}

/** Names of the values a message asks for, as far as a plain `{name}` tells. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name},${string}` ? Name : Place) | NamesIn<Rest>
  : never;

type Arguments<Text extends string> = [NamesIn<Text>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<Text>, MessageValue>>];

export type Dictionary = Readonly<Record<string, string>>;

/** What `words` makes: call it with a key, and with values when the message asks for some. */
export type Words<Zh extends Dictionary> = {
  <Key extends keyof Zh & string>(key: Key, ...rest: Arguments<Zh[Key]>): string;
  /** For keys made of data of the server; undefined when there is no such key. */
  find(key: string, values?: Readonly<Record<string, MessageValue>>): string | undefined;
  readonly dictionaries: Readonly<Record<Language, Dictionary>>;
};

/**
 * Makes the words of one folder. The compiler refuses an English object that lacks a Chinese key or
 * has another one, and a call that forgets a value. Chinese messages use plain `{name}` places;
 * English ones may use `{n, plural, one {# case} other {# cases}}` of the same names.
 */
export function words<const Zh extends Dictionary>(
  zh: Zh,
  en: Readonly<Record<NoInfer<keyof Zh>, string>>,
): Words<Zh> {
  const dictionaries: Readonly<Record<Language, Dictionary>> = { 'zh-CN': zh, en };
  const find = (
    key: string,
    values: Readonly<Record<string, MessageValue>> = {},
  ): string | undefined => {
    const now = current();
    const text = dictionaries[now][key];
    return text === undefined ? undefined : formatMessage(text, values, now);
  };
  const say = <Key extends keyof Zh & string>(key: Key, ...rest: Arguments<Zh[Key]>): string =>
    find(key, rest[0]) ?? key;
  return Object.assign(say, { find, dictionaries });
}
