import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrial, type Trial } from './trial.ts';

let trial: Trial;
beforeAll(async () => {
  // Nobody listens there: what is asked of credit must not come to the others.
  trial = await startTrial({ env: { CREDIT_ADDRESS: '127.0.0.1:1' } });
  trial.answer('GetStatus', async () => ({ version: '1.2.3' }));
});
afterAll(() => trial.stop());

const ask = (service: string, role = 'platform_admin') =>
  trial.send('GET', `/v1/platform/${service}/status`, { role });

describe('what every service serves', () => {
  it('is asked of the service that the path names', async () => {
    const answered = await ask('cases');
    expect([answered.status, answered.json['version']]).toEqual([200, '1.2.3']);
    expect(trial.calls.at(-1)).toMatchObject({
      method: 'GetStatus',
      request: { service: 'cases' },
    });
  });

  it('is away where that service is away, while others answer', async () => {
    const answered = await ask('credit');
    expect(answered.status).toBe(503);
    expect((await ask('agencies')).status).toBe(200);
  });

  it.each(['payroll', 'platform', 'gateway', 'constructor'])(
    'is not found for %s, which is no service',
    async (name) => {
      const { status, json } = await ask(name);
      expect({ status, reason: json['reason'] }).toEqual({
        status: 404,
        reason: 'service_unknown',
      });
    },
  );

  it('is for the platform’s people alone', async () => {
    expect((await ask('cases', 'director')).status).toBe(403);
    expect((await ask('cases', '')).status).toBe(401);
  });
});
