import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import type { Judgment, Procedure, Proceeding } from '@recourse/proto/litigation/v1/matters.ts';
import { Matter as MatterCodec } from '@recourse/proto/litigation/v1/matters.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { clockOf } from './debt-clock.ts';
import { actsFor, eventsFor } from './file-events.ts';
import { deadlines } from './law/deadline.ts';
import { procedureEventKinds } from './law/deadline-rule.ts';

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

describe('the deadlines of a preservation', () => {
  const filed: Steps = [['filed', '2026-03-02']];
  const executed: Steps = [...filed, ['granted', '2026-03-04'], ['executed', '2026-03-06']];
  const happening = { happeningId: 'h', on: '2026-03-02' };
  const made = (
    procedure: Procedure,
    steps: Steps,
    kinds: string[] = [],
    more: Proceeding[] = [],
  ) => {
    const one = proceeding('preservation', procedure, steps);
    const { proceedings } = MatterCodec.fromPartial({
      proceedings: [{ ...one, happenings: kinds.map((kind) => ({ ...happening, kind })) }],
    });
    const matter = MatterCodec.fromPartial({ proceedings: [...proceedings, ...more] });
    const [own] = matter.proceedings;
    if (own === undefined) throw new Error('no proceeding');
    const events = eventsFor(matter, own, [], tracks, procedureEventKinds);
    return deadlines('preservation', events, calendar, law).map(
      (each) => [each.deadline, each.dueOn, each.fatal, each.metBy !== undefined] as const,
    );
  };
  const preSuit = 'PROCEDURE_PRESERVATION_PRE_SUIT';
  const inSuit = 'PROCEDURE_PRESERVATION_IN_SUIT';

  it('before a suit: 48 hours to rule, and thirty days to sue, off the holiday (art. 104)', () => {
    expect(made(preSuit, executed)).toEqual([
      ['rule_on_urgent_preservation', '2026-03-04', false, true],
      ['execute_preservation', '2026-03-09', false, true],
      ['sue_after_preservation', '2026-04-07', true, false],
    ]);
  });

  it('before a suit are met by the suit, be it filed before the freeze took hold', () => {
    const filedOn = (on: string) => [proceeding('suit', 'PROCEDURE_ORDINARY', [['filed', on]])];
    for (const on of ['2026-03-05', '2026-03-20']) {
      expect(made(preSuit, executed, [], filedOn(on)).at(-1)).toEqual([
        'sue_after_preservation',
        '2026-04-07',
        true,
        true,
      ]);
    }
  });

  it('in a suit give five days to rule, 48 hours when it is urgent, and none to sue', () => {
    expect(made(inSuit, filed)).toEqual([['rule_on_preservation', '2026-03-09', false, false]]);
    const urgent = made(inSuit, filed, ['preservation_applied_urgently']);
    expect(urgent).toEqual([['rule_on_urgent_preservation', '2026-03-04', false, false]]);
    expect(made(inSuit, executed).map(([name]) => name)).not.toContain('sue_after_preservation');
  });
});
