import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createFiles } from '@recourse/kit/files.ts';
import { namedAndKept } from '@recourse/kit/kept-rig.ts';
import { DeadlineState } from '@recourse/proto/litigation/v1/deadlines.ts';
import { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import {
  DebtType,
  type Matter,
  MatterOutcome,
  MatterState,
  Procedure,
} from '@recourse/proto/litigation/v1/matters.ts';
import { DocumentKind } from '@recourse/proto/litigation/v1/papers.ts';
import { type Creditor, setStage, type Stage } from './stage.ts';
import { namedFiles } from './store/named-files.ts';

let stage: Stage;
let creditor: Creditor;
let matter: Matter;
const matterId = randomUUIDv7();
const suitId = randomUUIDv7();
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const officer = () => creditor.as('legal_officer');

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

async function move(proceedingId: string, name: string, on: string): Promise<Matter> {
  const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n };
  const asked = { matterId, proceedingId, stage: name, on, ...said, requestId: randomUUIDv7() };
  const answer = await stage.matters.moveProceeding(asked, await officer());
  if (answer.matter === undefined) throw new Error('no matter');
  return answer.matter;
}

async function walk(proceedingId: string, steps: readonly (readonly [string, string])[]) {
  for (const [name, on] of steps) matter = await move(proceedingId, name, on);
}

async function deadlinesOf(state: DeadlineState = DeadlineState.OPEN) {
  const filter = { dueFrom: '', dueTo: '', onlyFatal: false, onlyUnconfirmed: false };
  const asked = { matterId, states: [state], ...filter, page: { size: 100, cursor: '' } };
  return (await stage.deadlines.listDeadlines(asked, await officer())).deadlines;
}

async function eventsTold(): Promise<string[]> {
  const rows = await stage.service.ownerQuery(
    'SELECT payload FROM outbox WHERE org_id = $1 ORDER BY at, version',
    [creditor.orgId],
  );
  return rows.map((row) => {
    const { payload } = row as { payload: Buffer };
    return LitigationEvent.decode(payload).event?.$case ?? '';
  });
}

