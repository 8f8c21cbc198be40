import {
  DeliveryOutcome,
  type Letter,
  LetterKind,
  LetterMeans,
  LetterState,
  Signer,
} from '@recourse/proto/cases/v1/letters.ts';
import { Party } from '@recourse/proto/cases/v1/work.ts';
import { stateOf } from '../domain/letter.ts';
import type { DeliveryRow, LetterRow } from '../store/letters.ts';
import { verdictMessage } from './contacted.ts';

/** A letter as it is shown, with what became of it. */
export function letterMessage(row: LetterRow, deliveries: readonly DeliveryRow[]): Letter {
  const { contentHash: _hash, verdict, ...letter } = row;
  const outcomes = deliveries.map((one) => one.outcome);
  return {
    ...letter,
    kind: LetterKind[row.kind],
    party: Party[row.party],
    means: LetterMeans[row.means],
    state: LetterState[stateOf(verdict.permitted, outcomes)],
    verdict: verdictMessage(verdict),
    deliveries: deliveries.map(({ contentHash: _own, letterId: _letter, ...delivery }) => ({
      ...delivery,
      outcome: DeliveryOutcome[delivery.outcome],
      signer: Signer[delivery.signer],
    })),
  };
}
