import {
  Answer as AnswerCodec,
  type Answer as AnswerMessage,
  type Hit as HitMessage,
} from '@recourse/proto/blacklist/v1/screening.ts';
import {
  AmountBand,
  Category,
  type Entry,
  SubjectKind,
  Verdict,
} from '@recourse/proto/blacklist/v1/subject.ts';
import type { Answer, EntrySeen, Hit } from '../domain/screening.ts';

/** An entry for members: neither its reporter nor the keyed hash leave the service. */
export function entryMessage(entry: EntrySeen): Entry {
  const { reporterId: _who, idHash: _hash, ...shown } = entry;
  return {
    ...shown,
    kind: SubjectKind[entry.kind],
    category: Category[entry.category],
    amountBand: AmountBand[entry.amountBand],
  };
}

export function hitMessage(hit: Hit): HitMessage {
  return { ...hit, entry: entryMessage(hit.entry) };
}

export function answerMessage(answer: Answer): AnswerMessage {
  return {
    verdict: Verdict[answer.verdict],
    hits: answer.hits.map(hitMessage),
    namesakesExcluded: answer.namesakesExcluded,
    warnings: answer.warnings,
  };
}

/** An answer as it is kept. */
export function answerJson(answer: Answer): unknown {
  return AnswerCodec.toJSON(answerMessage(answer));
}
