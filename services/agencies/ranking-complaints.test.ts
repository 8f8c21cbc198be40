import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { moveClock } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import {
  ComplaintOutcome,
  ComplaintSource,
  ComplaintSubject,
  type PutComplaintRequest,
  RankingComponent,
  RankingServiceClient,
} from '@recourse/proto/agencies/v1/ranking.ts';
import { type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let ranking: Promised<RankingServiceClient>;
let creditor: Org;
let rude: Org;
let kind: Org;
let rudeCase: string;

const placedAt = Temporal.Instant.from('2026-03-04T02:00:00Z');
const rankedAt = Temporal.Instant.from('2026-06-24T02:00:00Z');

async function work(agency: Org, count: number): Promise<string> {
  const placements = Array.from({ length: count }, () => ({
    caseId: stage.openCase({}),
    placementId: randomUUIDv7(),
  }));
  const offer = { placements, agencyId: agency.orgId, terms: undefined, note: '' };
  await stage.placements.placeCases(offer, await creditor.as('director'));
  const placementIds = placements.map((one) => one.placementId);
  const answer = { placementIds, requestId: '' };
  await stage.placements.acceptPlacements(answer, await agency.as('agency_manager'));
  return placements[0]?.caseId ?? '';
}

beforeAll(async () => {
  moveClock(placedAt, false);
  stage = await setStage();
  ranking = stage.service.client(RankingServiceClient);
  creditor = stage.creditor('远望机电');
  [rude, kind] = [await stage.agency({ name: '粗手' }), await stage.agency({ name: '善手' })];
  rudeCase = await work(rude, 20);
  await work(kind, 20);
  moveClock(rankedAt, false);
});

afterAll(async () => {
  moveClock(undefined, false);
  await stage.stop();
});

function complaint(more: Partial<PutComplaintRequest> = {}): PutComplaintRequest {
  return {
    complaintId: randomUUIDv7(),
    agencyId: rude.orgId,
    caseId: rudeCase,
    source: ComplaintSource.DEBTOR,
    subject: ComplaintSubject.HARASSMENT,
    receivedOn: '2026-06-20',
    text: '夜间反复来电',
    ...more,
  };
}

/** What both sides and the audit were told of a complaint, and who did it. */
async function told(complaintId: string) {
  const both = [creditor.orgId, rude.orgId].toSorted();
  const rows = await stage.service.ownerQuery<{ type: string; who: string; audience: string[] }>(
    `SELECT type, actor->>'name' AS who, audience FROM outbox
      WHERE aggregate_id = $1 ORDER BY version`,
    [complaintId],
  );
  for (const { audience } of rows) expect(audience.toSorted()).toEqual(both);
  return rows.map(({ type, who }) => [type, who]);
}

async function lines() {
  const all = { month: '', industry: '', region: '' };
  const director = await creditor.as('director');
  await ranking.refreshRanking({ month: '', requestId: '' }, director);
  return eventually(async () => {
    const made = await ranking.getRanking(all, director);
    expect([made.refreshing, made.agencies.length]).toEqual([false, 2]);
    return new Map(
      made.agencies.map((one) => [
        one.agencyName,
        one.lines.find((each) => each.component === RankingComponent.COMPLAINTS),
      ]),
    );
  }, 30_000);
}

describe('complaints about agencies', () => {
  it('are no part of a ranking where none was ever written down', async () => {
    expect((await lines()).get('善手')).toMatchObject({ recorded: false, weightBps: 0 });
  });

  it('count against who was complained of, and for who was not', async () => {
    const call = await creditor.as('collector');
    for (let count = 0; count < 6; count += 1) await ranking.putComplaint(complaint(), call);
    const made = await lines();
    expect(made.get('粗手')).toMatchObject({
      recorded: true,
      unit: 'per_thousand_cases',
      observed: 300n,
      sample: 20n,
    });
    expect(made.get('善手')).toMatchObject({ recorded: true, observed: 0n });
    expect(made.get('粗手')?.effectHundredths).toBeLessThan(0n);
    expect(made.get('善手')?.effectHundredths).toBeGreaterThan(0n);
  });

  it('found unfounded do not count; each is answered once', async () => {
    const director = await creditor.as('director');
    const asked = { agencyId: rude.orgId, unansweredOnly: true, page: undefined };
    const { complaints } = await ranking.listComplaints(asked, director);
    expect(complaints).toHaveLength(6);
    const answer = (complaintId: string) => ({
      complaintId,
      outcome: ComplaintOutcome.UNFOUNDED,
      answer: '录音显示未在禁止时段',
      consideredReply: 0n,
      requestId: randomUUIDv7(),
    });
    for (const { complaintId } of complaints) {
      const { complaint: answered } = await ranking.answerComplaint(answer(complaintId), director);
      expect(answered).toMatchObject({ outcome: ComplaintOutcome.UNFOUNDED, overdue: false });
    }
    const twice = ranking.answerComplaint(answer(complaints[0]?.complaintId ?? ''), director);
    await expect(twice).rejects.toMatchObject({ reason: 'complaint_answered' });
    moveClock(rankedAt.add({ hours: 1 }), false);
    expect((await lines()).get('粗手')).toMatchObject({ recorded: true, observed: 0n });
  });

  it('are seen by the agency they are about and by no other, late ones as such', async () => {
    const made = complaint({ caseId: '', receivedOn: '2026-05-04' });
    const call = await creditor.as('legal_officer');
    const { complaint: filed } = await ranking.putComplaint(made, call);
    expect(filed).toMatchObject({ answerBy: '2026-05-19', overdue: true });
    expect((await ranking.putComplaint(made, call)).complaint).toEqual(filed);
    const other = ranking.putComplaint({ ...made, text: '另一件' }, call);
    await expect(other).rejects.toMatchObject({ reason: 'complaint_exists_with_other_content' });
    const asked = { agencyId: '', unansweredOnly: true, page: undefined };
    const own = await ranking.listComplaints(asked, await rude.as('agency_agent'));
    expect(own.complaints.map((one) => one.complaintId)).toEqual([made.complaintId]);
    const strange = await ranking.listComplaints(asked, await kind.as('agency_agent'));
    expect(strange.complaints).toEqual([]);
    const stranger = stage.creditor('陌生人');
    const refused = ranking.putComplaint(complaint(), await stranger.as('director'));
    await expect(refused).rejects.toMatchObject({ reason: 'agency_never_worked' });
    const foreign = ranking.putComplaint(complaint({ caseId: randomUUIDv7() }), call);
    await expect(foreign).rejects.toMatchObject({ reason: 'case_not_of_agency' });
    const denied = ranking.putComplaint(complaint(), await rude.as('agency_manager'));
    await expect(denied).rejects.toMatchObject({ kind: 'denied' });
  });

  it('are replied to by that agency until they are answered, in view of the reply', async () => {
    const director = await creditor.as('director');
    const { complaint: filed } = await ranking.putComplaint(complaint(), director);
    const complaintId = filed?.complaintId ?? '';
    const manager = await rude.as('agency_manager');
    const reply = (words: string, more = {}) => ({
      complaintId,
      reply: words,
      requestId: randomUUIDv7(),
      ...more,
    });
    const strange = ranking.replyToComplaint(reply('与我无关'), await kind.as('agency_manager'));
    await expect(strange).rejects.toMatchObject({ kind: 'missing', reason: 'complaint_unknown' });
    const agent = ranking.replyToComplaint(reply('没有'), await rude.as('agency_agent'));
    await expect(agent).rejects.toMatchObject({ kind: 'denied' });

    const first = reply('当晚没有外呼');
    const { complaint: replied } = await ranking.replyToComplaint(first, manager);
    expect(replied).toMatchObject({ reply: '当晚没有外呼', replyVersion: 1n });
    expect(replied?.repliedAt).toBeDefined();
    // By the same request, and by another one that says the same.
    expect((await ranking.replyToComplaint(first, manager)).complaint).toEqual(replied);
    const same = await ranking.replyToComplaint(reply(first.reply), manager);
    expect(same.complaint).toEqual(replied);
    await ranking.replyToComplaint(reply('当晚没有外呼，附话单'), manager);

    const answer = (consideredReply: bigint) => ({
      complaintId,
      outcome: ComplaintOutcome.UPHELD,
      answer: '已向债务人致歉',
      consideredReply,
      requestId: randomUUIDv7(),
    });
    const unread = ranking.answerComplaint(answer(1n), director);
    await expect(unread).rejects.toMatchObject({ reason: 'complaint_reply_not_considered' });
    const { complaint: answered } = await ranking.answerComplaint(answer(2n), director);
    expect(answered).toMatchObject({
      reply: '当晚没有外呼，附话单',
      replyVersion: 2n,
      outcome: ComplaintOutcome.UPHELD,
    });
    const late = ranking.replyToComplaint(reply('还有一句'), manager);
    await expect(late).rejects.toMatchObject({ reason: 'complaint_answered' });
    expect(await told(complaintId)).toEqual([
      ['complaintRecorded', '张敏'],
      ['complaintReplied', '张敏'],
      ['complaintReplied', '张敏'],
      ['complaintAnswered', '张敏'],
    ]);
  });
});
