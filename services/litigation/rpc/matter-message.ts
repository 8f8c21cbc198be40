import type { Tx } from '@recourse/kit/db.ts';
import type { Deadline } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { Judgment, Matter as MatterMessage } from '@recourse/proto/litigation/v1/matters.ts';
import type { MoneyEntry } from '@recourse/proto/litigation/v1/money.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { lacksSecondPerson } from '../domain/deadline.ts';
import { sums } from '../domain/entry.ts';
import { checklistOf, gapsOf } from '../domain/evidence.ts';
import { feeShown } from '../domain/fee-shares.ts';
import { freezesOf, securityOf } from '../domain/freezes.ts';
import { doubleInterestOn } from '../domain/judgment-debt.ts';
import { claimed, type Matter } from '../domain/matter.ts';
import { standingShown } from '../domain/small-claim.ts';
import { mayBegin, stageOf, trackOf } from '../domain/track.ts';
import { checklists } from '../rules/evidence.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { deadlinesOf } from '../store/deadlines.ts';
import { debtsOf } from '../store/debts.ts';
import { entriesOf } from '../store/money.ts';
import { evidenceOf } from '../store/papers.ts';

/** All that stands beside one matter when it is shown. */
type Beside = {
  deadlines: readonly Deadline[];
  entries: readonly MoneyEntry[];
  evidenceKinds: readonly { kind: string }[];
  expiries: readonly string[];
  today: string;
};

function judgmentsOf(matter: Matter, { entries, today }: Beside): Judgment[] {
  return matter.judgments.map((judgment) => ({
    ...judgment,
    doubleInterest: doubleInterestOn(judgment, entries, today, law),
    doubleInterestAsOf: today,
  }));
}

function message(matter: Matter, beside: Beside): MatterMessage {
  const total = claimed(matter);
  const open = beside.deadlines.filter(
    (one) => one.state === 'DEADLINE_STATE_OPEN' && one.boundParty === 'us',
  );
  const days = open.map((one) => one.dueDay).toSorted();
  return {
    ...matter,
    ...sums(beside.entries, matter.currency),
    claimed: total,
    proceedings: matter.proceedings.map((one) => {
      const filed = one.moves.find((move) => move.stage === 'filed')?.on ?? beside.today;
      const stage = stageOf(trackOf(tracks, one.procedure), one.stage);
      const fee = feeShown(matter, one, total, filed, law);
      const freezes = freezesOf(one, beside.today, prcCalendar(), law);
      const security = securityOf(one, total, filed, law);
      const smallClaimsStanding = standingShown(matter, one, filed, law);
      return {
        ...one,
        nextStages: [...stage.next],
        fee,
        freezes,
        ...(security === undefined ? {} : { security }),
        ...(smallClaimsStanding === undefined ? {} : { smallClaimsStanding }),
      };
    }),
    judgments: judgmentsOf(matter, beside),
    nextDeadline: days[0] ?? '',
    unconfirmedDeadlines: open.filter(lacksSecondPerson).length,
    limitationExpiresOn: beside.expiries.toSorted()[0] ?? '',
    evidenceGaps: gapsOf(checklistOf(checklists, matter.debtType), beside.evidenceKinds),
    mayBegin: matter.state === 'MATTER_STATE_OPEN' ? mayBegin(tracks, matter.proceedings) : [],
  };
}

/** Matters as they are shown, with what is derived; four questions for any number of matters. */
export async function shownMatters(
  tx: Tx,
  matters: readonly Matter[],
  at: Temporal.Instant,
): Promise<MatterMessage[]> {
  const matterIds = matters.map((one) => one.matterId);
  const caseIds = matters.flatMap((one) => one.cases.map(({ caseId }) => caseId));
  const deadlines = Map.groupBy(await deadlinesOf(tx, matterIds), (one) => one.matterId);
  const entries = Map.groupBy(await entriesOf(tx, matterIds), (one) => one.matterId);
  const evidence = Map.groupBy(await evidenceOf(tx, matterIds), (one) => one.matterId);
  const debts = new Map((await debtsOf(tx, caseIds)).map((one) => [one.debtId, one.expiresOn]));
  const today = creditorDay(at).toString();
  return matters.map((matter) =>
    message(matter, {
      deadlines: deadlines.get(matter.matterId) ?? [],
      entries: (entries.get(matter.matterId) ?? []).map(({ entry }) => entry),
      evidenceKinds: (evidence.get(matter.matterId) ?? []).map(({ item }) => item),
      expiries: matter.cases
        .map(({ caseId }) => debts.get(caseId) ?? '')
        .filter((expiresOn) => expiresOn !== ''),
      today,
    }),
  );
}

/** One matter as it is shown. */
export async function shownMatter(
  tx: Tx,
  matter: Matter,
  at: Temporal.Instant,
): Promise<MatterMessage> {
  const [shown] = await shownMatters(tx, [matter], at);
  return shown ?? message(matter, emptyBeside(at));
}

function emptyBeside(at: Temporal.Instant): Beside {
  const today = creditorDay(at).toString();
  return { deadlines: [], entries: [], evidenceKinds: [], expiries: [], today };
}
