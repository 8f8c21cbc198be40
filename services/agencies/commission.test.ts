import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { createFiles } from '@recourse/kit/files.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import {
  LineKind, LineMark, StatementState,
} from '@recourse/proto/agencies/v1/commission.ts';
import { flatTerms, type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
}, 60_000);

afterAll(() => stage.stop());

const today = (): string => Temporal.Now.instant().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
const thisMonth = (): string => today().slice(0, 7);
const page = { size: 200, cursor: '' };
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

type Deal = { creditor: Org; agency: Org; caseId: string; placementId: string };

/** A case placed and, unless told, accepted. */
async function deal(more: { accepts?: boolean; rateBps?: number; pair?: Deal } = {}): Promise<Deal> {
  const creditor = more.pair?.creditor ?? stage.creditor();
  const agency = more.pair?.agency ?? (await stage.agency());
  const caseId = stage.openCase();
  const placementId = randomUUIDv7();
  const terms = flatTerms(more.rateBps ?? 1250);
  await stage.placements.placeCase(
    { caseId, placementId, agencyId: agency.orgId, terms, note: '' },
    await creditor.as('director'),
  );
  const made = { creditor, agency, caseId, placementId };
  if (more.accepts !== false) await accept(made);
  return made;
}

async function accept({ agency, placementId }: Deal): Promise<void> {
  await stage.placements.acceptPlacements(
    { placementIds: [placementId], requestId: randomUUIDv7() },
    await agency.as('agency_manager'),
  );
}

type Paid = { paymentId: string; minor: bigint; receivedOn?: string };

function eventOf({ caseId }: Deal, { paymentId, minor, receivedOn = today() }: Paid, reversed = false) {
  const value = { caseId, paymentId, debtorId: randomUUIDv7(), amount: cny(minor), receivedOn, effects: [] };
  const at = Temporal.Now.instant().toString();
  return reversed
    ? ({ $case: 'paymentReversed', value: { ...value, reversedAt: at } } as const)
    : ({ $case: 'paymentRecorded', value: { ...value, recordedAt: at } } as const);
}

const pay = (made: Deal, paid: Paid) => stage.tell(made.creditor, made.caseId, eventOf(made, paid));
const bounce = (made: Deal, paid: Paid) =>
  stage.tell(made.creditor, made.caseId, eventOf(made, paid, true));

async function lines(made: Deal, by: 'creditor' | 'agency' = 'creditor') {
  const call = by === 'creditor' ? await made.creditor.as('finance') : await made.agency.as('agency_manager');
  const found = await stage.commission.listCommissionLines(
    { agencyId: '', creditorId: '', caseId: made.caseId, placementId: '', onlyUnstated: false, page },
    call,
  );
  return found.lines;
}

async function untilLines(made: Deal, count: number) {
  return eventually(async () => {
    const found = await lines(made);
    expect(found).toHaveLength(count);
    return found;
  });
}

async function balances(org: Org) {
  const call = await org.as(org.orgKind === 'agency' ? 'agency_manager' : 'finance');
  const found = await stage.commission.listBalances({ agencyId: '' }, call);
  return Object.fromEntries(found.balances.map((one) => [one.account, one.balance?.minor]));
}

/** Another payment of the same case behind what was told: once it is there, all before it is. */
async function settled(made: Deal): Promise<void> {
  const paymentId = randomUUIDv7();
  await pay(made, { paymentId, minor: 1n, receivedOn: '2000-01-01' });
  await eventually(async () => {
    const rows = await stage.service.ownerQuery(
      'SELECT 1 FROM payment_fact WHERE payment_id = $1', [paymentId]);
    expect(rows).toHaveLength(1);
  });
}

