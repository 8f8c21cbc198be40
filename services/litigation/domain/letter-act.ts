import type { Proof } from './debt.ts';

type LetterAct = {
  readonly arrived?: string;
  readonly signed?: string;
  readonly guarantor?: string;
};

type LetterGrade = {
  readonly outcome: string;
  /** Any means when not named; the first row that fits counts. */
  readonly means?: string;
  readonly withPaper: Proof;
  readonly without: Proof;
  readonly source: string;
};

export type LetterTables = {
  readonly acts: Readonly<Record<string, LetterAct>>;
  readonly consents: readonly string[];
  readonly binding: readonly string[];
  readonly receiving: readonly string[];
  readonly grades: readonly LetterGrade[];
};

/** A letter, or what became of it, in the words in which cases tells it. */
export type ToldLetter = {
  kind: string;
  party: string;
  means: string;
  /** `SENT`, `DELIVERED`, `SIGNED`, `REFUSED`; of `RETURNED` there is nothing to grade. */
  outcome: string;
  signer: string;
  hasPaper: boolean;
};

const worse: Readonly<Record<Proof, Proof>> = {
  proven: 'likely',
  likely: 'weak',
  weak: 'weak',
  none: 'none',
};

/** Who signed takes a grade off what may not be signed by him, and all from a consent. */
function signedBy(letter: ToldLetter, kind: string, proof: Proof, tables: LetterTables): Proof {
  if (letter.outcome !== 'SIGNED') return proof;
  if (tables.consents.includes(kind))
    return tables.binding.includes(letter.signer) ? proof : 'weak';
  return tables.receiving.includes(letter.signer) ? proof : worse[proof];
}

/**
 * What a letter is to a debt's limitation: which event, and how well it is proved; undefined when
 * it is none. To the guarantor only a demand counts, and it leaves the debtor's clock alone.
 */
export function letterAct(
  letter: ToldLetter,
  tables: LetterTables,
): { kind: string; proof: Proof; source: string } | undefined {
  const act = tables.acts[letter.kind];
  const own = letter.outcome === 'SIGNED' ? act?.signed : act?.arrived;
  const kind = letter.party === 'GUARANTOR' ? act?.guarantor : own;
  const grade = tables.grades.find(
    ({ outcome, means }) =>
      outcome === letter.outcome && (means === undefined || means === letter.means),
  );
  if (kind === undefined || grade === undefined) return undefined;
  const given = letter.hasPaper ? grade.withPaper : grade.without;
  return { kind, proof: signedBy(letter, kind, given, tables), source: grade.source };
}

/** A letter of which nothing is known but that it was sent. */
export type SentLetter = {
  letterId: string;
  debtId: string;
  kind: string;
  party: string;
  means: string;
  trackingNumber: string;
  sentOn: string;
};

/**
 * Whether a letter will count only when it arrives or is signed: an e-mail counts as it is sent, as
 * it should have reached the debtor (时效规定 8(2)), and some letters never count.
 */
export function awaitsDelivery(
  { kind, party, means }: Pick<SentLetter, 'kind' | 'party' | 'means'>,
  tables: LetterTables,
): boolean {
  const letter = { kind, party, means, signer: '', hasPaper: false };
  const sent = letterAct({ ...letter, outcome: 'SENT' }, tables);
  const isCounted = sent !== undefined && sent.proof !== 'weak';
  const signed = letterAct({ ...letter, outcome: 'SIGNED' }, tables);
  return !isCounted && signed !== undefined;
}
