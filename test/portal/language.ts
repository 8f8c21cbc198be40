import type { Language } from './browser.ts';

/** The language of a second person beside one who works in this language. */
export function otherThan(language: Language): Language {
  return language === 'en' ? 'zh-CN' : 'en';
}

/** A day as a language shows it: `2026-12-05`, `Dec 5, 2026`. */
export function dayIn(language: Language, day: string): string {
  const style = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  return language === 'en' ? Temporal.PlainDate.from(day).toLocaleString('en', style) : day;
}

/** A time of a day as a language shows it: `2026-12-05 14:30`, `Dec 5, 2026, 14:30`. */
export function timeIn(language: Language, day: string, time: string): string {
  return `${dayIn(language, day)}${language === 'en' ? ',' : ''} ${time}`;
}

/** The day that a language shows, as `2026-12-05`; throws on what it would show otherwise. */
export function dayFrom(language: Language, text: string): string {
  const day = language === 'en' ? new Date(`${text} UTC`).toISOString().slice(0, 10) : text;
  if (dayIn(language, day) !== text) throw new Error(`${text} is no day in ${language}`);
  return Temporal.PlainDate.from(day).toString();
}
