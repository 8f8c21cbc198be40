import type { Answer, Hit, Question, Verdict } from './screening.ts';

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

/** What others have listed: a member's own entries are none of what it looks for. */
export function hitsOfOthers({ answer }: Looked, orgId: string): Hit[] {
  return answer.hits.filter((hit) => hit.entry.reporterId !== orgId);
}

/** The trace of a look, with the verdict that the entries of others give. */
export function nightLook(looked: Looked, orgId: string): NightLook {
  const { customerId, question, associationIds, answer } = looked;
  const { kind, name, creditCode, consentReference } = question;
  const others = hitsOfOthers(looked, orgId);
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
