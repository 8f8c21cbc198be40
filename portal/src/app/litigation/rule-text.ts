import type { Fee, Track } from '@recourse/proto/web/litigation/v1/matters';
import type { Procedure } from '@recourse/proto/web/litigation/v1/matters';
import { language } from '../session/language';
import { formatDay } from '../ui/format';
import { t } from './words';

/** The text of rule data in the language now; the other one when this one is empty. */
export function inLanguage(zh: string, en: string): string {
  return language() === 'en' ? en || zh : zh || en;
}

/** What stands by itself begins with a capital, whatever it does inside a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function procedureName(procedure: Procedure): string {
  return t.find(procedure) ?? procedure;
}

/** A stage's name from its track; its own word when the tracks are not read yet. */
export function stageName(
  tracks: readonly Track[] | undefined,
  procedure: Procedure,
  stage: string,
): string {
  const track = tracks?.find((one) => one.procedure === procedure);
  const found = track?.stages.find((one) => one.name === stage);
  return found === undefined ? stage : inLanguage(found.labelZh, found.labelEn);
}

/** Where a figure of law is written, with the day since when. */
export function sourceText(why: Fee['why']): string {
  if (why === undefined || why.source === '') return '';
  const source = articlesIn(why.source);
  if (why.effectiveFrom === '') return t('sourceOnly', { source });
  return t('source', { source, day: formatDay(why.effectiveFrom) });
}

/** What rule data explains in English behind a source is nothing to read in Chinese. */
function withoutGloss(source: string): string {
  const parts = source
    .split('; ')
    .map((part) => part.replace(/: \P{Script=Han}*$/u, ''))
    .filter((part) => /\p{Script=Han}/u.test(part));
  return parts.length === 0 ? source : parts.join('; ');
}

/** Rule data writes `民事诉讼法 art. 139`; in Chinese that is 第 139 条. */
export function articlesIn(source: string): string {
  const told = language() === 'en' ? source : withoutGloss(source);
  return told
    .replaceAll(/\barts?\. ?(\d+)/g, (_all, number: string) => t('article', { number }))
    .replaceAll(/ ?¶ ?(\d+)/g, (_all, number: string) => t('paragraph', { number }));
}
