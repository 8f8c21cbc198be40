import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import {
  DebtType,
  type Matter,
  MatterState,
  Procedure,
} from '@recourse/proto/litigation/v1/matters.ts';
import { type Creditor, setStage, type Stage } from './stage.ts';

// On a busy machine what follows by event takes its time.
jest.setTimeout(30_000);

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
}, 120_000);

afterAll(() => stage.stop());

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

async function openMatter(creditor: Creditor, minor = 50_000_000n) {
  const basis = stage.openCase({ open: cny(minor) });
  const matterId = randomUUIDv7();
  const request = {
    matterId,
    caseIds: [basis.caseId],
    title: '',
    debtType: DebtType.SALE_OF_GOODS,
    province: '上海市',
  };
  const { matter } = await stage.matters.openMatter(request, await creditor.as('legal_officer'));
  if (matter === undefined) throw new Error('no matter');
  return { basis, request, matter };
}

/** Moves the matter's newest proceeding through stages, each with its day. */
async function walk(
  creditor: Creditor,
  matterId: string,
  proceedingId: string,
  steps: readonly (readonly [stage: string, on: string])[],
): Promise<Matter | undefined> {
  let last: Matter | undefined;
  for (const [name, on] of steps) {
    const answer = await stage.matters.moveProceeding(
      {
        matterId,
        proceedingId,
        stage: name,
        on,
        note: '',
        docketNumber: '',
        court: '',
        expectedVersion: 0n,
        requestId: randomUUIDv7(),
      },
      await creditor.as('legal_officer'),
    );
    last = answer.matter;
  }
  return last;
}

describe('a matter of one case', () => {
  let creditor: Creditor;

  beforeAll(() => {
    creditor = stage.creditor();
  });

  it('keeps what the case said, claims its open amount and names both sides', async () => {
    const { matter, request, basis } = await openMatter(creditor);
    expect(matter).toMatchObject({
      state: MatterState.OPEN,
      title: '远望机电诉上海恒达机械有限公司',
      claimed: cny(50_000_000n),
      cases: [{ caseId: basis.caseId, open: cny(50_000_000n), oldestDueDate: '2025-06-30' }],
      evidenceGaps: 5,
    });
    expect(matter.number).toMatch(/^L-\d{4}-0001$/);
    const again = await stage.matters.openMatter(request, await creditor.as('legal_officer'));
    expect(again.matter?.number).toBe(matter.number);
    const other = { ...request, debtType: DebtType.LOAN };
    await expect(
      stage.matters.openMatter(other, await creditor.as('legal_officer')),
    ).rejects.toMatchObject({ kind: 'exists', reason: 'matter_exists_with_other_content' });
    const second = { ...request, matterId: randomUUIDv7() };
    await expect(
      stage.matters.openMatter(second, await creditor.as('legal_officer')),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'case_in_open_matter' });
  });

  it('goes through suit and judgment with exact fees', async () => {
    const { matter } = await openMatter(creditor);
    const { matterId } = matter;
    const proceedingId = randomUUIDv7();
    const asked = { matterId, proceedingId, court: '上海市浦东新区人民法院', on: '2026-01-05' };
    const call = await creditor.as('legal_officer');
    await stage.matters.openProceeding({ ...asked, procedure: Procedure.ORDINARY }, call);
    const served = await walk(creditor, matterId, proceedingId, [
      ['filed', '2026-01-08'],
      ['docketed', '2026-01-12'],
      ['served', '2026-01-19'],
      ['heard', '2026-03-02'],
      ['judgment_made', '2026-03-20'],
      ['judgment_served', '2026-03-25'],
    ]);
    expect(served?.proceedings[0]?.fee).toMatchObject({
      exact: cny(880_000n),
      rounded: cny(880_000n),
      prepaid: true,
    });
    expect(served?.proceedings[0]?.nextStages).toEqual(['effective', 'appealed', 'lost']);
  });
});
