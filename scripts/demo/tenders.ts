import { addDays, type Day, instantAt } from '@recourse/kit/day.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import type { Stage } from './stage.ts';

const director = 'jinggong.director';

/** Who is invited; the first two bid for what is still open. */
const bidders = ['ruiheng', 'hengxin', 'zhengyuan'] as const;

type Bidder = (typeof bidders)[number];

function flat(rateBps: number): CommissionTerms {
  return { model: { $case: 'flat', value: { rateBps } }, vatBps: 600, tailDays: 30 };
}

const bids: Readonly<Record<Bidder, { terms: CommissionTerms; note: string }>> = {
  ruiheng: { terms: flat(1350), note: '两名专员专案跟进，首周完成全部联系。' },
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
  zhengyuan: { terms: flat(2200), note: '' },
};

async function publish(
  stage: Stage,
  files: readonly Case[],
  title: string,
  lastDay: Day,
): Promise<string> {
  const invited = await Promise.all(bidders.map((user) => stage.person(`${user}.manager`)));
  const tenderId = stage.id('tender');
  const until = Temporal.PlainTime.from('18:00');
  await stage.tenders.putTender(
    {
      tenderId,
      title,
      caseIds: files.map(({ caseId }) => caseId),
      agencyIds: invited.map(({ orgId }) => orgId),
      deadline: instantAt(lastDay, until, 'Asia/Shanghai').toString(),
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
 * Of a director's cases that nobody else works one part is awarded to the best bid, and another is
 * open with two bids under seal. The cases are taken in the order of their numbers.
 */
export async function tenderCases(stage: Stage, files: readonly Case[], today: Day): Promise<void> {
  const free = files.toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const call = await stage.as(director);
  const decided = await publish(
    stage,
    free.slice(0, 8),
    '华东制造业逾期款（一）',
    addDays(today, 3),
  );
  await bid(stage, decided, bidders);
  await stage.tenders.openBids({ tenderId: decided, requestId: stage.id('opening') }, call);
  const compared = await stage.tenders.listBids({ tenderId: decided }, call);
  const bidId = compared.bids[0]?.bid?.bidId ?? '';
  const requestId = stage.id('award');
  await stage.tenders.awardTender({ tenderId: decided, bidId, requestId }, call);
  const running = await publish(
    stage,
    free.slice(8, 20),
    '华东制造业逾期款（二）',
    addDays(today, 6),
  );
  await bid(stage, running, bidders.slice(0, 2));
}
