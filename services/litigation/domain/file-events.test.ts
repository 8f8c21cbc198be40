import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import type { Judgment, Procedure, Proceeding } from '@recourse/proto/litigation/v1/matters.ts';
import { Matter as MatterCodec } from '@recourse/proto/litigation/v1/matters.ts';
import { prcCalendar } from '../rules/law/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { clockOf } from './debt-clock.ts';
import { actsFor } from './file-events.ts';

const calendar = prcCalendar();

type Steps = readonly (readonly [string, string])[];

const proceeding = (proceedingId: string, procedure: Procedure, steps: Steps): Proceeding => {
  const { proceedings } = MatterCodec.fromPartial({
    proceedings: [
      {
        proceedingId,
        procedure,
        stage: steps.at(-1)?.[0] ?? '',
        ended: ['effective', 'no_assets', 'completed'].includes(steps.at(-1)?.[0] ?? ''),
        moves: steps.map(([stage, on]) => ({ moveId: `${proceedingId} ${stage}`, stage, on })),
      },
    ],
  });
  const [one] = proceedings;
  if (one === undefined) throw new Error('no proceeding');
  return one;
};

const suit = proceeding('suit', 'PROCEDURE_ORDINARY', [
  ['filed', '2024-06-10'],
  ['effective', '2024-12-01'],
]);
const judgment: Partial<Judgment> = {
  judgmentId: 'judgment',
  proceedingId: 'suit',
  effectiveOn: '2024-12-01',
  performBy: '2024-12-15',
};

describe('the clock of a debt whose judgment is enforced', () => {
  const clock = (...steps: Steps) => {
    const matter = MatterCodec.fromPartial({
      cases: [{ caseId: 'case' }],
      judgments: [judgment],
      proceedings: [suit, proceeding('enforcement', 'PROCEDURE_ENFORCEMENT', steps)],
    });
    const debt = { dueDay: '2024-03-05', amount: { currency: 'CNY', minor: 10_000_000n } };
    const { state, expiresOn } = clockOf(
      debt,
      actsFor(matter, tracks),
      day('2026-05-04'),
      calendar,
      law,
    );
    return `${state} ${expiresOn ?? '-'}`;
  };

  it.each<[string, Steps, string]>([
    ['is under way', [['filed', '2025-10-15']], 'enforcement_pending -'],
    [
      'ended for lack of assets: again at any time (民诉法解释 art. 517)',
      [
        ['filed', '2025-10-15'],
        ['no_assets', '2026-01-15'],
      ],
      'reapply_any_time -',
    ],
    [
      'brought all of it: nothing runs any more',
      [
        ['filed', '2025-10-15'],
        ['completed', '2026-01-15'],
      ],
      'ended -',
    ],
  ])('when it %s', (_name, steps, expected) => {
    expect(clock(...steps)).toBe(expected);
  });
});
