import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { AmountBand, SubjectKind } from './listing.ts';
import { readIdNumber } from './match/identifier.ts';
import type { Category } from './terms.ts';

/** An entry as the asker may see it; who reported it is for telling entries apart only. */
export type EntrySeen = {
  reporterId: string;
  listingId: string;
  associationId: string;
  associationName: string;
  kind: SubjectKind;
  name: string;
  aliases: string[];
  creditCode: string;
  idHash: string;
  category: Category;
  amountBand: AmountBand;
  conductFrom: string;
  conductUntil: string;
  publishedOn: string;
  expiresOn: string;
  disputed: boolean;
  statement: string;
  evidenceDigest: string;
};

export type Question = {
  kind: SubjectKind;
  name: string;
  creditCode: string;
  idNumber: string;
  consentReference: string;
};

export type Reason = { name: string; detail: string };

export type Hit = {
  entry: EntrySeen;
  identified: boolean;
  /** 0–100; 100 by identifier only. */
  score: number;
  reasons: Reason[];
  asksFor: 'credit_code' | 'id_number' | '';
};

export type Verdict = 'CLEAR' | 'POSSIBLE' | 'LISTED';

export type Answer = {
  verdict: Verdict;
  hits: Hit[];
  namesakesExcluded: number;
  warnings: string[];
};

/** Below two characters a name says nothing. */
const leastNameLength = 2;

/** Codes and numbers as they are compared: narrow, upper case, without blanks and dashes. */
export function tidyCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/gu, '');
}

/** What makes a question fit to be asked; its codes are tidied. */
export function tidyQuestion(asked: Question): Question {
  const creditCode = tidyCode(asked.creditCode);
  const question = { ...asked, creditCode, idNumber: tidyCode(asked.idNumber) };
  return { ...question, name: asked.name.normalize('NFKC').trim() };
}

/**
 * Refuses what may not be asked. Faults: `invalid` subject_without_name_or_identifier; `refused`
 * query_consent_missing (征信业管理条例 art. 18: written consent of the person asked about).
 */
export function refuseQuestion(question: Question): void {
  const { kind, name, creditCode, idNumber, consentReference } = question;
  if (name === '' && creditCode === '' && idNumber === '') {
    throw fault('invalid', 'subject_without_name_or_identifier');
  }
  if (kind === 'PERSON' && consentReference === '') {
    throw fault('refused', 'query_consent_missing');
  }
}

/** A wrong check digit warns only: registries have issued such codes (GB 32100). */
export function warningsOf({ name, creditCode, idNumber }: Question): string[] {
  const warnings: string[] = [];
  if (creditCode !== '') {
    const verdict = creditCodeVerdict(creditCode);
    if (verdict !== 'valid') warnings.push(`credit_code_${verdict}`);
  }
  if (idNumber !== '') {
    const { verdict } = readIdNumber(idNumber);
    if (verdict !== 'valid') warnings.push(`id_number_${verdict}`);
  }
  if (name !== '' && !isSearchable(name)) warnings.push('name_too_short');
  return warnings;
}

export function isSearchable(name: string): boolean {
  return [...name].length >= leastNameLength;
}

/** What the name index found, as `match/matcher.ts` gives it. */
export type Candidate = {
  id: string;
  /** The listed spelling that matched. */
  name: string;
  /** 0–1. */
  score: number;
  verdict: 'strong' | 'possible' | 'weak' | 'none';
  reasons: readonly { code: string; facts: Readonly<Record<string, string | number>> }[];
};

/** What the index found for one entry, under `<reporter>:<listing>`. */
export type Candidates = ReadonlyMap<string, Candidate>;

export function candidateId(entry: Pick<EntrySeen, 'reporterId' | 'listingId'>): string {
  return `${entry.reporterId}:${entry.listingId}`;
}

function identifiedHit(entry: EntrySeen, name: string, candidate: Candidate | undefined): Hit {
  const reasons = [{ name, detail: '' }];
  // Told, not held against the code: firms change their names.
  if (candidate === undefined) reasons.push({ name: 'name_differs', detail: entry.name });
  return { entry, identified: true, score: 100, reasons, asksFor: '' };
}

function nameHit(entry: EntrySeen, candidate: Candidate): Hit {
  const reasons = candidate.reasons.map(({ code, facts }) => ({
    name: code,
    detail: Object.entries(facts)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', '),
  }));
  return {
    entry,
    identified: false,
    score: Math.min(99, Math.round(candidate.score * 100)),
    reasons,
    asksFor: entry.kind === 'PERSON' ? 'id_number' : 'credit_code',
  };
}

/**
 * Whether another identifier rules the entry out. A code whose own check fails may be a slip of the
 * pen and rules nothing out.
 */
function isNamesake(question: Question, idHash: string, entry: EntrySeen): boolean {
  if (entry.kind !== question.kind) return true;
  if (idHash !== '' && entry.idHash !== '') return idHash !== entry.idHash;
  if (question.creditCode === '' || entry.creditCode === '') return false;
  return creditCodeVerdict(question.creditCode) === 'valid';
}

/**
 * What was found means. Codes and ID numbers decide; a name alone is never more than POSSIBLE and
 * asks for a second identifier, so that a namesake is not hurt. `idHashes` are the asked number's
 * keyed hashes, by association.
 */
export function judge(
  question: Question,
  entries: readonly EntrySeen[],
  candidates: Candidates,
  idHashes: ReadonlyMap<string, string>,
): Answer {
  const hits: Hit[] = [];
  let namesakesExcluded = 0;
  for (const entry of entries) {
    const candidate = candidates.get(candidateId(entry));
    const idHash = idHashes.get(entry.associationId) ?? '';
    if (question.creditCode !== '' && entry.creditCode === question.creditCode) {
      const expected = question.name === '' ? nothingAsked : candidate;
      hits.push(identifiedHit(entry, 'credit_code_equal', expected));
    } else if (idHash !== '' && entry.idHash === idHash) {
      const expected = question.name === '' ? nothingAsked : candidate;
      hits.push(identifiedHit(entry, 'id_number_equal', expected));
    } else if (candidate !== undefined && isNamesake(question, idHash, entry)) {
      namesakesExcluded += 1;
    } else if (candidate !== undefined) {
      hits.push(nameHit(entry, candidate));
    }
  }
  const listed = hits.some((hit) => hit.identified);
  const verdict = listed ? 'LISTED' : hits.length > 0 ? 'POSSIBLE' : 'CLEAR';
  const ordered = hits.toSorted((a, b) => b.score - a.score);
  return { verdict, hits: ordered, namesakesExcluded, warnings: warningsOf(question) };
}

/** Stands for 'no name was asked, so none differs'. */
const nothingAsked: Candidate = { id: '', name: '', score: 1, verdict: 'strong', reasons: [] };
