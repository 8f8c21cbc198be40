import { describe, expect, it } from '@jest/globals';
import type { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import { tracks } from '../rules/tracks.ts';
import { gateClosed, stageOf, trackOf } from './track.ts';

function at(procedure: Procedure, ...stages: string[]) {
  const moves = stages.map((stage) => ({
    moveId: '',
    stage,
    on: '2026-01-05',
    note: '',
    actor: undefined,
    recordedAt: undefined,
    correctedFrom: '',
    correctionReason: '',
  }));
  return { procedure, stage: stages.at(-1) ?? '', moves };
}

describe('the tracks', () => {
  it.each(tracks.map((track) => [track.procedure, track] as const))(
    '%s lead only to stages of their own, and each can be reached and left',
    (_procedure, track) => {
      const reached = new Set([track.stages[0]?.name, ...track.stages.flatMap((one) => one.next)]);
      for (const stage of track.stages) {
        for (const next of stage.next) expect(stageOf(track, next).name).toBe(next);
        expect(reached).toContain(stage.name);
        expect(stage.ends === true).toBe(stage.next.length === 0);
      }
    },
  );

  it('refuse a stage they do not have', () => {
    const track = trackOf(tracks, 'PROCEDURE_APPEAL');
    expect(() => stageOf(track, 'auctioned')).toThrow('stage_unknown');
  });
});

describe('the gates', () => {
  const ordinary = 'PROCEDURE_ORDINARY';
  const order = 'PROCEDURE_PAYMENT_ORDER';
  const preSuit = 'PROCEDURE_PRESERVATION_PRE_SUIT';
  const none: ReturnType<typeof at>[] = [];
  it.each([
    [ordinary, none, undefined],
    [ordinary, [at(order, 'preparing', 'filed')], 'payment_order_still_runs'],
    [ordinary, [at(order, 'preparing', 'filed', 'objected')], undefined],
    [ordinary, [at('PROCEDURE_SUMMARY', 'preparing')], 'suit_already_brought'],
    [ordinary, [at('PROCEDURE_SUMMARY', 'filed', 'withdrawn')], undefined],
    [ordinary, [at('PROCEDURE_SUMMARY', 'filed', 'effective')], 'claims_already_decided'],
    [order, [at(preSuit, 'preparing', 'filed')], 'pre_suit_preservation_bars_payment_order'],
    [order, [at(preSuit, 'preparing')], undefined],
    [preSuit, [at(ordinary, 'preparing', 'filed')], 'suit_already_brought'],
    ['PROCEDURE_PRESERVATION_IN_SUIT', [at(ordinary, 'preparing')], 'no_suit_to_secure'],
    ['PROCEDURE_PRESERVATION_IN_SUIT', [at(ordinary, 'preparing', 'filed')], undefined],
    ['PROCEDURE_APPEAL', [at('PROCEDURE_SMALL_CLAIMS', 'effective')], 'no_judgment_to_appeal'],
    ['PROCEDURE_APPEAL', [at(ordinary, 'judgment_served')], undefined],
    ['PROCEDURE_ENFORCEMENT', none, 'nothing_to_enforce'],
    ['PROCEDURE_ENFORCEMENT', [at(order, 'effective')], undefined],
    ['PROCEDURE_BANKRUPTCY_CLAIM', [at(ordinary, 'preparing', 'filed')], undefined],
  ] as const)('of %s beside %j: %s', (procedure, proceedings, reason) => {
    expect(gateClosed(tracks, procedure, proceedings)).toBe(reason);
  });
});
