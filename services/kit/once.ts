import { isUuid } from './check.ts';
import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import { contentHash, namedUuid } from './hash.ts';

export type OnceCommand = {
  /** The client's uuid for this command; a retry carries the same one. */
  requestId: string;
  /** What the command says, without the request id; compared by hash. */
  content: unknown;
};

/** How an answer is kept: a ts-proto message's own `toJSON` and `fromJSON` fit. */
export type AnswerCodec<R> = { toJSON(answer: R): unknown; fromJSON(stored: unknown): R };

type Receipt = { content_hash: string; answer: unknown };

/**
 * Runs a command once per organisation and request id, whoever repeats it and when: the same
 * content gives the stored answer, other content is refused (`exists`
 * request_id_used_with_other_content). A repeat that comes while the first is at work waits for it.
 * Receipt and effect are one transaction. Receipts are kept for 30 days.
 */
export async function once<R>(
  tx: Pick<Tx, 'orgId' | 'query' | 'withCommit'>,
  command: OnceCommand,
  codec: AnswerCodec<R>,
  work: () => Promise<R>,
): Promise<R> {
  const { requestId } = command;
  if (!isUuid(requestId)) throw fault('invalid', 'request_id_is_not_a_uuid');
  const hash = contentHash(command.content);
  const fresh = await tx.query(
    `INSERT INTO command_receipt (org_id, request_id, content_hash) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING request_id`,
    [tx.orgId, requestId, hash],
  );
  if (fresh.length === 0) return codec.fromJSON(await storedAnswer(tx, requestId, hash));
  const answer = await work();
  const kept = tx.query(
    'UPDATE command_receipt SET answer = $3::jsonb WHERE org_id = $1 AND request_id = $2',
    [tx.orgId, requestId, JSON.stringify(codec.toJSON(answer) ?? null)],
  );
  tx.withCommit(kept);
  return answer;
}

/** The same for neighbours too, which send no id and so repeat nothing. */
export function onceOrNow<R>(
  tx: Parameters<typeof once>[0],
  command: OnceCommand,
  codec: AnswerCodec<R>,
  work: () => Promise<R>,
): Promise<R> {
  return command.requestId === '' ? work() : once(tx, command, codec, work);
}

/**
 * The same once for each organisation that calls, in whoever's transaction it runs: the ids of one
 * are kept apart from those of the other.
 */
export function onceForCaller<R>(
  tx: Parameters<typeof once>[0],
  { caller }: { caller: { orgId: string } },
  command: OnceCommand,
  codec: AnswerCodec<R>,
  work: () => Promise<R>,
): Promise<R> {
  if (command.requestId === '') return work();
  const requestId = namedUuid(caller.orgId, command.requestId);
  return once(tx, { requestId, content: command.content }, codec, work);
}

async function storedAnswer(
  tx: Pick<Tx, 'query' | 'orgId'>,
  requestId: string,
  hash: string,
): Promise<unknown> {
  const [receipt] = await tx.query<Receipt>(
    'SELECT content_hash, answer FROM command_receipt WHERE org_id = $1 AND request_id = $2',
    [tx.orgId, requestId],
  );
  if (receipt?.content_hash !== hash) {
    throw fault('exists', 'request_id_used_with_other_content', { requestId });
  }
  return receipt.answer;
}
