import { describe, expect, it } from '@jest/globals';
import { LineMark, MarkStatementLineResponse } from '@recourse/proto/web/agencies/v1/commission';
import { Problem } from '../session/problem';
import { markQueue } from './mark-queue';

const tick = (lineId: string) => ({ lineId, mark: LineMark.TICKED, holdReason: '' });

describe('quick ticks', () => {
  it('are all sent, one after another', async () => {
    const sent: string[] = [];
    let under = 0;
    const queue = markQueue(async (_id, { lineId }) => {
      under += 1;
      expect(under).toBe(1);
      await new Promise((resolve) => setTimeout(resolve));
      under -= 1;
      sent.push(lineId);
      return MarkStatementLineResponse.fromPartial({});
    });
    const all = queue.add([tick('a')]);
    void queue.add([tick('b')]);
    void queue.add([tick('c'), tick('d')]);
    expect([...queue.waiting().keys()]).toEqual(['a', 'b', 'c', 'd']);
    await all;
    expect(sent).toEqual(['a', 'b', 'c', 'd']);
    expect([queue.waiting().size, queue.answered().size]).toEqual([0, 4]);
  });

  it('stop at one that is refused and say why', async () => {
    const queue = markQueue((_id, { lineId }) =>
      lineId === 'b'
        ? Promise.reject(new Problem({ status: 409, reason: 'statement_closed' }))
        : Promise.resolve(MarkStatementLineResponse.fromPartial({})),
    );
    await queue.add([tick('a'), tick('b'), tick('c')]);
    expect(queue.problem()?.reason).toBe('statement_closed');
    expect([[...queue.answered().keys()], queue.waiting().size]).toEqual([['a'], 0]);
  });
});
