import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { moveClock } from '@recourse/kit/clock.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { amountOnPaper } from '@recourse/kit/paper.ts';
import { LineMark, StatementState } from '@recourse/proto/agencies/v1/commission.ts';
import { extractText, getDocumentProxy } from 'unpdf';
import { type Books, cny, type Deal, openBooks, page, today } from './deal.ts';
import { setStage, type Stage } from './stage.ts';

let stage: Stage;
let books: Books;

beforeAll(async () => {
  stage = await setStage();
  books = openBooks(stage);
});

afterAll(() => stage.stop());

/** What a reader finds in a PDF, its breaks of lines as spaces. */
async function wordsOf(pdf: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: true });
  return text.replaceAll(/\s+/g, ' ');
}

const figure = (amount = cny(0n)): string => amountOnPaper(amount);

const thisMonth = (): string => today().slice(0, 7);

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
    made = await books.deal({ rateBps: 1000 });
    for (const minor of [10_000n, 20_000n, 30_000n]) {
      await books.pay(made, { paymentId: randomUUIDv7(), minor });
    }
    await books.untilLines(made, 3);
  });

  it('takes the lines up to its month, and its totals are the ledger’s', async () => {
    const { statement, lines: drawn } = await draw();
    expect(statement).toMatchObject({
      number: `CS-${thisMonth()}-0001`,
      state: StatementState.OPEN,
      lineCount: 3n,
      payments: cny(60_000n),
      commission: cny(6_000n),
      vat: cny(360n),
      payable: cny(6_360n),
      held: cny(0n),
    });
    expect(drawn).toHaveLength(3);
    expect((await books.balances(made.creditor))['commission_payable']).toBe(-6_360n);
  });

  it('takes in what came since when drawn again, and is one per month', async () => {
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 40_000n });
    await books.untilLines(made, 4);
    expect((await draw()).statement).toMatchObject({ lineCount: 4n, version: 2n });
    expect((await draw()).statement).toMatchObject({ lineCount: 4n, version: 2n });
    await expect(draw(randomUUIDv7())).rejects.toMatchObject({
      reason: 'statement_of_month_exists',
    });
    await expect(draw(statementId, '2020-01')).rejects.toMatchObject({
      kind: 'exists',
      reason: 'statement_exists_with_other_content',
    });
    await expect(draw(randomUUIDv7(), '2020-01')).rejects.toMatchObject({
      reason: 'nothing_to_state',
    });
  });

  it('is closed only when every line is ticked or held', async () => {
    const { lines: drawn } = await draw();
    const [first, ...rest] = drawn.toSorted((a, b) =>
      Number((a.payment?.minor ?? 0n) - (b.payment?.minor ?? 0n)),
    );
    await expect(close(statementId)).rejects.toMatchObject({
      reason: 'lines_not_marked',
      facts: { open: 4n },
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
      state: StatementState.CLOSED,
      payable: cny(9_540n),
      closedBy: { name: '张敏' },
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
      `UPDATE statement SET state = 'OPEN'`,
      'DELETE FROM statement_line',
      `UPDATE statement_line SET mark = 'OPEN', hold_reason = '', released = false`,
    ]) {
      await expect(stage.service.ownerQuery(sql)).rejects.toThrow(/is never changed|is closed/);
    }
    expect((await draw()).statement).toMatchObject({ state: StatementState.CLOSED, lineCount: 4n });
  });

  it('frees its held lines for the statement of a later month', async () => {
    const found = await stage.commission.listCommissionLines(
      {
        agencyId: '',
        creditorId: '',
        caseId: '',
        placementId: '',
        onlyUnstated: true,
        page,
      },
      await finance(),
    );
    expect(found.lines.map((line) => line.payment?.minor)).toEqual([10_000n]);
    await expect(draw(randomUUIDv7())).rejects.toMatchObject({
      reason: 'statement_of_month_exists',
    });
    const next = Temporal.PlainYearMonth.from(thisMonth()).add({ months: 1 }).toString();
    await expect(draw(randomUUIDv7(), next)).rejects.toMatchObject({ reason: 'month_not_begun' });
    moveClock(Temporal.Instant.from(`${next}-15T00:00:00Z`), false);
    try {
      const later = await draw(randomUUIDv7(), next);
      expect(later.statement).toMatchObject({ number: `CS-${next}-0002`, payable: cny(1_060n) });
      expect(later.lines).toMatchObject([{ mark: LineMark.OPEN, holdReason: '' }]);
    } finally {
      moveClock(undefined, false);
    }
  });

  it('is read by its agency and by nobody else', async () => {
    const { statement, lines: shown } = await stage.commission.getStatement(
      { statementId },
      await made.agency.as('agency_agent'),
    );
    expect(statement).toMatchObject({ payable: cny(9_540n) });
    expect(shown).toHaveLength(4);
    const listed = await stage.commission.listStatements(
      { agencyId: '', creditorId: '', page },
      await made.agency.as('agency_agent'),
    );
    expect(listed.statements.map((one) => one.number)).toContain(`CS-${thisMonth()}-0001`);
    const rival = await stage.agency();
    await expect(
      stage.commission.getStatement({ statementId }, await rival.as('agency_manager')),
    ).rejects.toMatchObject({ kind: 'missing' });
    await expect(
      stage.commission.drawStatement(
        { statementId, agencyId: made.agency.orgId, month: thisMonth(), currency: 'CNY' },
        await made.agency.as('agency_manager'),
      ),
    ).rejects.toMatchObject({ kind: 'denied' });
  });

  it('is written as CSV, XLSX and PDF into the reader’s files', async () => {
    const files = createFiles({ bus: stage.service.bus });
    for (const [format, begins] of [
      ['csv', '\uFEFF结算单'],
      ['xlsx', 'PK'],
      ['pdf', '%PDF-'],
    ] as const) {
      const request = { statementId, format, language: '' };
      const asked = () => stage.commission.exportStatement(request, call);
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

  async function printed(
    call: Awaited<ReturnType<typeof finance>>,
    orgId: string,
    language: string,
  ): Promise<string> {
    const request = { statementId, format: 'pdf', language };
    const { file } = await stage.commission.exportStatement(request, call);
    const files = createFiles({ bus: stage.service.bus });
    const { stream } = await files.get(orgId, file?.fileId ?? '');
    return wordsOf(await buffer(stream));
  }

  it('says on paper, to the cent, what it says on the screen', async () => {
    const call = await finance();
    const { statement, lines: shown } = await stage.commission.getStatement({ statementId }, call);
    const text = await printed(call, made.creditor.orgId, '');
    expect(text).toContain(`佣金对账单 CS-${thisMonth()}-0001`);
    expect(text).toContain(statement?.creditorName);
    expect(text).toContain(statement?.agencyName);
    expect(text).toContain('已结账 · 张敏');
    expect(text).toContain(`应付：CNY ${figure(statement?.payable)}`);
    for (const line of shown) {
      const { caseNumber, debtorName, receivedOn, payment, commission, vat } = line;
      const amounts = [figure(commission), figure(vat)].join(' ');
      const mark = line.mark === LineMark.HELD ? '搁置' : '已核';
      const start = `${caseNumber} ${debtorName} 计提 ${receivedOn} ${figure(payment)}`;
      expect(text).toContain(`${start} 10% 固定费率 ${amounts} ${mark}`);
    }
    const { payments, commission, vat } = statement ?? {};
    const sums = [payments, commission, vat].map(figure).join(' ');
    expect(text).toContain(`计提 4 ${sums} 106.00`);
    expect(text).toContain('搁置的行 (CNY)');
    expect(text).toContain('10.60 金额不符');
    expect(text).toMatch(/第 1 页，共 \d 页/);
  });

  it('is in English for who asks for it, and hides whom its reader may not see', async () => {
    const agent = await made.agency.as('agency_manager');
    const read = () => printed(agent, made.agency.orgId, 'en');
    const before = await read();
    expect(before).toContain(`Commission statement CS-${thisMonth()}-0001`);
    expect(before).toContain('Payable: CNY 95.40');
    const { lines: shown } = await stage.commission.getStatement({ statementId }, agent);
    const debtor = shown[0]?.debtorName ?? '';
    expect(before).toContain(` ${debtor} Accrual `);
    const request = {
      placementIds: [made.placementId],
      reason: '另行处理',
      requestId: randomUUIDv7(),
    };
    await stage.placements.recallPlacements(request, await made.creditor.as('director'));
    const after = await stage.commission.getStatement({ statementId }, agent);
    const masked = after.lines[0]?.debtorName ?? '';
    expect(masked).not.toBe(debtor);
    const text = await read();
    expect(text).not.toContain(debtor);
    expect(text).toContain(masked);
  });
});
