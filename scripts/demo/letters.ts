import { addDays, type Day } from '@recourse/kit/day.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import {
  DeliveryOutcome,
  LetterKind,
  LetterMeans,
  type RecordLetterRequest,
  Signer,
} from '@recourse/proto/cases/v1/letters.ts';
import { Party } from '@recourse/proto/cases/v1/work.ts';
import type { Chance } from './random.ts';
import { type Stage, unlessRefused } from './stage.ts';

/** Letters are written between the second and the last of the house's schedule. */
const writtenFrom = 14;
const writtenTo = 75;
/** From here on the lawyer writes. */
const lastLetterAt = 60;

const outcomes: readonly (readonly [DeliveryOutcome, number])[] = [
  [DeliveryOutcome.SIGNED, 7],
  [DeliveryOutcome.DELIVERED, 2],
  [DeliveryOutcome.REFUSED, 1],
  [DeliveryOutcome.RETURNED, 1],
];

function letterTo(stage: Stage, by: Chance, file: Case, sentOn: Day): RecordLetterRequest {
  const isLast = file.daysOverdue >= lastLetterAt;
  return {
    caseId: file.caseId,
    letterId: stage.id('letter'),
    kind: isLast ? LetterKind.LAWYERS_LETTER : LetterKind.DEMAND,
    party: Party.DEBTOR,
    addressee: file.debtorName,
    address: '',
    means: LetterMeans.EMS,
    trackingNumber: `11${by.whole(10_000_000_000, 99_999_999_999)}`,
    sentOn: sentOn.toString(),
    text: '',
    uploadId: '',
  };
}

/** Posts a demand by EMS; false where the case is no longer open. */
async function post(stage: Stage, user: string, letter: RecordLetterRequest): Promise<boolean> {
  const call = await stage.as(user);
  return unlessRefused(['case_closed'], () => stage.letters.recordLetter(letter, call));
}

/**
 * What a creditor posts in a week up to a Friday: to some of those whose debt is at the age of the
 * schedule's letters. Most are signed for two days later; a few are refused or come back.
 */
export async function weeklyLetters(
  stage: Stage,
  by: Chance,
  worked: { files: readonly Case[]; user: string; friday: Day },
): Promise<void> {
  const { files, user, friday } = worked;
  for (const file of files) {
    const isTime = file.daysOverdue >= writtenFrom && file.daysOverdue <= writtenTo;
    if (!isTime || !by.happens(0.2)) continue;
    const letter = letterTo(stage, by, file, addDays(friday, -3));
    if (!(await post(stage, user, letter))) continue;
    const outcome = by.weighted(outcomes);
    const isSigned = outcome === DeliveryOutcome.SIGNED;
    const { caseId, letterId } = letter;
    await stage.letters.recordDelivery(
      {
        caseId,
        letterId,
        deliveryId: stage.id('delivery'),
        outcome,
        on: addDays(friday, -1).toString(),
        signer: isSigned ? by.pick([Signer.MAIL_ROOM, Signer.AUTHORISED]) : Signer.UNSPECIFIED,
        signerName: '',
        uploadId: '',
        note: '',
      },
      await stage.as(user),
    );
  }
}

/** A demand that was posted two days ago and has not arrived: it may yet save the claim. */
export async function postNow(
  stage: Stage,
  by: Chance,
  posted: { file: Case; user: string; today: Day },
): Promise<void> {
  const { file, user, today } = posted;
  await post(stage, user, letterTo(stage, by, file, addDays(today, -2)));
}
