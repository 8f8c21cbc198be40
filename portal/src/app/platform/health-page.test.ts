import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetStatusResponse } from '@recourse/proto/web/platform/v1/platform';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { HealthPage } from './health-page';
import { serviceNames } from './services';
import { healthOf } from './state-tone';

const well = GetStatusResponse.fromPartial({
  service: 'credit',
  version: '0.1.0',
  startedAt: '2026-11-22T00:00:00Z',
  probes: [
    { name: 'database', required: true, ok: true },
    { name: 'broker', required: false, ok: true },
  ],
  queues: { outboxWaiting: 4n, outboxAgeSeconds: 12n },
  consumers: [{ consumer: 'credit:cases', waiting: 17n }],
  pools: [{ role: 'app', total: 10, idle: 4, waiting: 1 }],
});
const parked = GetStatusResponse.fromPartial({ ...well, queues: { parkedEvents: 3n } });
const noBroker = GetStatusResponse.fromPartial({
  ...well,
  probes: [{ name: 'broker', required: false, ok: false }],
});
const noDatabase = GetStatusResponse.fromPartial({
  ...well,
  probes: [{ name: 'database', required: true, ok: false }],
});

beforeEach(() => chooseLanguage('zh-CN'));

describe('the health of a service', () => {
  it.each([
    ['loading', undefined, false],
    ['ok', well, false],
    ['degraded', parked, false],
    ['degraded', noBroker, false],
    ['down', noDatabase, false],
    ['down', well, true],
  ] as const)('is %s', (expected, status, failed) => {
    expect(healthOf(status, failed)).toBe(expected);
  });
});

describe('the page of health', () => {
  it('shows every service, what it depends on and what waits', async () => {
    const person = { orgKind: 'platform', roles: ['platform_admin'] } as const;
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    const showing = show(HealthPage);
    for (const name of serviceNames) {
      const status = name === 'cases' ? parked : well;
      await answer(`/v1/platform/${name}/status`, GetStatusResponse.toJSON(status));
    }
    await answer('/v1/organisations', { page: { count: '2' } });
    const screen = await showing;
    expect(screen.texts('.waiting a')).toEqual(['2 家机构等待审核']);
    const cards = screen.texts('rc-service-card');
    expect(cards).toHaveLength(5);
    expect(cards[0]).toContain('信用正常');
    expect(cards[0]).toContain('数据库正常');
    expect(cards[0]).toContain('待发布事件 4 最早已等 12 秒');
    expect(cards[0]).toContain('credit:cases17');
    expect(cards[0]).toContain('业务：6 / 10 使用中，1 个等待');
    expect(cards[1]).toContain('案件部分异常');
    const links = screen.all('.bad a').map((one) => one.getAttribute('href'));
    expect(links).toEqual(['/parked?service=cases']);
  });
});
