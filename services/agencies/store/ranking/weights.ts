import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { defaultWeights, type Weights } from '../../domain/ranking/rules.ts';
import { ruleOn } from '../../domain/rules.ts';
import { lockByName } from '../lock.ts';
import type { Made } from '../telling.ts';

export type KnownWeights = { weights: Weights; version: bigint };

/** The creditor's weights; the defaults of the day, as version 0, while it has set none. */
export async function weightsFor(tx: Tx, today: Day): Promise<KnownWeights> {
  const [row] = await tx.query<KnownWeights>(
    'SELECT weights, version FROM ranking_weights WHERE org_id = $1',
    [tx.orgId],
  );
  return row ?? { weights: ruleOn(defaultWeights, today), version: 0n };
}

/** Sets them. Fault: `stale` weights_changed_meanwhile. */
export async function saveWeights(
  tx: Tx,
  weights: Weights,
  expectedVersion: bigint,
  made: Made & { today: Day },
): Promise<bigint> {
  await lockByName(tx, 'ranking_weights');
  const { version } = await weightsFor(tx, made.today);
  if (version !== expectedVersion) {
    throw fault('stale', 'weights_changed_meanwhile', { version: version.toString() });
  }
  await tx.query(
    `INSERT INTO ranking_weights (org_id, weights, set_by, set_at, version)
     VALUES ($1, $2::jsonb, $3::jsonb, $4, $5)
     ON CONFLICT (org_id) DO UPDATE SET weights = excluded.weights, set_by = excluded.set_by,
       set_at = excluded.set_at, version = excluded.version`,
    [tx.orgId, JSON.stringify(weights), JSON.stringify(made.actor), made.at, version + 1n],
  );
  return version + 1n;
}
