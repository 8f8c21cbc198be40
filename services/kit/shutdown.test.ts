import { describe, expect, it } from '@jest/globals';
import { createLog } from './log.ts';
import { createShutdown } from './shutdown.ts';

const log = createLog('test', 'silent');

describe('a shutdown', () => {
  it('stops what was started last first, even when a part fails to stop', async () => {
    const stopped: string[] = [];
    const shutdown = createShutdown(log);
    shutdown.add('database', () => void stopped.push('database'));
    shutdown.add('bus', async () => {
      stopped.push('bus');
      throw new Error('connection lost');
    });
    shutdown.add('rpc', async () => void stopped.push('rpc'));
    await shutdown.run();
    expect(stopped).toEqual(['rpc', 'bus', 'database']);
  });

  it('that is asked for twice happens once', async () => {
    let count = 0;
    const shutdown = createShutdown(log);
    shutdown.add('rpc', async () => {
      count += 1;
    });
    await Promise.all([shutdown.run(), shutdown.run()]);
    await shutdown.run();
    expect(count).toBe(1);
  });
});
