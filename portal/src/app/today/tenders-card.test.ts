import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListTendersResponse, TenderState } from '@recourse/proto/web/agencies/v1/tenders';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { Live } from '../session/live';
import { TendersCard } from './tenders-card';

const summary = { cases: 3, openByCurrency: [{ currency: 'CNY', minor: 120_000_00n }] };
const past = '2026-03-01T09:00:00Z';
const coming = '2126-03-01T09:00:00Z';

function listOf(...tenders: Parameters<typeof ListTendersResponse.fromPartial>[0]['tenders'] & {}) {
  const page = { count: BigInt(tenders.length) };
  return ListTendersResponse.toJSON(ListTendersResponse.fromPartial({ tenders, page }));
}

/** What the server says of tenders, by what is asked for. */
type Answers = { over?: unknown; ending?: unknown; invited?: unknown };

const asked: string[] = [];

async function flush(answers: Answers): Promise<void> {
  const http = TestBed.inject(HttpTestingController);
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    for (const request of http.match(({ url }) => url === '/v1/tenders')) {
      const { params } = request.request;
      const isEnding = params.has('deadlineTo');
      const kind = params.has('unanswered') ? 'invited' : isEnding ? 'ending' : 'over';
      const states = params.getAll('states')?.join() ?? '';
      asked.push(`${kind} ${states} ${params.get('sort') ?? ''}`);
      request.flush((answers[kind] ?? listOf()) as object);
    }
  }
}

async function shown(person: Partial<Caller>, answers: Answers): Promise<Screen<TendersCard>> {
  asked.length = 0;
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const opened = show(TendersCard);
  await flush(answers);
  const screen = await opened;
  await screen.settle();
  return screen;
}

const links = (screen: Screen<TendersCard>) =>
  screen.all('li a').map((one) => one.getAttribute('href'));

beforeEach(() => chooseLanguage('zh-CN'));

describe('the first page of who awards', () => {
  const over = listOf(
    { tenderId: 't1', title: '华东', deadline: past, summary, bids: 2, state: TenderState.CLOSED },
    { tenderId: 't2', title: '华南', deadline: past, openedAt: past, summary, bids: 1 },
  );
  const ending = listOf({ tenderId: 't3', title: '华北', deadline: coming, summary });

  it('names tenders that wait for an award and those that end soon, and leads there', async () => {
    const screen = await shown({ roles: ['supervisor'] }, { over, ending });
    expect(screen.texts('h2')).toEqual(['已截标，待定标', '两天内截标']);
    expect(links(screen)).toEqual(['/tenders/t1', '/tenders/t2', '/tenders/t3']);
    expect(screen.texts('small')[0]).toBe('3 件 · ¥120,000.00 · 2 份投标');
    expect(screen.texts('rc-chip').slice(0, 2)).toEqual(['待开标', '待定标']);
    expect(asked.toSorted()).toEqual([
      'ending TENDER_STATE_OPEN deadline',
      'over TENDER_STATE_CLOSED deadline',
    ]);
  });

  it('follows when a deadline passes, without a reload', async () => {
    const screen = await shown({ roles: ['director'] }, { ending });
    expect(screen.texts('h2')).toEqual(['两天内截标']);
    TestBed.inject(Live).note({ noun: 'tender', id: 't3', change: 'closed' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await flush({ over });
    await screen.settle();
    expect(screen.texts('h2')).toEqual(['已截标，待定标']);
  });

  it('speaks of none to those who decide none', async () => {
    const screen = await shown({ roles: ['collector'] }, { over, ending });
    expect(asked).toEqual([]);
    expect(screen.texts('h2')).toEqual([]);
  });
});

describe('the first page of an agency’s manager', () => {
  const person = { orgKind: 'agency', roles: ['agency_manager'] } as const;

  it('names invitations without an answer and until when there is time', async () => {
    const invited = listOf({
      tenderId: 't4',
      title: '西南',
      creditorName: '远望机电',
      deadline: coming,
      summary,
    });
    const screen = await shown(person, { invited });
    expect(screen.texts('h2')).toEqual(['待答复的招标邀请']);
    expect(links(screen)).toEqual(['/tenders/t4']);
    expect(screen.texts('small')).toEqual(['远望机电 · 3 件 · ¥120,000.00']);
    expect(screen.texts('rc-chip').join()).toMatch(/^2126-03-01 \d\d:\d\d 截标/);
    expect(asked).toEqual(['invited TENDER_STATE_OPEN deadline']);
  });
});
