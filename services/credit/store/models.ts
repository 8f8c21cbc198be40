import { decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { CreditModel, FitModelRequest } from '@recourse/proto/credit/v1/models.ts';
import { type Model, readModel } from '../domain/fitting/model.ts';

export type StoredModel = { model: CreditModel; command: FitModelRequest };

type Row = { content: unknown; command: unknown };

function stored(row: Row): StoredModel {
  return {
    model: CreditModel.fromJSON(row.content),
    command: FitModelRequest.fromJSON(row.command),
  };
}

/** A model, locked until the transaction ends. */
export async function modelForUpdate(tx: Tx, modelId: string): Promise<StoredModel | undefined> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [modelId]);
  const [row] = await tx.query<Row>(
    'SELECT content, command FROM credit_model WHERE org_id = $1 AND model_id = $2 FOR UPDATE',
    [tx.orgId, modelId],
  );
  return row === undefined ? undefined : stored(row);
}

export async function getModel(tx: Tx, modelId: string): Promise<StoredModel | undefined> {
  const [row] = await tx.query<Row>(
    'SELECT content, command FROM credit_model WHERE org_id = $1 AND model_id = $2',
    [tx.orgId, modelId],
  );
  return row === undefined ? undefined : stored(row);
}

/** The short word of a state, as its column holds it. */
function word(model: CreditModel): string {
  return model.state.replace('MODEL_STATE_', '');
}

export async function insertModel(tx: Tx, { model, command }: StoredModel): Promise<void> {
  await tx.query(
    `INSERT INTO credit_model (org_id, model_id, state, asked_at, command, content)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      tx.orgId,
      model.modelId,
      word(model),
      model.askedAt,
      JSON.stringify(FitModelRequest.toJSON(command)),
      JSON.stringify(CreditModel.toJSON(model)),
    ],
  );
}

export async function saveModel(tx: Tx, model: CreditModel): Promise<void> {
  await tx.query(
    'UPDATE credit_model SET state = $3, content = $4 WHERE org_id = $1 AND model_id = $2',
    [tx.orgId, model.modelId, word(model), JSON.stringify(CreditModel.toJSON(model))],
  );
}

/** Keeps what a fit made. */
export async function saveFitted(tx: Tx, modelId: string, fitted: string): Promise<void> {
  await tx.query('UPDATE credit_model SET fitted = $3::jsonb WHERE org_id = $1 AND model_id = $2', [
    tx.orgId,
    modelId,
    fitted,
  ]);
}

/** The fitted model of an id, once there is one. */
export async function fittedModel(tx: Tx, modelId: string): Promise<Model | undefined> {
  const [row] = await tx.query<{ fitted: unknown }>(
    'SELECT fitted FROM credit_model WHERE org_id = $1 AND model_id = $2 AND fitted IS NOT NULL',
    [tx.orgId, modelId],
  );
  return row === undefined ? undefined : readModel(row.fitted);
}

/** The model customers are rated by, when it is not the shipped card. */
export async function activeModel(
  tx: Tx,
): Promise<{ modelId: string; version: string; fitted: Model } | undefined> {
  const [row] = await tx.query<{ model_id: string; content: unknown; fitted: unknown }>(
    "SELECT model_id, content, fitted FROM credit_model WHERE org_id = $1 AND state = 'ACTIVE'",
    [tx.orgId],
  );
  if (row === undefined) return undefined;
  const { name, fittedAt } = CreditModel.fromJSON(row.content);
  const version = `${name} ${(fittedAt ?? '').slice(0, 10)}`;
  return { modelId: row.model_id, version, fitted: readModel(row.fitted) };
}

/** The id of the model in use, locked so that two activations come one after the other. */
export async function activeForUpdate(tx: Tx): Promise<CreditModel | undefined> {
  const [row] = await tx.query<{ content: unknown }>(
    "SELECT content FROM credit_model WHERE org_id = $1 AND state = 'ACTIVE' FOR UPDATE",
    [tx.orgId],
  );
  return row === undefined ? undefined : CreditModel.fromJSON(row.content);
}

/** A page of models, newest first, without their details. */
export async function listModels(
  tx: Tx,
  page: { size: number; cursor: string },
): Promise<{ models: CreditModel[]; nextCursor: string; count: bigint }> {
  const hash = contentHash({ list: 'models' });
  const [counted] = await tx.query<{ count: bigint }>(
    'SELECT count(*) FROM credit_model WHERE org_id = $1',
    [tx.orgId],
  );
  const after = page.cursor === '' ? undefined : decodeCursor(page.cursor, hash);
  const rows = await tx.query<{ content: unknown; asked_at: string; model_id: string }>(
    `SELECT content - 'characteristics' - 'validations' AS content, asked_at, model_id
       FROM credit_model WHERE org_id = $1
        AND ($2::timestamptz IS NULL OR (asked_at, model_id) < ($2::timestamptz, $3::uuid))
      ORDER BY asked_at DESC, model_id DESC LIMIT ${page.size + 1}`,
    [tx.orgId, after?.[0] ?? null, after?.[1] ?? null],
  );
  const kept = rows.slice(0, page.size);
  const last = rows.length > page.size ? kept.at(-1) : undefined;
  return {
    models: kept.map((row) => CreditModel.fromJSON(row.content)),
    nextCursor: last === undefined ? '' : encodeCursor([last.asked_at, last.model_id], hash),
    count: counted?.count ?? 0n,
  };
}
