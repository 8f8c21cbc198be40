import { randomUUIDv7 } from 'node:crypto';
import type { Ids, Person, Send } from './people.ts';

/** The handover pack of a case, with a paper in it, and what the creditor demands of all packs. */
export async function makePack(
  send: Send,
  director: Person,
  of: { caseId: string; canary: string },
): Promise<Ids> {
  const paperId = randomUUIDv7();
  const put = async (path: string, body: unknown, headers = {}): Promise<void> => {
    const { status, text } = await send(director, 'put', path, { body, headers });
    if (status !== 200) throw new Error(`put ${path}: ${status} ${text}`);
  };
  const said = new TextEncoder().encode(`${of.canary} contract`);
  const about = { 'content-type': 'application/pdf', 'x-file-name': 'contract.pdf' };
  await put(`/v1/uploads/${paperId}`, said, about);
  const paper = { caseIds: [of.caseId], item: 'PACK_ITEM_CONTRACT', title: of.canary };
  await put(`/v1/pack-papers/${paperId}`, paper);
  await put(`/v1/cases/${of.caseId}/pack`, { background: of.canary, liaison: { name: 'Wang' } });
  await put('/v1/pack-policy', { policy: { required: ['PACK_ITEM_CONTRACT'], floorBps: 9000 } });
  return { paperId };
}