describe('a payment on an active placement', () => {
  it('accrues commission and VAT once, in the ledger and in the placement’s figures', async () => {
    const made = await deal();
    const paid = { paymentId: randomUUIDv7(), minor: 100_010n };
    await pay(made, paid);
    await pay(made, paid);
    await settled(made);
    // 1,000.10 × 12.5 % = 125.0125 → 125.01; × 6 % = 7.5006 → 7.50.
    expect(await lines(made)).toMatchObject([
      {
        kind: LineKind.ACCRUAL, payment: cny(100_010n), commission: cny(12_501n), vat: cny(750n),
        rateBps: 1250, term: 'flat', receivedOn: today(), mark: LineMark.OPEN, statementId: '',
        debtorName: '上海恒达机械有限公司', agencyName: '正信资产', creditorName: '远望机电',
      },
    ]);
    expect(await balances(made.creditor)).toEqual({
      commission_expense: 12_501n, vat_input: 750n, commission_payable: -13_251n,
    });
    const { placement } = await stage.placements.getPlacement(
      { placementId: made.placementId }, await made.agency.as('agency_agent'));
    expect(placement).toMatchObject({ recovered: cny(100_010n), commission: cny(12_501n) });
  });

  it('is told with its audience, by the line’s own id', async () => {
    const made = await deal();
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await untilLines(made, 1);
    const told = await stage.service.ownerQuery(
      `SELECT audience FROM outbox WHERE aggregate_id = $1 AND type = 'commissionAccrued'`,
      [made.placementId]);
    expect(told).toEqual([{ audience: [made.creditor.orgId, made.agency.orgId] }]);
  });

  it('that bounces is taken back to the cent', async () => {
    const made = await deal();
    const paid = { paymentId: randomUUIDv7(), minor: 33_333n };
    await pay(made, paid);
    await bounce(made, paid);
    await untilLines(made, 2);
    expect(await balances(made.creditor)).toEqual({
      commission_expense: 0n, vat_input: 0n, commission_payable: 0n,
    });
    const { placement } = await stage.placements.getPlacement(
      { placementId: made.placementId }, await made.creditor.as('finance'));
    expect(placement).toMatchObject({ recovered: cny(0n), commission: cny(0n) });
  });

  it('gives the same whichever comes first: payment, reversal or acceptance', async () => {
    const paid = { paymentId: randomUUIDv7(), minor: 33_333n };
    const steps = { pay, bounce, accept: (made: Deal) => accept(made) };
    const orders: (keyof typeof steps)[][] = [
      ['accept', 'pay', 'bounce'], ['accept', 'bounce', 'pay'], ['pay', 'accept', 'bounce'],
      ['pay', 'bounce', 'accept'], ['bounce', 'pay', 'accept'], ['bounce', 'accept', 'pay'],
    ];
    for (const order of orders) {
      const made = await deal({ accepts: false });
      const own = { ...paid, paymentId: randomUUIDv7() };
      for (const step of order) {
        await steps[step](made, own);
        await settled(made);
      }
      const found = await lines(made);
      expect(found.map((line) => [line.kind, line.commission?.minor, line.vat?.minor]).sort()).toEqual([
        [LineKind.ACCRUAL, 4167n, 250n],
        [LineKind.CLAW_BACK, -4167n, -250n],
      ]);
    }
  });

  it('before acceptance or after the tail earns nothing', async () => {
    const made = await deal();
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n, receivedOn: '2020-01-01' });
    await settled(made);
    expect(await lines(made)).toEqual([]);
  });

  it('after a recall earns within the tail, and the agency sees the line without the name', async () => {
    const made = await deal();
    const request = { placementIds: [made.placementId], reason: '收回', requestId: randomUUIDv7() };
    await stage.placements.recallPlacements(request, await made.creditor.as('director'));
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await untilLines(made, 1);
    expect(await lines(made, 'agency')).toMatchObject([
      { debtorName: '上海某某有限公司', commission: cny(125n) },
    ]);
  });

  it('races with its acceptance and is not lost', async () => {
    const deals = await Promise.all(Array.from({ length: 12 }, () => deal({ accepts: false })));
    await Promise.all(
      deals.flatMap((made) => [
        pay(made, { paymentId: randomUUIDv7(), minor: 1000n }),
        accept(made),
      ]),
    );
    for (const made of deals) await untilLines(made, 1);
  }, 30_000);
});

