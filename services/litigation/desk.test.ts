import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { DeadlineState } from '@recourse/proto/litigation/v1/deadlines.ts';
import {
  ClaimKind,
  DebtType,
  type Matter,
  PartyRole,
  Procedure,
} from '@recourse/proto/litigation/v1/matters.ts';
import { type Creditor, debtorId, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Creditor;
let matter: Matter;
const matterId = randomUUIDv7();
const proceedingId = randomUUIDv7();
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const officer = () => creditor.as('legal_officer');

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
  const cases = [cny(10_000_000n), cny(20_000_000n)].map((open) => stage.openCase({ open }));
  const caseIds = cases.map((one) => one.caseId);
  const debtType = DebtType.SALE_OF_GOODS;
  const asked = { matterId, caseIds, title: '', debtType, province: '上海市' };
  const opened = await stage.matters.openMatter(asked, await officer());
  if (opened.matter === undefined) throw new Error('no matter');
  matter = opened.matter;
  const begun = { matterId, proceedingId, procedure: Procedure.ORDINARY, court: '' };
  await stage.matters.openProceeding({ ...begun, on: '2026-01-05' }, await officer());
  for (const [name, on] of [
    ['filed', '2026-01-08'],
    ['docketed', '2026-01-12'],
    ['served', '2026-01-19'],
  ] as const) {
    const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n };
    const moved = { matterId, proceedingId, stage: name, on, ...said, requestId: randomUUIDv7() };
    await stage.matters.moveProceeding(moved, await officer());
  }
});

afterAll(() => stage.stop());

async function deadlines() {
  const filter = { dueFrom: '', dueTo: '', onlyFatal: false, onlyUnconfirmed: false };
  const page = { size: 100, cursor: '' };
  const asked = { matterId, states: [DeadlineState.OPEN], ...filter, page };
  return (await stage.deadlines.listDeadlines(asked, await officer())).deadlines;
}

describe('the claims of two cases', () => {
  it('refuse another currency and a case of another matter', async () => {
    const [claim] = matter.claims;
    if (claim === undefined) throw new Error('no claim');
    for (const [wrong, reason] of [
      [{ amount: { currency: 'USD', minor: 1n } }, 'claim_in_other_currency'],
      [{ caseId: randomUUIDv7() }, 'claim_of_foreign_case'],
      [{ kind: ClaimKind.COSTS }, 'nothing_claimed'],
    ] as const) {
      const claims = [{ ...claim, ...wrong }];
      const asked = { matterId, claims, expectedVersion: 0n, requestId: randomUUIDv7() };
      const refused = stage.matters.setClaims(asked, await officer());
      await expect(refused).rejects.toMatchObject({ reason });
    }
    const stale = { matterId, claims: matter.claims, expectedVersion: 99n };
    const asked = { ...stale, requestId: randomUUIDv7() };
    await expect(stage.matters.setClaims(asked, await officer())).rejects.toMatchObject({
      kind: 'stale',
    });
  });

  it('share a cost by what each claims, to the fen', async () => {
    const cost = { what: 'lawyer_fee', amount: cny(1_000_001n), paidOn: '2026-02-02' };
    const asked = { matterId, costId: randomUUIDv7(), ...cost, reference: '', note: '' };
    const { entry } = await stage.money.recordCost(asked, await officer());
    const shares = entry?.shares.map((one) => one.amount?.minor ?? 0n) ?? [];
    expect(shares).toEqual([333_334n, 666_667n]);
    const again = await stage.money.recordCost(asked, await officer());
    expect(again.entry).toEqual(entry);
    const other = stage.money.recordCost({ ...asked, amount: cny(1n) }, await officer());
    await expect(other).rejects.toMatchObject({ reason: 'entry_exists_with_other_content' });
  });
});

describe('a fee notice', () => {
  it('starts seven days, and being paid ends them', async () => {
    const happening = {
      matterId,
      happeningId: randomUUIDv7(),
      proceedingId,
      kind: 'fee_notice_received',
      on: '2026-01-13',
      party: 'us',
      days: 0,
      until: '',
      deadline: '',
      replacesId: '',
      note: '',
    };
    await stage.matters.recordHappening(happening, await officer());
    const due = (await deadlines()).find((one) => one.fromWhat === happening.happeningId);
    // 诉讼费用交纳办法 art. 22: seven days from the day after the notice.
    expect(due).toMatchObject({ dueDay: '2026-01-20', boundParty: 'us' });
    const early = { ...happening, happeningId: randomUUIDv7(), on: '2026-01-01' };
    await expect(stage.matters.recordHappening(early, await officer())).rejects.toMatchObject({
      reason: 'served_before_filed',
    });
    const paid = { ...happening, happeningId: randomUUIDv7(), kind: 'fee_paid', on: '2026-01-15' };
    await stage.matters.recordHappening(paid, await officer());
    const left = (await deadlines()).map((one) => one.deadlineId);
    expect(left).not.toContain(due?.deadlineId);
  });
});

