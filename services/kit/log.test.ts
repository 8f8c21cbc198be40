import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Fault } from './fault.ts';
import { createLog, type Log } from './log.ts';

/** The lines that `write` logs, parsed. */
function logged(write: (log: Log) => void, level = 'debug'): Record<string, unknown>[] {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  write(createLog('cases', level, sink));
  return lines.map((line): Record<string, unknown> => JSON.parse(line));
}

describe('a log line', () => {
  it('is JSON with service, level in words and an ISO time', () => {
    const [line] = logged((log) => log.info({ orgId: 'o' }, 'placed'));
    expect(line).toMatchObject({ service: 'cases', level: 'info', orgId: 'o', msg: 'placed' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it.each([
    [{ token: 'hunter2' }],
    [{ headers: { authorization: 'hunter2' } }],
    [{ request: { person: { idNumber: 'hunter2', phone: 'hunter2' } } }],
    [{ password: { text: 'hunter2' } }],
  ])('hides secrets and what identifies a person: %j', (fields) => {
    const [line] = logged((log) => log.info(fields, 'x'));
    expect(JSON.stringify(line)).toContain('[redacted]');
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });

  it('hides them in a child’s fields, in lists and in a fault’s facts', () => {
    const err = new Fault('invalid', 'person_unknown', { phone: 'hunter2' });
    const [line] = logged((log) =>
      log.child({ token: 'hunter2' }).info({ people: [{ email: 'hunter2' }], err }, 'x'),
    );
    expect(line).toMatchObject({
      token: '[redacted]',
      people: [{ email: '[redacted]' }],
      err: { facts: { phone: '[redacted]' } },
    });
  });

  it('keeps instants, errors and null as they are, and ends in a circle', () => {
    const at = Temporal.Instant.from('2026-01-02T03:04:05Z');
    const circle: Record<string, unknown> = { at, nothing: null, big: 12n };
    circle['self'] = circle;
    const [line] = logged((log) => log.info(circle, 'x'));
    expect(line).toMatchObject({ at: '2026-01-02T03:04:05Z', nothing: null, big: 12 });
  });

  it('holds a fault’s parts and its causes', () => {
    const cause = new Error('connection reset', { cause: new Error('socket') });
    const err = new Fault('unavailable', 'database_unavailable', { tries: 3n }, { cause });
    const [line] = logged((log) => log.error({ err }, 'call failed'));
    expect(line?.['err']).toMatchObject({
      kind: 'unavailable',
      reason: 'database_unavailable',
      facts: { tries: 3 },
      cause: { message: 'connection reset', cause: { message: 'socket' } },
    });
  });

  it('ends with an error that is its own cause', () => {
    const err = new Error('round');
    err.cause = err;
    expect(logged((log) => log.error({ err }, 'x'))).toHaveLength(1);
  });

  it('is not written below the level', () => {
    expect(logged((log) => log.debug('x'), 'info')).toEqual([]);
  });
});
