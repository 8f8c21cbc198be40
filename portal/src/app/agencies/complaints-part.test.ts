import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListPlacementsResponse } from '@recourse/proto/web/agencies/v1/placements';
import {
  AnswerComplaintRequest,
  ComplaintOutcome,
  ComplaintSource,
  ComplaintSubject,
  ListComplaintsResponse,
  PutComplaintRequest,
  ReplyToComplaintRequest,
} from '@recourse/proto/web/agencies/v1/ranking';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { ComplaintsPart } from './complaints-part';

const at = '/v1/complaints';
const agencyId = '01956f3e-0000-7000-8000-00000000000a';
const complaint = {
  source: ComplaintSource.DEBTOR,
  subject: ComplaintSubject.HARASSMENT,
  receivedOn: '2026-05-04',
  answerBy: '2026-05-19',
  text: '夜间反复来电',
};
const found = ListComplaintsResponse.toJSON(
  ListComplaintsResponse.fromPartial({
    complaints: [
      { ...complaint, complaintId: 'c1', overdue: true, reply: '当晚没有外呼', replyVersion: 2n },
      { ...complaint, complaintId: 'c2', outcome: ComplaintOutcome.UPHELD, answer: '已致歉' },
      { ...complaint, complaintId: 'c3', outcome: ComplaintOutcome.UNFOUNDED, answer: '无此事' },
    ],
    page: { nextCursor: '', count: 3n, countEstimated: false },
  }),
);

type Part = Screen<ComplaintsPart>;

async function shown(person: Partial<Caller>, ofAgency = agencyId): Promise<Part> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(ComplaintsPart, { agencyId: ofAgency, agencyName: '南京恒达' });
  await answer(at, found);
  return showing;
}

/** A dialog's address changes the page's, so that its list is read again. */
async function opened(screen: Part, button: string): Promise<void> {
  const clicked = screen.click(button);
  await answer(at, found);
  await clicked;
}

async function choose(screen: Part, number: number, value: string): Promise<void> {
  const select = screen.all('[role=dialog] select')[number];
  if (select === undefined) throw new Error(`there is no choice number ${number}`);
  Reflect.set(select, 'value', value);
  select.dispatchEvent(new Event('change'));
  await screen.settle();
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('complaints about an agency', () => {
  it('are shown with their last day, and as overdue, upheld or unfounded', async () => {
    const screen = await shown({ roles: ['auditor'] });
    const rows = screen.texts('tbody tr');
    for (const part of ['骚扰、辱骂或威胁', '夜间反复来电', '债务人', '待答复', '已逾期']) {
      expect(rows[0]).toContain(part);
    }
    expect(rows[0]).toMatch(/2026.*5.*19/);
    expect(screen.texts('tbody rc-chip')).toEqual(['待答复', '已逾期', '成立', '不成立']);
    expect(rows[0]).toContain('当晚没有外呼');
    expect(rows[1]).toContain('已致歉');
  });

  it.each([
    ['collector', ['登记投诉'], []],
    ['legal_officer', ['登记投诉'], []],
    ['credit_manager', ['登记投诉'], ['答复']],
    ['supervisor', ['登记投诉'], ['答复']],
    ['finance', [], []],
  ])('may be recorded and answered by a %s as far as %j, %j', async (role, file, replies) => {
    const screen = await shown({ roles: [role] });
    expect(screen.texts('.head button')).toEqual(file);
    expect(screen.texts('tbody button')).toEqual(replies);
  });

  it.each([
    ['agency_manager', ['修改说明']],
    ['agency_agent', []],
    ['org_admin', []],
  ])('of every creditor are read by the agency itself; its %s has %j', async (role, replies) => {
    const screen = await shown({ orgKind: 'agency', roles: [role] }, '');
    expect(screen.texts('.head button')).toEqual([]);
    expect(screen.texts('tbody button')).toEqual(replies);
    expect(screen.texts('p')[0]).toContain('关于本机构');
  });

  it('are replied to by the agency, from the wording that is there', async () => {
    const screen = await shown({ orgKind: 'agency', roles: ['agency_manager'] }, '');
    await opened(screen, 'tbody button');
    const dialog = screen.texts('[role=dialog]').join();
    expect(dialog).toContain('夜间反复来电');
    expect(dialog).toContain('答复之前可以修改');
    const [area] = screen.all('[role=dialog] textarea');
    expect(Reflect.get(area ?? {}, 'value')).toBe('当晚没有外呼');
    await screen.type('[role=dialog] textarea', '当晚没有外呼，附话单');
    void screen.click('[role=dialog] footer button');
    const sent = ReplyToComplaintRequest.fromJSON(await answer(`${at}/c1:reply`, {}));
    expect(sent.reply).toBe('当晚没有外呼，附话单');
  });

  it('are recorded with who, what, when, and the case when it is known', async () => {
    const screen = await shown({ roles: ['collector'] });
    const clicked = screen.click('.head button');
    const cases = { placements: [{ caseId: agencyId, caseNumber: 'A-1', debtorName: '恒达' }] };
    const http = TestBed.inject(HttpTestingController);
    await answer(at, found);
    expect(http.match((one) => one.url === at)).toEqual([]);
    await answer(
      '/v1/placements',
      ListPlacementsResponse.toJSON(ListPlacementsResponse.fromPartial(cases)),
    );
    await clicked;
    await choose(screen, 0, ComplaintSource.REGULATOR);
    await choose(screen, 1, ComplaintSubject.DISCLOSURE);
    await choose(screen, 2, agencyId);
    await screen.type('[role=dialog] textarea', '向邻居透露');
    void screen.click('[role=dialog] footer button');
    await new Promise((resolve) => setTimeout(resolve));
    const [request] = http.match((one) => one.url.startsWith(`${at}/`));
    expect(PutComplaintRequest.fromJSON(request?.request.body)).toMatchObject({
      agencyId,
      caseId: agencyId,
      source: ComplaintSource.REGULATOR,
      subject: ComplaintSubject.DISCLOSURE,
      text: '向邻居透露',
      receivedOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
  });

  it('are answered with an outcome, in view of the reply', async () => {
    const screen = await shown({ roles: ['director'] });
    await opened(screen, 'tbody button');
    const dialog = screen.texts('[role=dialog]').join();
    expect(dialog).toContain('夜间反复来电');
    expect(dialog).toContain('机构说明：当晚没有外呼');
    await choose(screen, 0, ComplaintOutcome.UNFOUNDED);
    await screen.type('[role=dialog] textarea', '录音显示未在禁止时段');
    void screen.click('[role=dialog] footer button');
    const sent = AnswerComplaintRequest.fromJSON(await answer(`${at}/c1:answer`, {}));
    expect(sent).toMatchObject({
      outcome: ComplaintOutcome.UNFOUNDED,
      answer: '录音显示未在禁止时段',
      consideredReply: 2n,
    });
  });
});
