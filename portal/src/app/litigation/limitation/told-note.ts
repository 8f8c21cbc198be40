import { letterWords } from '../../cases/letter-words';
import { t as caseWords } from '../../cases/words';

/** Under which keys the words stand that a note of the server's own is made of. */
const groups = [
  'LETTER_KIND_',
  'LETTER_MEANS_',
  'LETTER_STATE_',
  'DELIVERY_OUTCOME_',
  'SIGNER_',
  'CHANNEL_',
  'CONTACT_RESULT_',
];

/**
 * A note as people read it: `DEMAND EMS 123 SENT` is what cases told of a letter, and `CALL
 * REACHED` of a contact; what a person wrote stays as it is.
 */
export function toldNote(note: string): string {
  if (!/^[A-Z][A-Z_]+( [A-Z0-9_-]+)*$/.test(note)) return note;
  const named = (word: string): string => {
    const keys = groups.map((group) => group + word);
    const found = keys.map((key) => letterWords.find(key) ?? caseWords.find(key));
    return found.find((text) => text !== undefined) ?? word;
  };
  return note.split(' ').map(named).join(' · ');
}