describe('a hearing', () => {
  it('moves what is counted from its day when it is postponed', async () => {
    const hearingId = randomUUIDv7();
    const at = '2027-03-10T01:00:00.000Z';
    const hearing = { matterId, hearingId, proceedingId, at, place: '第三法庭', judge: '' };
    const set = { ...hearing, kind: 'first_hearing' };
    await stage.deadlines.putHearing(set, await officer());
    const before = (await deadlines()).filter((one) => one.fromWhat === hearingId);
    const postponed = { matterId, hearingId, at: '2027-04-14T01:00:00Z', reason: '法官另有庭审' };
    const asked = { ...postponed, requestId: randomUUIDv7() };
    const answer = await stage.deadlines.postponeHearing(asked, await officer());
    expect(answer.hearing).toMatchObject({ postponed: 1, previousAt: at });
    const after = (await deadlines()).filter((one) => one.fromWhat === hearingId);
    expect(after.map((one) => one.deadlineId)).toEqual(before.map((one) => one.deadlineId));
    expect(before.map((one) => one.rule)).toEqual(['notice_of_hearing']);
    expect(after).toMatchObject([{ recomputed: 1, previousDay: before[0]?.dueDay }]);
    const range = { matterId, fromDay: '2027-04-14', toDay: '2027-04-14' };
    const page = { size: 10, cursor: '' };
    const listed = await stage.deadlines.listHearings({ ...range, page }, await officer());
    expect(listed.hearings.map((one) => one.hearingId)).toEqual([hearingId]);
  });
});

describe('the lawyer of a matter', () => {
  const fee = { fixed: cny(2_000_000n), successBps: 1_000 };
  const terms = { scope: 'special', fee, engagedOn: '2026-01-04' };
  const lawyer = {
    lawyerName: '顾言',
    firm: '上海衡正律师事务所',
    phone: '021-5555 0101',
    ...terms,
  };
  const engage = async (engagement: typeof lawyer, expectedVersion = 0n) => {
    const asked = { matterId, engagement, expectedVersion, requestId: randomUUIDv7() };
    return stage.matters.setEngagement(asked, await officer());
  };

  it('is engaged with scope and fee, in the currency of the matter', async () => {
    const { matter: engaged } = await engage(lawyer);
    expect(engaged?.engagement).toMatchObject(lawyer);
    const dollars = { fixed: { currency: 'USD', minor: 1n }, successBps: 0 };
    await expect(engage({ ...lawyer, fee: dollars })).rejects.toMatchObject({
      reason: 'fee_in_other_currency',
    });
    await expect(engage({ ...lawyer, scope: 'all' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(engage(lawyer, 1n)).rejects.toMatchObject({ kind: 'stale' });
    const read = await stage.matters.getMatter({ matterId }, await creditor.as('director'));
    expect(read.matter?.engagement).toMatchObject(lawyer);
  });

  it('costs what was agreed: the fixed part, and the rest as likely as the money', async () => {
    const likely = { winBps: 8_000, collectBps: 5_000, months: 0, capitalBps: 0 };
    const asked = { matterId, ...likely, timeCost: cny(0n), withPreservation: false };
    const { lines } = await stage.money.evaluateWorth(asked, await officer());
    const named = Object.fromEntries(lines.map((line) => [line.name, line.amount?.minor]));
    // A tenth of 300,000 at 80 % and 50 %.
    expect(named).toMatchObject({ lawyer_fixed: -2_000_000n, lawyer_success: -1_200_000n });
  });
});

describe('the parties of a matter', () => {
  const set = async (parties: Matter['parties']) => {
    const asked = { matterId, parties, expectedVersion: 0n, requestId: randomUUIDv7() };
    return (await stage.matters.setParties(asked, await officer())).matter?.parties;
  };

  it('are both sides at least, each once, a guarantor beside them', async () => {
    const [plaintiff, defendant] = matter.parties;
    if (plaintiff === undefined || defendant === undefined) throw new Error('two sides are needed');
    for (const [parties, reason] of [
      [[defendant], 'no_plaintiff'],
      [[plaintiff], 'no_defendant'],
      [[plaintiff, defendant, defendant], 'party_twice'],
    ] as const) {
      await expect(set([...parties])).rejects.toMatchObject({ reason });
    }
    const role = PartyRole.GUARANTOR;
    const guarantor = { ...defendant, partyId: randomUUIDv7(), role, name: '苏州恒达控股有限公司' };
    expect(await set([plaintiff, defendant, guarantor])).toEqual([plaintiff, defendant, guarantor]);
  });
});

describe('what it is worth', () => {
  it('is shown with every input and adds up', async () => {
    const likely = { winBps: 9_000, collectBps: 5_000, months: 12, capitalBps: 0 };
    const asked = { matterId, ...likely, timeCost: cny(500_000n), withPreservation: true };
    const worth = await stage.money.evaluateWorth(asked, await creditor.as('director'));
    const total = worth.lines.reduce((sum, line) => sum + (line.amount?.minor ?? 0n), 0n);
    expect(worth.expectedValue?.minor).toBe(total);
    const named = Object.fromEntries(worth.lines.map((line) => [line.name, line.amount?.minor]));
    // legal.md 2.1 and 2.2 for 300,000: 0.015 × 300,000 + 1,300; 0.005 × 300,000 + 520.
    expect(named).toMatchObject({ acceptance_fee: -580_000n, preservation_fee: -202_000n });
    expect(worth.verdict).toBe('worth_it');
  });
});

describe('the list of matters', () => {
  it('finds one by its debtor, its case and words of its title', async () => {
    const any = { states: [], procedures: [], caseId: '', debtorId: '', query: '' };
    const page = { size: 10, cursor: '' };
    const caseId = matter.cases[1]?.caseId ?? '';
    for (const more of [
      { debtorId },
      { caseId },
      { query: '恒达' },
      { procedures: [Procedure.ORDINARY] },
    ]) {
      const asked = { ...any, ...more, page };
      const found = await stage.matters.listMatters(asked, await creditor.as('supervisor'));
      expect(found.matters.map((one) => one.matterId)).toEqual([matterId]);
    }
    const other = { ...any, procedures: [Procedure.APPEAL], page };
    expect((await stage.matters.listMatters(other, await officer())).matters).toEqual([]);
  });
});