describe('the ledger', () => {
  it('cannot be changed or emptied, even by its owner', async () => {
    const made = await deal();
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await untilLines(made, 1);
    for (const table of ['commission_line', 'ledger_entry', 'ledger_line']) {
      for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`, `UPDATE ${table} SET org_id = org_id`]) {
        await expect(stage.service.ownerQuery(sql)).rejects.toThrow('is never changed');
      }
    }
  });

  it('takes no entry whose sides differ', async () => {
    const made = await deal();
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    const [line] = await untilLines(made, 1);
    const lopsided = stage.service.db.tenant(made.creditor.orgId, async (tx) => {
      const entry = [made.creditor.orgId, randomUUIDv7(), made.agency.orgId];
      await tx.query(
        `INSERT INTO commission_line SELECT org_id, $3, placement_id, gen_random_uuid(), case_id,
           case_number, agency_id, kind, currency, payment_minor, rate_bps, term, commission_minor,
           vat_minor, received_on, booked_on, accrued_at
           FROM commission_line WHERE org_id = $1 AND line_id = $2`,
        [made.creditor.orgId, line?.lineId, entry[1]]);
      await tx.query('INSERT INTO ledger_entry VALUES ($1, $2, $3, now())', entry);
      await tx.query(
        `INSERT INTO ledger_line VALUES ($1, $2, 'commission_expense', $3, 'CNY', 5, 0)`, entry);
    });
    await expect(lopsided).rejects.toThrow();
    expect((await balances(made.creditor))['commission_expense']).toBe(125n);
  });

  it('shows an agency what is payable to it and no other account', async () => {
    const made = await deal();
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await untilLines(made, 1);
    expect(await balances(made.agency)).toEqual({ commission_payable: -133n });
    const rows = await stage.service.db.tenant(made.agency.orgId, (tx) =>
      tx.query('SELECT DISTINCT account FROM ledger_line'));
    expect(rows).toEqual([{ account: 'commission_payable' }]);
  });

  it('is not for others', async () => {
    const made = await deal();
    await pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await untilLines(made, 1);
    for (const other of [stage.creditor(), await stage.agency()]) {
      expect(await balances(other)).toEqual({});
      for (const table of ['commission_line', 'ledger_line', 'payment_fact', 'statement']) {
        const rows = await stage.service.db.tenant(other.orgId, (tx) => tx.query(`SELECT 1 FROM ${table}`));
        expect(rows).toEqual([]);
      }
    }
  });
});

describe('a statement', () => {
  let made: Deal;
  const statementId = randomUUIDv7();
  const finance = () => made.creditor.as('finance');

  async function draw(id = statementId, month = thisMonth()) {
    const request = { statementId: id, agencyId: made.agency.orgId, month, currency: 'CNY' };
    return stage.commission.drawStatement(request, await finance());
  }

  async function mark(id: string, lineId: string, to: LineMark, holdReason = '') {
    const request = { statementId: id, lineId, mark: to, holdReason, requestId: randomUUIDv7() };
    return stage.commission.markStatementLine(request, await finance());
  }

  async function close(id: string, expectedVersion = 0n) {
    const request = { statementId: id, expectedVersion, requestId: randomUUIDv7() };
    return stage.commission.closeStatement(request, await finance());
  }

  beforeAll(async () => {
    made = await deal({ rateBps: 1000 });
    for (const minor of [10_000n, 20_000n, 30_000n]) {
      await pay(made, { paymentId: randomUUIDv7(), minor });
    }
    await untilLines(made, 3);
  });

  it('takes the lines up to its month, and its totals are the ledger’s', async () => {
    const { statement, lines: drawn } = await draw();
    expect(statement).toMatchObject({
      number: `CS-${thisMonth()}-0001`, state: StatementState.OPEN, lineCount: 3n,
      payments: cny(60_000n), commission: cny(6_000n), vat: cny(360n), payable: cny(6_360n),
      held: cny(0n),
    });
    expect(drawn).toHaveLength(3);
    expect((await balances(made.creditor))['commission_payable']).toBe(-6_360n);
  });

  it('takes in what came since when drawn again, and is one per month', async () => {
    await pay(made, { paymentId: randomUUIDv7(), minor: 40_000n });
    await untilLines(made, 4);
    expect((await draw()).statement).toMatchObject({ lineCount: 4n, version: 2n });
    expect((await draw()).statement).toMatchObject({ lineCount: 4n, version: 2n });
    await expect(draw(randomUUIDv7())).rejects.toMatchObject({ reason: 'statement_of_month_exists' });
    await expect(draw(statementId, '2020-01')).rejects.toMatchObject({
      kind: 'exists', reason: 'statement_exists_with_other_content',
    });
    await expect(draw(randomUUIDv7(), '2020-01')).rejects.toMatchObject({ reason: 'nothing_to_state' });
  });

  it('is closed only when every line is ticked or held', async () => {
    const { lines: drawn } = await draw();
    const [first, ...rest] = drawn.toSorted((a, b) => Number((a.payment?.minor ?? 0n) - (b.payment?.minor ?? 0n)));
    await expect(close(statementId)).rejects.toMatchObject({
      reason: 'lines_not_marked', facts: { open: 4n },
    });
    await expect(mark(statementId, first?.lineId ?? '', LineMark.HELD)).rejects.toMatchObject({
      reason: 'hold_without_reason',
    });
    const held = await mark(statementId, first?.lineId ?? '', LineMark.HELD, '金额不符');
    expect(held).toMatchObject({
      line: { mark: LineMark.HELD, holdReason: '金额不符' },
      statement: { heldCount: 1n, held: cny(1_060n), payable: cny(9_540n) },
    });
    for (const line of rest) await mark(statementId, line.lineId, LineMark.TICKED);
    await expect(close(statementId, 1n)).rejects.toMatchObject({ kind: 'stale' });
    const { statement } = await close(statementId);
    expect(statement).toMatchObject({
      state: StatementState.CLOSED, payable: cny(9_540n), closedBy: { name: '张敏' },
    });
  });

  it('stays as it was for ever, whoever tries', async () => {
    const { lines: drawn } = await draw();
    const lineId = drawn[0]?.lineId ?? '';
    await expect(mark(statementId, lineId, LineMark.TICKED)).rejects.toMatchObject({
      reason: 'statement_closed',
    });
    await expect(close(statementId)).rejects.toMatchObject({ reason: 'statement_closed' });
    for (const sql of [
      `UPDATE statement SET state = 'OPEN'`, 'DELETE FROM statement_line',
      `UPDATE statement_line SET mark = 'OPEN', hold_reason = '', released = false`,
    ]) {
      await expect(stage.service.ownerQuery(sql)).rejects.toThrow(/is never changed|is closed/);
    }
    expect((await draw()).statement).toMatchObject({ state: StatementState.CLOSED, lineCount: 4n });
  });

  it('frees its held lines for a later one', async () => {
    const found = await stage.commission.listCommissionLines(
      { agencyId: '', creditorId: '', caseId: '', placementId: '', onlyUnstated: true, page },
      await finance(),
    );
    expect(found.lines.map((line) => line.payment?.minor)).toEqual([10_000n]);
    await expect(draw(randomUUIDv7())).rejects.toMatchObject({ reason: 'statement_of_month_exists' });
  });

  it('is read by its agency and by nobody else', async () => {
    const { statement, lines: shown } = await stage.commission.getStatement(
      { statementId }, await made.agency.as('agency_agent'));
    expect(statement).toMatchObject({ payable: cny(9_540n) });
    expect(shown).toHaveLength(4);
    const listed = await stage.commission.listStatements(
      { agencyId: '', creditorId: '', page }, await made.agency.as('agency_agent'));
    expect(listed.statements).toHaveLength(1);
    const rival = await stage.agency();
    await expect(stage.commission.getStatement({ statementId }, await rival.as('agency_manager')))
      .rejects.toMatchObject({ kind: 'missing' });
    await expect(stage.commission.drawStatement(
      { statementId, agencyId: made.agency.orgId, month: thisMonth(), currency: 'CNY' },
      await made.agency.as('agency_manager'))).rejects.toMatchObject({ kind: 'denied' });
  });

  it('is written as CSV and as XLSX into the reader’s files', async () => {
    const files = createFiles({ bus: stage.service.bus });
    for (const [format, begins] of [['csv', '\uFEFF结算单'], ['xlsx', 'PK']] as const) {
      const asked = () => stage.commission.exportStatement({ statementId, format }, call);
      const call = await finance();
      const { file } = await asked();
      expect(file?.fileName).toBe(`CS-${thisMonth()}-0001.${format}`);
      const { meta, stream } = await files.get(made.creditor.orgId, file?.fileId ?? '');
      expect(BigInt(meta.sizeBytes)).toBe(file?.sizeBytes);
      expect((await buffer(stream)).toString('utf8').startsWith(begins)).toBe(true);
      expect((await asked()).file).toEqual(file);
      const foreign = files.get(made.agency.orgId, file?.fileId ?? '');
      await expect(foreign).rejects.toMatchObject({ kind: 'missing' });
    }
  });
});
