import { describe, expect, it } from '@jest/globals';
import { Proceeding, Track } from '@recourse/proto/web/litigation/v1/matters';
import { trackSteps } from './track-view';

const track = Track.fromPartial({
  procedure: 'PROCEDURE_PRESERVATION_PRE_SUIT',
  stages: [
    { name: 'preparing', next: ['filed'] },
    { name: 'filed', next: ['granted', 'rejected'] },
    { name: 'granted', next: ['executed'] },
    { name: 'executed', next: ['renewed', 'lifted'] },
    { name: 'renewed', next: ['renewed', 'lifted'] },
    { name: 'rejected', ends: true },
    { name: 'lifted', ends: true },
  ],
});

function proceeding(stages: readonly string[], ended = false): Proceeding {
  return Proceeding.fromPartial({
    procedure: track.procedure,
    stage: stages.at(-1) ?? '',
    ended,
    moves: stages.map((stage, index) => ({ moveId: stage, stage, on: `2026-06-0${index + 1}` })),
  });
}

const drawn = (of: Proceeding, by: Track | undefined = track): string[] =>
  trackSteps(of, by).map((step) => `${step.name} ${step.state}`);

describe('a proceeding under way', () => {
  it('shows what was done, where it is and the usual way on', () => {
    expect(drawn(proceeding(['preparing', 'filed']))).toEqual([
      'preparing done',
      'filed now',
      'granted ahead',
      'executed ahead',
      'renewed ahead',
    ]);
  });

  it('follows a stage that repeats only once', () => {
    const stages = ['preparing', 'filed', 'granted', 'executed', 'renewed'];
    expect(drawn(proceeding(stages)).at(-1)).toBe('renewed now');
  });

  it('shows only its moves while the tracks are not read', () => {
    expect(trackSteps(proceeding(['preparing']), undefined)).toHaveLength(1);
  });
});

describe('a proceeding that has ended', () => {
  it('has nothing ahead', () => {
    expect(drawn(proceeding(['preparing', 'filed', 'rejected'], true))).toEqual([
      'preparing done',
      'filed done',
      'rejected done',
    ]);
  });
});
