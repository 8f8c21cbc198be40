import { describe, expect, it } from '@jest/globals';
import { knownPeople } from './known-people';

const caller = { userId: 'u-1', userName: '林静', orgId: 'o-1' };

describe('the people to whom a case can be given', () => {
  it('are the caller, holders of cases and who acted for the organisation, once each', () => {
    const found = knownPeople(
      caller,
      [
        { assigneeId: 'u-2', assigneeName: '周芷' },
        { assigneeId: '', assigneeName: '' },
      ],
      [
        { userId: 'u-2', name: '周芷', orgId: 'o-1' },
        { userId: 'u-3', name: '陈一', orgId: 'o-1' },
        undefined,
      ],
    );
    expect(found.map((one) => one.userId).toSorted()).toEqual(['u-1', 'u-2', 'u-3']);
  });

  it('are nobody of an agency', () => {
    const agent = { userId: 'u-9', name: '外部人员', orgId: 'o-2' };
    expect(knownPeople(caller, [], [agent])).toEqual([{ userId: 'u-1', name: '林静' }]);
  });
});
