/** Where a debt is in its life (domain.md 2), from what happened to its case. */

export type Stage = 'SOFT_COLLECTION' | 'PRE_LITIGATION' | 'LITIGATION' | 'ASSET_RECOVERY';

/** One thing that put a case into a stage: a letter, or a matter as far as it has come. */
export type StageFact = { stage: Stage; ended: boolean };

const rank: Readonly<Record<Stage, number>> = {
  SOFT_COLLECTION: 0,
  PRE_LITIGATION: 1,
  LITIGATION: 2,
  ASSET_RECOVERY: 3,
};

/** The further of two stages. */
export function further(one: Stage, other: Stage): Stage {
  return rank[other] > rank[one] ? other : one;
}

/** The stage that the facts which still stand have brought a case to. */
export function stageOf(facts: readonly StageFact[]): Stage {
  return facts.reduce<Stage>(
    (stage, fact) => (fact.ended ? stage : further(stage, fact.stage)),
    'SOFT_COLLECTION',
  );
}

/** The final letter (律师函) names the legal means; no other letter leaves soft collection. */
export function stageOfLetter(kind: string): Stage | undefined {
  return kind === 'LAWYERS_LETTER' ? 'PRE_LITIGATION' : undefined;
}

const assetProcedures = ['PROCEDURE_ENFORCEMENT', 'PROCEDURE_BANKRUPTCY_CLAIM'];

/** A matter is litigation; enforcement and the claim in a bankruptcy go for the assets. */
export function stageOfProcedure(procedure: string): Stage {
  return assetProcedures.includes(procedure) ? 'ASSET_RECOVERY' : 'LITIGATION';
}

/** A matter without assets may be enforced again at any time (终本), so it goes on. */
export function endsStage(outcome: string): boolean {
  return outcome !== 'MATTER_OUTCOME_NO_ASSETS';
}
