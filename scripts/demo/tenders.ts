import { addDays, type Day, instantAt } from '@recourse/kit/day.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import { type Stage, until } from './stage.ts';

const director = 'jinggong.director';

/** Who is invited; the first two bid for what is still open. */
const bidders = ['ruiheng', 'hengxin', 'zhengyuan'] as const;

type Bidder = (typeof bidders)[number];

function flat(rateBps: number): CommissionTerms {
  return { model: { $case: 'flat', value: { rateBps } }, vatBps: 600, tailDays: 30 };
}

const bids: Readonly<Record<Bidder, { terms: CommissionTerms; note: string }>> = {
  ruiheng: {
    terms: {
      ...flat(1300),
      retainer: { fee: { currency: 'CNY', minor: 20_000n }, credited: true },
    },
    note: '两名专员专案跟进，首周完成全部联系。',
  },
  hengxin: {
    terms: {
      model: {
        $case: 'ageBands',
        value: {
          bands: [
            { fromDaysOverdue: 0, rateBps: 750 },
            { fromDaysOverdue: 91, rateBps: 1400 },
          ],
        },
      },
      vatBps: 600,
      tailDays: 30,
    },
    note: '江苏、安徽当地走访。',
  },
  zhengyuan: {
    terms: {
      model: {
        $case: 'ratchet',
        value: {
          retroactive: false,
          steps: [
            { fromRecoveredBps: 0, rateBps: 1500 },
            { fromRecoveredBps: 5000, rateBps: 2500 },
          ],
        },
      },
      vatBps: 600,
      tailDays: 30,
      litigationUpliftBps: 500,
    },
    note: '诉前与诉讼由同一律师办理。',
  },
};

async function publish(
  stage: Stage,
  files: readonly Case[],
  title: string,
  lastDay: Day,
): Promise<string> {
  const invited = await Promise.all(bidders.map((user) => stage.person(`${user}.manager`)));
  const tenderId = stage.id('tender');
  const evening = Temporal.PlainTime.from('18:00');
  await stage.tenders.putTender(
    {
      tenderId,
      title,
      caseIds: files.map(({ caseId }) => caseId),
      agencyIds: invited.map(({ orgId }) => orgId),
      deadline: instantAt(lastDay, evening, 'Asia/Shanghai').toString(),
      note: '请按约定周报跟进，超过底价的折让须事先同意。',
    },
    await stage.as(director),
  );
  return tenderId;
}

async function bid(stage: Stage, tenderId: string, users: readonly Bidder[]): Promise<void> {
  for (const user of users) {
    const call = await stage.as(`${user}.manager`);
    await stage.tenders.putBid({ tenderId, bidId: stage.id('bid'), ...bids[user] }, call);
  }
}

/**
 * The director takes cases back from agencies that bring little, so that they can be tendered;
 * gives them as they are free again. `free` reads the cases that nobody else works.
 */
export async function takeBack(
  stage: Stage,
  files: readonly Case[],
  free: () => Promise<Case[]>,
): Promise<Case[]> {
  if (files.length === 0) return [];
  const placementIds = files.map(({ placementId }) => placementId);
  const reason = '久无回款，按约收回，重新招标。';
  const requestId = stage.id('take back');
  const call = await stage.as(director);
  await stage.placements.recallPlacements({ placementIds, reason, requestId }, call);
  const caseIds = new Set(files.map(({ caseId }) => caseId));
  return until('cases taken back', async () => {
    const back = (await free()).filter(({ caseId }) => caseIds.has(caseId));
    return back.length === caseIds.size ? back : undefined;
  });
}

/**
 * Of cases that nobody works one half is awarded to the best bid, and the other is open with two
 * bids under seal. They are taken in the order of their numbers.
 */
export async function tenderCases(stage: Stage, files: readonly Case[], today: Day): Promise<void> {
  if (files.length < 2) return;
  const inOrder = files.toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const half = Math.floor(inOrder.length / 2);
  const call = await stage.as(director);
  const first = inOrder.slice(0, half);
  const tenderId = await publish(stage, first, '重新招标：逾期款（一）', addDays(today, 3));
  await bid(stage, tenderId, bidders);
  await stage.tenders.openBids({ tenderId, requestId: stage.id('opening') }, call);
  const { bids: compared } = await stage.tenders.listBids({ tenderId }, call);
  const bidId = compared[0]?.bid?.bidId ?? '';
  await stage.tenders.awardTender({ tenderId, bidId, requestId: stage.id('award') }, call);
  const rest = inOrder.slice(half);
  const open = await publish(stage, rest, '重新招标：逾期款（二）', addDays(today, 6));
  await bid(stage, open, bidders.slice(0, 2));
}
