import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once, type AnswerCodec } from './once.ts';
import { startTrial, type Trial, type TrialDatabase } from './trial.ts';

const org = '018f0000-0000-7000-8000-00000000000a';
const other = '018f0000-0000-7000-8000-00000000000b';
const request = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

type Answer = { total: bigint };
const codec: AnswerCodec<Answer> = {
  toJSON: (answer) => ({ total: String(answer.total) }),
  fromJSON: (stored) => ({ total: BigInt((stored as { total: string }).total) }),
};

let trial: Trial;
let place: TrialDatabase;
let ran = 0;

beforeAll(async () => {
  trial = await startTrial();
  place = await trial.database();
});

afterAll(() => trial.stop());

function command(orgId: string, requestId: string, content: unknown): Promise<Answer> {
  return place.db.tenant(orgId, (tx) =>
    once(tx, { requestId, content }, codec, async () => {
      ran += 1;
      await tx.query('SELECT pg_sleep(0.05)');
      return { total: BigInt(ran) };
    }),
  );
}

describe('a command with a request id', () => {
  it('runs once and answers a repeat with the same answer', async () => {
    const first = await command(org, request(1), { cents: 5n });
    const runs = ran;
    expect(await command(org, request(1), { cents: 5n })).toEqual(first);
    expect(ran).toBe(runs);
  });

  it('is refused when its id comes again with other content', async () => {
    await expect(command(org, request(1), { cents: 6n })).rejects.toMatchObject({
      kind: 'exists',
      reason: 'request_id_used_with_other_content',
    });
  });

  it('runs once when it comes ten times at once', async () => {
    const before = ran;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => command(org, request(2), 'same')),
    );
    expect(new Set(answers.map(({ total }) => total)).size).toBe(1);
    expect(ran).toBe(before + 1);
  });

  it('belongs to its organisation: another may use the same id', async () => {
    await command(other, request(1), 'anything');
    const before = ran;
    await command(other, request(1), 'anything');
    expect(ran).toBe(before);
  });

  it('leaves no receipt when its work throws, so that a retry runs', async () => {
    const failing = place.db.tenant(org, (tx) =>
      once(tx, { requestId: request(3), content: 1 }, codec, async () => {
        throw new Error('first try');
      }),
    );
    await expect(failing).rejects.toThrow('first try');
    const before = ran;
    await command(org, request(3), 1);
    expect(ran).toBe(before + 1);
  });
});