describe('a matter from case to enforcement', () => {
  it('keeps what the case said, claims its open amount and names both sides', async () => {
    const basis = stage.openCase({ open: cny(50_000_000n) });
    const debtType = DebtType.SALE_OF_GOODS;
    const asked = { matterId, caseIds: [basis.caseId], title: '', debtType, province: '上海市' };
    const opened = await stage.matters.openMatter(asked, await officer());
    expect(opened.matter).toMatchObject({
      state: MatterState.OPEN,
      title: '远望机电诉上海恒达机械有限公司',
      claimed: cny(50_000_000n),
      cases: [{ caseId: basis.caseId, open: cny(50_000_000n), oldestDueDate: '2025-06-30' }],
      limitationExpiresOn: '2028-06-30',
      evidenceGaps: 5,
    });
    expect(opened.matter?.number).toMatch(/^L-\d{4}-0001$/);
    const again = await stage.matters.openMatter(asked, await officer());
    expect(again.matter?.number).toBe(opened.matter?.number);
    const other = stage.matters.openMatter({ ...asked, debtType: DebtType.LOAN }, await officer());
    await expect(other).rejects.toMatchObject({ reason: 'matter_exists_with_other_content' });
    const twice = { ...asked, matterId: randomUUIDv7() };
    await expect(stage.matters.openMatter(twice, await officer())).rejects.toMatchObject({
      kind: 'refused',
      reason: 'case_in_open_matter',
    });
  });

  it('cannot be enforced or appealed before there is a judgment', async () => {
    for (const [procedure, reason] of [
      [Procedure.ENFORCEMENT, 'nothing_to_enforce'],
      [Procedure.APPEAL, 'no_judgment_to_appeal'],
      [Procedure.PRESERVATION_IN_SUIT, 'no_suit_to_secure'],
    ] as const) {
      const asked = { matterId, proceedingId: randomUUIDv7(), procedure, court: '', on: '' };
      const refused = stage.matters.openProceeding(asked, await officer());
      await expect(refused).rejects.toMatchObject({ kind: 'refused', reason });
    }
  });

  it('refuses a service dated before the filing, and a stage that is not next', async () => {
    const asked = { matterId, proceedingId: suitId, procedure: Procedure.ORDINARY };
    const court = '上海市浦东新区人民法院';
    await stage.matters.openProceeding({ ...asked, court, on: '2026-01-05' }, await officer());
    await walk(suitId, [
      ['filed', '2026-01-08'],
      ['docketed', '2026-01-12'],
    ]);
    await expect(move(suitId, 'served', '2026-01-07')).rejects.toMatchObject({
      kind: 'refused',
      reason: 'stage_dated_before_earlier_one',
    });
    await expect(move(suitId, 'judgment_served', '2026-02-01')).rejects.toMatchObject({
      reason: 'stage_not_next',
    });
    await expect(move(suitId, 'served', '2099-01-01')).rejects.toMatchObject({
      reason: 'day_in_future',
    });
  });

  it('owes the exact fee, and its filing holds the limitation', async () => {
    const fee = matter.proceedings[0]?.fee;
    // legal.md 2.1: 500,000 → 8,800.
    expect(fee).toMatchObject({ exact: cny(880_000n), rounded: cny(880_000n), prepaid: true });
    const debtId = matter.cases[0]?.caseId ?? '';
    const { debt } = await stage.limitation.getDebt({ debtId }, await officer());
    expect(debt?.clock?.state).toBe('LIMITATION_STATE_PENDING');
    expect(debt?.events).toMatchObject([{ kind: 'suit', on: '2026-01-08' }]);
  });

  it('makes deadlines of a served judgment, moved when the service is corrected', async () => {
    await walk(suitId, [
      ['served', '2026-01-19'],
      ['heard', '2026-03-02'],
      ['judgment_made', '2026-03-20'],
      ['judgment_served', '2026-03-24'],
    ]);
    const appeal = (await deadlinesOf()).find((one) => one.rule === 'appeal_judgment');
    // 15 days from 24 March 2026 end on 8 April, a Wednesday; legal.md 2.4 art. 171.
    expect(appeal).toMatchObject({ dueDay: '2026-04-08', fatal: true, boundParty: 'us' });
    expect(matter.unconfirmedDeadlines).toBeGreaterThan(0);
    const found = matter.proceedings[0]?.moves.find((one) => one.stage === 'judgment_served');
    const said = { on: '2026-03-26', reason: '回执日期有误', expectedVersion: 0n };
    const asked = { matterId, proceedingId: suitId, moveId: found?.moveId ?? '', ...said };
    const requestId = randomUUIDv7();
    await stage.matters.correctMove({ ...asked, requestId }, await officer());
    const moved = (await deadlinesOf()).find((one) => one.rule === 'appeal_judgment');
    expect(moved).toMatchObject({
      deadlineId: appeal?.deadlineId,
      dueDay: '2026-04-10',
      previousDay: '2026-04-08',
      recomputed: 1,
    });
  });

  it('wants another person to confirm a fatal deadline, with the same day', async () => {
    const one = (await deadlinesOf()).find((each) => each.rule === 'appeal_judgment');
    const { deadlineId = '', dueDay = '' } = one ?? {};
    const confirm = async (day: string, name: string, role = 'legal_officer') =>
      stage.deadlines.confirmDeadline(
        { matterId, deadlineId, dueDay: day, requestId: randomUUIDv7() },
        await creditor.as(role, name),
      );
    await expect(confirm(dueDay, '王律')).rejects.toMatchObject({
      reason: 'confirmed_by_same_person',
    });
    await expect(confirm('2026-04-11', '李总', 'director')).rejects.toMatchObject({
      reason: 'confirmed_day_differs',
    });
    const { deadline } = await confirm(dueDay, '李总', 'director');
    expect(deadline).toMatchObject({ confirmedBy: { name: '李总' }, state: DeadlineState.OPEN });
  });

  it('records the judgment once, and enforcement follows with its exact fee', async () => {
    await walk(suitId, [['effective', '2026-04-11']]);
    const judgment = {
      matterId,
      judgmentId: randomUUIDv7(),
      proceedingId: suitId,
      form: 'judgment',
      docketNumber: '(2026)沪0115民初1号',
      decidedOn: '2026-03-20',
      effectiveOn: '2026-04-11',
      principal: cny(50_000_000n),
      interest: cny(0n),
      costs: cny(0n),
      performBy: '2026-04-21',
      generalInterest: '',
    };
    await stage.matters.recordJudgment(judgment, await officer());
    const again = await stage.matters.recordJudgment(judgment, await officer());
    expect(again.matter?.judgments).toHaveLength(1);
    const open = await deadlinesOf();
    expect(open.find((one) => one.rule === 'apply_for_enforcement')).toMatchObject({
      fatal: true,
      dueDay: '2028-04-21',
    });
    const proceedingId = randomUUIDv7();
    const asked = { matterId, proceedingId, procedure: Procedure.ENFORCEMENT, court: '' };
    await stage.matters.openProceeding({ ...asked, on: '2026-05-06' }, await officer());
    await walk(proceedingId, [['filed', '2026-05-07']]);
    const enforcement = matter.proceedings.find((one) => one.proceedingId === proceedingId);
    // legal.md 2.2: 500,000 → 7,400, not prepaid.
    expect(enforcement).toMatchObject({
      fee: { exact: cny(740_000n), prepaid: false },
      followsId: suitId,
    });
    const done = await deadlinesOf(DeadlineState.DONE);
    expect(done.map((one) => one.rule)).toContain('apply_for_enforcement');
  });

  it('takes a recovery to the judgment, then to the double part, and tells the case', async () => {
    const cost = { what: 'acceptance_fee', amount: cny(880_000n), paidOn: '2026-01-13' };
    const costAsked = { matterId, costId: randomUUIDv7(), ...cost, reference: '', note: '' };
    await stage.money.recordCost(costAsked, await officer());
    // 500,000 × 0.0175 % × 90 days from 21 April to 20 July = 7,875.00.
    const recovery = { what: 'deduction', amount: cny(50_500_000n), receivedOn: '2026-07-20' };
    const recoveryId = randomUUIDv7();
    const asked = { matterId, recoveryId, ...recovery, reference: '', note: '' };
    const { entry } = await stage.money.recordRecovery(asked, await officer());
    expect(entry).toMatchObject({
      toJudgment: cny(50_000_000n),
      toDoubleInterest: cny(500_000n),
      shares: [{ caseId: matter.cases[0]?.caseId, amount: cny(50_500_000n) }],
    });
    const seen = await stage.matters.getMatter({ matterId }, await creditor.as('director'));
    expect(seen.matter).toMatchObject({
      spent: cny(880_000n),
      recovered: cny(50_500_000n),
      judgments: [{ doubleInterest: cny(287_500n) }],
    });
    const back = { matterId, entryId: recoveryId, reason: '误录', requestId: randomUUIDv7() };
    const reversed = await stage.money.reverseMoney(back, await officer());
    expect(reversed.entry).toMatchObject({ amount: cny(-50_500_000n), reversesId: recoveryId });
    const twice = { ...back, requestId: randomUUIDv7() };
    await expect(stage.money.reverseMoney(twice, await officer())).rejects.toMatchObject({
      reason: 'entry_already_reversed',
    });
  });

  it('draws up its claim as a numbered version with the digest of what is stored', async () => {
    const documentId = randomUUIDv7();
    const kind = DocumentKind.STATEMENT_OF_CLAIM;
    const asked = { matterId, documentId, kind, facts: '', proceedingId: suitId };
    const { document } = await stage.papers.drawDocument(asked, await officer());
    expect(document).toMatchObject({ number: 1, file: { fileName: /民事起诉状\.docx$/ } });
    expect(document?.blanks.some((name) => name.endsWith('address'))).toBe(true);
    const files = createFiles({ bus: stage.service.bus });
    const fileId = document?.file?.fileId ?? '';
    const { meta, stream } = await files.get(creditor.orgId, fileId);
    expect(meta.sha256).toBe(document?.sha256);
    const paper = { orgId: creditor.orgId, fileId };
    const known = await namedAndKept(stage.service, namedFiles, paper);
    expect(known).toEqual({ named: true, kept: true });
    expect((await buffer(stream)).subarray(0, 2).toString()).toBe('PK');
    const again = await stage.papers.drawDocument(asked, await officer());
    expect(again.document).toEqual(document);
    const next = { ...asked, documentId: randomUUIDv7() };
    expect((await stage.papers.drawDocument(next, await officer())).document?.number).toBe(2);
  });

  it('keeps what was uploaded as evidence', async () => {
    const { orgId } = creditor;
    const fileId = randomUUIDv7();
    const about = { fileName: 'a.pdf', mediaType: 'application/pdf', maxBytes: 100 };
    const content = Readable.from([Buffer.from('签收单')]);
    await createFiles({ bus: stage.service.bus }).put(orgId, fileId, content, about);
    const said = {
      kind: 'delivery_note',
      title: '签收单',
      original: true,
      obtainedOn: '',
      note: '',
    };
    const evidenceId = randomUUIDv7();
    const asked = { matterId, evidenceId, uploadId: fileId, ...said };
    await stage.papers.putEvidence(asked, await officer());
    const known = await namedAndKept(stage.service, namedFiles, { orgId, fileId });
    expect(known).toEqual({ named: true, kept: true });
    const removal = { matterId, evidenceId, reason: '误传', requestId: randomUUIDv7() };
    await stage.papers.removeEvidence(removal, await officer());
  });

  it('names the gaps of its evidence, and closes with its deadlines void', async () => {
    const evidence = {
      matterId,
      evidenceId: randomUUIDv7(),
      kind: 'contract',
      title: '买卖合同',
      original: true,
      obtainedOn: '',
      uploadId: '',
      note: '',
    };
    await stage.papers.putEvidence(evidence, await officer());
    const list = await stage.papers.getEvidence({ matterId }, await officer());
    expect(list.lines.filter((line) => line.gap).map((line) => line.kind)).toEqual([
      'identity',
      'delivery_note',
      'invoice',
      'dunning',
    ]);
    const outcome = MatterOutcome.SETTLED;
    const asked = { matterId, outcome, reason: '和解', expectedVersion: 0n };
    const closing = { ...asked, requestId: randomUUIDv7() };
    const closed = await stage.matters.closeMatter(closing, await officer());
    expect(closed.matter).toMatchObject({ state: MatterState.CLOSED, outcome, mayBegin: [] });
    expect(await deadlinesOf()).toEqual([]);
    const told = await eventsTold();
    for (const name of [
      'matterOpened',
      'matterMoved',
      'judgmentRecorded',
      'costRecorded',
      'recoveryRecorded',
      'matterClosed',
    ]) {
      expect(told).toContain(name);
    }
  });

  it('is worked by the legal officer only, and not seen by agencies', async () => {
    const asked = { matterId, proceedingId: randomUUIDv7(), court: '', on: '' };
    const begun = { ...asked, procedure: Procedure.ORDINARY };
    const director = await creditor.as('director');
    await expect(stage.matters.openProceeding(begun, director)).rejects.toMatchObject({
      kind: 'denied',
    });
    const org = { orgId: randomUUIDv7(), orgKind: 'agency' as const, orgName: '正信资产' };
    const agent = await stage.platform.call({ role: 'agency_manager', ...org });
    await expect(stage.matters.getMatter({ matterId }, agent)).rejects.toMatchObject({
      kind: 'denied',
    });
    const stranger = await stage.creditor().as('legal_officer');
    await expect(stage.matters.getMatter({ matterId }, stranger)).rejects.toMatchObject({
      kind: 'missing',
    });
  });
});
