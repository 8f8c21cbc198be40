import type { LetterUnderWay } from '@recourse/proto/web/litigation/v1/limitation';
import { letterWords } from '../../cases/letter-words';
import { formatDay } from '../../ui/format';
import { t } from './words';

function lineOf({ kind, party, sentOn }: LetterUnderWay, carried: string): string {
  return [
    letterWords.find(`LETTER_KIND_${kind}`) ?? kind,
    party === 'GUARANTOR' ? t('toGuarantor') : '',
    carried,
    t('sentDay', { day: formatDay(sentOn) }),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** A letter that was sent and not delivered yet: what, to whom where not the debtor, how, when. */
export function letterText(letter: LetterUnderWay): string {
  const carrier = letterWords.find(`LETTER_MEANS_${letter.means}`) ?? letter.means;
  return lineOf(letter, `${carrier} ${letter.trackingNumber}`.trim());
}

/** The letters of a debt that are under way in one short line; empty where there are none. */
export function underWayText(letters: readonly LetterUnderWay[]): string {
  const [first] = letters;
  if (first === undefined) return '';
  const letter = lineOf(first, '');
  return letters.length === 1
    ? t('underWayOne', { letter })
    : t('underWaySeveral', { count: letters.length, letter });
}
