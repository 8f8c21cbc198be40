import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DiscardParkedEventsRequest,
  GetParkedEventResponse,
  ListParkedEventsResponse,
  ParkedState,
  RetryParkedEventsRequest,
} from '@recourse/proto/web/platform/v1/platform';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ParkedEventPage } from './parked-event-page';
import { ParkedPage } from './parked-page';

const ids = [1, 2].map((n) => `01956f3e-0000-7000-8000-00000000000${n}`);
const [first = ''] = ids;
const at = '/v1/platform/credit/parked-events';
const person = { orgKind: 'platform', roles: ['platform_admin'] } as const;

const event = (eventId: string, state: ParkedState = ParkedState.PARKED) => ({
  eventId,
  consumer: 'credit:cases',
  orgId: first,
  state,
  type: 'paymentRecorded',
  aggregateId: 'case-7',
  version: 3n,
  attempts: 5,
  reason: 'unknown_case',
  detail: 'phone=[…]',
  happenedAt: '2026-11-20T02:00:00Z',
});

function listed(count = 2n): unknown {
  const events = ids.map((id) => event(id));
  const page = { nextCursor: '', count, countEstimated: false };
  return ListParkedEventsResponse.toJSON(ListParkedEventsResponse.fromPartial({ events, page }));
}

async function shown(count?: bigint): Promise<Screen<ParkedPage>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(ParkedPage);
  await answer(at, listed(count));
  return showing;
}

/** The last button of that name: a dialog's own stands after those of the page. */
const named = (screen: Screen<unknown>, name: string): number =>
  screen.all('button').findLastIndex((one) => one.textContent?.trim() === name);

beforeEach(() => chooseLanguage('zh-CN'));

describe('parked events', () => {
  it('are listed with why they failed, each leading to its own page', async () => {
    const screen = await shown();
    const rows = screen.texts('rc-data-table tbody tr');
    expect(rows).toHaveLength(2);
    for (const part of ['paymentRecorded', '等待处理', 'unknown_case', 'credit:cases', '5']) {
      expect(rows[0]).toContain(part);
    }
    const links = screen.all('tbody a').map((one) => one.getAttribute('href'));
    expect(links).toContain(`/parked/credit/${first}`);
  });

  it('are retried, those that were chosen', async () => {
    const screen = await shown();
    await screen.click('tbody input[type=checkbox]');
    await screen.click('button', named(screen, '重试'));
    expect(screen.texts('[role=dialog]').join()).toContain('重试 1 个事件');
    const clicked = screen.click('button', named(screen, '重试'));
    const body = RetryParkedEventsRequest.fromJSON(await answer(`${at}:retry`, { count: '1' }));
    expect([body.eventIds, body.filter]).toEqual([[first], undefined]);
    await answer(at, listed());
    await clicked;
    await screen.settle();
    expect(screen.texts('p[role=status]')).toEqual(['已安排重试 1 个事件。']);
    expect(screen.all('[role=dialog]')).toEqual([]);
  });

  it('are discarded with a reason only, all that match at once', async () => {
    const screen = await shown(1_234n);
    await screen.click('thead input[type=checkbox]');
    const all = screen.all('button').findIndex((one) => /1,234/.test(one.textContent ?? ''));
    await screen.click('button', all);
    await screen.click('button', named(screen, '丢弃'));
    expect(screen.texts('[role=dialog]').join()).toContain('丢弃 1,234 个事件');
    const send = named(screen, '丢弃');
    expect(screen.all('button')[send]?.hasAttribute('disabled')).toBe(true);
    await screen.type('[role=dialog] textarea', '已按法律删除');
    const clicked = screen.click('button', send);
    const body = DiscardParkedEventsRequest.fromJSON(
      await answer(`${at}:discard`, { count: '1000', more: true }),
    );
    expect(body).toMatchObject({
      eventIds: [],
      filter: { states: [ParkedState.PARKED] },
      reason: '已按法律删除',
    });
    await answer(at, listed());
    await clicked;
    await screen.settle();
    const [said] = screen.texts('p[role=status]');
    expect(said).toBe('已丢弃 1,000 个事件。 一次最多处理一万个，请再操作一次处理其余部分。');
  });
});

describe('one parked event', () => {
  const about = { service: 'credit', eventId: first };

  async function opened(state: ParkedState): Promise<Screen<ParkedEventPage>> {
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    const showing = show(ParkedEventPage, about);
    const answered = GetParkedEventResponse.fromPartial({
      event: event(first, state),
      payloadJson: '{ "paymentRecorded": { "amount": { "minor": "100" } } }',
      leftOut: ['/paymentRecorded/payerName'],
      repairs: [
        {
          repairId: 'r',
          action: 'REPAIR_ACTION_RETRY_EVENT',
          reason: '已修复',
          by: { name: '林静' },
        },
      ],
    });
    await answer(`${at}/${first}`, GetParkedEventResponse.toJSON(answered));
    return showing;
  }

  it('shows what it says, what is left out, and what was decided', async () => {
    const screen = await opened(ParkedState.PARKED);
    expect(screen.texts('pre').join()).toContain('"minor": "100"');
    expect(screen.texts('section').join()).toContain('/paymentRecorded/payerName');
    expect(screen.texts('li').join()).toContain('林静');
  });

  it.each([
    [ParkedState.PARKED, ['丢弃', '重试']],
    [ParkedState.DISCARDED, ['重试']],
    [ParkedState.FAILING, []],
  ] as const)('that is %s may be decided about by %j', async (state, expected) => {
    const screen = await opened(state);
    expect(screen.texts('rc-object-header button')).toEqual(expected);
  });
});
