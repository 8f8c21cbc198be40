import { describe, expect, it } from '@jest/globals';
import { lastDue, nextDue } from './schedule.ts';

const at = (text: string) => Temporal.Instant.from(text);

describe('a schedule', () => {
  it.each([
    ['10 0 * * *', 'Asia/Shanghai', '2026-11-22T16:10:00Z', '2026-11-23T16:10:00Z'],
    ['30 6 * * *', 'Asia/Shanghai', '2026-11-22T22:30:00Z', '2026-11-23T22:30:00Z'],
    ['*/10 * * * *', 'UTC', '2026-11-23T04:20:00Z', '2026-11-23T04:30:00Z'],
    ['5 0,6,12,18 * * *', 'Asia/Shanghai', '2026-11-23T04:05:00Z', '2026-11-23T10:05:00Z'],
  ])('%s in %s was due at %s and is again at %s', (cron, zone, last, next) => {
    const moment = at('2026-11-23T04:25:30Z');
    expect(lastDue({ cron, zone }, moment)).toEqual(at(last));
    expect(nextDue({ cron, zone }, moment)).toEqual(at(next));
  });

  it('keeps to the wall clock where summer time begins', () => {
    const night = { cron: '10 0 * * *', zone: 'Europe/Berlin' };
    expect(nextDue(night, at('2026-03-28T00:00:00Z'))).toEqual(at('2026-03-28T23:10:00Z'));
    expect(nextDue(night, at('2026-03-29T00:00:00Z'))).toEqual(at('2026-03-29T22:10:00Z'));
  });
});
