import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { ListDebtsRequest } from '@recourse/proto/litigation/v1/limitation.ts';
import { letter, opened, tellAll } from './letter-rig.ts';
import { assert, up } from './migrations/0011-letters.ts';
import { type Creditor, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Creditor;
const officer = () => creditor.as('legal_officer');

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

async function debtOf(debtId: string) {
  return (await stage.limitation.getDebt({ debtId }, await officer())).debt;
}

/** What is under way of a debt: to whom, of what kind, since when. */
async function underWay(debtId: string): Promise<string[]> {
  const letters = (await debtOf(debtId))?.lettersUnderWay ?? [];
  return letters.map(({ party, kind, sentOn }) => `${party} ${kind} ${sentOn}`);
}

/** A debt with two letters under way, one that came back and one that arrived. */
async function debtWithLetters(order: 'as_given' | 'reversed'): Promise<string> {
  const debtId = randomUUIDv7();
  const [waiting] = letter(debtId, { on: '2026-05-04', kind: 'LAWYERS_LETTER' });
  const [guarantors] = letter(debtId, { on: '2026-05-06', party: 'GUARANTOR' });
  const returned = letter(debtId, { on: '2026-06-01', outcome: 'RETURNED' });
  const arrived = letter(debtId, { on: '2026-03-02' });
  const told = [opened(debtId), waiting, guarantors, ...returned, ...arrived];
  await tellAll(stage, creditor, told, order);
  await eventually(async () => expect((await debtOf(debtId))?.events).toHaveLength(5));
  return debtId;
}

const waiting = ['DEBTOR LAWYERS_LETTER 2026-05-04', 'GUARANTOR DEMAND 2026-05-06'];

describe('a letter', () => {
  it.each(['as_given', 'reversed'] as const)(
    'is under way until its fate is told, and does not count meanwhile: %s',
    async (order) => {
      const debtId = await debtWithLetters(order);
      expect(await underWay(debtId)).toEqual(waiting);
      const debt = await debtOf(debtId);
      expect(debt?.clock?.lastInterruptionOn).toBe('2026-03-02');
      expect(debt?.lettersUnderWay[0]).toMatchObject({ means: 'EMS', trackingNumber: '123' });
    },
  );

  it('stands in the list of clocks as well', async () => {
    const debtId = await debtWithLetters('as_given');
    const asked = ListDebtsRequest.fromPartial({ page: { size: 200 } });
    const { debts } = await stage.limitation.listDebts(asked, await officer());
    const row = debts.find((one) => one.debtId === debtId);
    expect(row?.lettersUnderWay).toHaveLength(2);
  });

  it('is no longer under way once its sending was struck by hand', async () => {
    const debtId = await debtWithLetters('as_given');
    const eventId = (await debtOf(debtId))?.lettersUnderWay[0]?.letterId ?? '';
    const struck = { debtId, eventId, reason: '未寄出', requestId: randomUUIDv7() };
    await stage.limitation.strikeLimitationEvent(struck, await officer());
    expect(await underWay(debtId)).toEqual(waiting.slice(1));
  });
});

describe('letters that were sent before they were kept', () => {
  it('are carried over, and what may have arrived is not under way', async () => {
    const debtId = await debtWithLetters('as_given');
    await stage.service.ownerQuery('DELETE FROM letter');
    expect(await underWay(debtId)).toEqual([]);
    for (const sql of up.filter((one) => one.includes('INSERT INTO letter'))) {
      await stage.service.ownerQuery(sql);
    }
    expect(await underWay(debtId)).toEqual(waiting);
    expect(await stage.service.ownerQuery(assert)).toEqual([]);
  });
});
