import type { Answer, Question, Verdict } from './screening.ts';

/** An entry that a nightly look found, by its id: who may see it is asked when it is shown. */
export type NightHit = {
  listingId: string;
  associationId: string;
  identified: boolean;
  score: number;
};

/** What was asked of one customer in one night, and what was found of others' entries. */
export type NightLook = {
  customerId: string;
  /** Empty of a natural person: the consent says of whom it is. */
  name: string;
  creditCode: string;
  consentReference: string;
  associationIds: string[];
  verdict: Verdict;
  hits: NightHit[];
  namesakesExcluded: number;
  warnings: string[];
};

export type Looked = {
  customerId: string;
  question: Question;
  associationIds: readonly string[];
  answer: Answer;
};

/**
 * The trace of a look. A member's own entries are none of what it looks for, and leave the verdict
 * to those of others.
 */
export function nightLook(looked: Looked, orgId: string): NightLook {
  const { customerId, question, associationIds, answer } = looked;
  const { kind, name, creditCode, consentReference } = question;
  const others = answer.hits.filter((hit) => hit.entry.reporterId !== orgId);
  const found = others.length > 0 ? 'POSSIBLE' : 'CLEAR';
  return {
    customerId,
    name: kind === 'PERSON' ? '' : name,
    creditCode,
    consentReference,
    associationIds: [...associationIds],
    verdict: others.some((hit) => hit.identified) ? 'LISTED' : found,
    hits: others.map(({ entry, identified, score }) => ({
      listingId: entry.listingId,
      associationId: entry.associationId,
      identified,
      score,
    })),
    namesakesExcluded: answer.namesakesExcluded,
    warnings: answer.warnings,
  };
}
