import { describe, expect, it } from '@jest/globals';
import { endsStage, type StageFact, stageOf, stageOfLetter, stageOfProcedure } from './stage.ts';

const stands = (stage: StageFact['stage']): StageFact => ({ stage, ended: false });
const ended = (stage: StageFact['stage']): StageFact => ({ stage, ended: true });

describe('the stage of a case', () => {
  it.each<[StageFact[], string]>([
    [[], 'SOFT_COLLECTION'],
    [[stands('PRE_LITIGATION')], 'PRE_LITIGATION'],
    [[stands('LITIGATION'), stands('PRE_LITIGATION')], 'LITIGATION'],
    [[stands('ASSET_RECOVERY'), stands('LITIGATION')], 'ASSET_RECOVERY'],
    [[ended('LITIGATION'), stands('PRE_LITIGATION')], 'PRE_LITIGATION'],
    [[ended('ASSET_RECOVERY')], 'SOFT_COLLECTION'],
  ])('by %j is %s', (facts, stage) => {
    expect(stageOf(facts)).toBe(stage);
  });

  it.each([
    ['LAWYERS_LETTER', 'PRE_LITIGATION'],
    ['DEMAND', undefined],
  ])('after a letter of kind %s is %s', (kind, stage) => {
    expect(stageOfLetter(kind)).toBe(stage);
  });

  it.each([
    ['PROCEDURE_ORDINARY', 'LITIGATION'],
    ['PROCEDURE_ENFORCEMENT', 'ASSET_RECOVERY'],
    ['PROCEDURE_BANKRUPTCY_CLAIM', 'ASSET_RECOVERY'],
  ])('in %s is %s', (procedure, stage) => {
    expect(stageOfProcedure(procedure)).toBe(stage);
  });

  it.each([
    ['MATTER_OUTCOME_WITHDRAWN', true],
    ['MATTER_OUTCOME_NO_ASSETS', false],
  ])('after a matter that closed with %s ends: %s', (outcome, ends) => {
    expect(endsStage(outcome)).toBe(ends);
  });
});
