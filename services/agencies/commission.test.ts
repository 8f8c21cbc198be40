import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { LineKind, LineMark } from '@recourse/proto/agencies/v1/commission.ts';
import { jobs } from '@recourse/kit/jobs.ts';
import { type Books, cny, type Deal, openBooks, today } from './deal.ts';
import { settle } from './inbox.ts';
import { measureRecord } from './jobs.ts';
import { setStage, type Stage } from './stage.ts';

let stage: Stage;
let books: Books;

beforeAll(async () => {
  stage = await setStage();
  books = openBooks(stage);
});

afterAll(() => stage.stop());

describe('a payment on an active placement', () => {
  it('accrues commission and VAT once, in the ledger and in the placement’s figures', async () => {
    const made = await books.deal();
    const paid = { paymentId: randomUUIDv7(), minor: 100_010n };
    await books.pay(made, paid);
    await books.pay(made, paid);
    await books.settled(made);
    // 1,000.10 × 12.5 % = 125.0125 → 125.01; × 6 % = 7.5006 → 7.50.
    expect(await books.lines(made)).toMatchObject([
      {
        kind: LineKind.ACCRUAL,
        payment: cny(100_010n),
        commission: cny(12_501n),
        vat: cny(750n),
        rateBps: 1250,
        term: 'flat',
        receivedOn: today(),
        mark: LineMark.OPEN,
        statementId: '',
        debtorName: '上海恒达机械有限公司',
        agencyName: '正信资产',
        creditorName: '远望机电',
      },
    ]);
    expect(await books.balances(made.creditor)).toEqual({
      commission_expense: 12_501n,
      vat_input: 750n,
      commission_payable: -13_251n,
    });
    const { placement } = await stage.placements.getPlacement(
      { placementId: made.placementId },
      await made.agency.as('agency_agent'),
    );
    expect(placement).toMatchObject({ recovered: cny(100_010n), commission: cny(12_501n) });
  });

  it('is told with its audience, by the line’s own id', async () => {
    const made = await books.deal();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await books.untilLines(made, 1);
    const told = await stage.service.ownerQuery(
      `SELECT audience FROM outbox WHERE aggregate_id = $1 AND type = 'commissionAccrued'`,
      [made.placementId],
    );
    expect(told).toEqual([{ audience: [made.creditor.orgId, made.agency.orgId] }]);
  });

  it('that bounces is taken back to the cent', async () => {
    const made = await books.deal();
    const paid = { paymentId: randomUUIDv7(), minor: 33_333n };
    await books.pay(made, paid);
    await books.bounce(made, paid);
    await books.untilLines(made, 2);
    expect(await books.balances(made.creditor)).toEqual({
      commission_expense: 0n,
      vat_input: 0n,
      commission_payable: 0n,
    });
    const { placement } = await stage.placements.getPlacement(
      { placementId: made.placementId },
      await made.creditor.as('finance'),
    );
    expect(placement).toMatchObject({ recovered: cny(0n), commission: cny(0n) });
  });

  it('gives the same whichever comes first: payment, reversal or acceptance', async () => {
    const paid = { paymentId: randomUUIDv7(), minor: 33_333n };
    const { pay, bounce, accept } = books;
    const steps = { pay, bounce, accept: (made: Deal) => accept(made) };
    const orders: (keyof typeof steps)[][] = [
      ['accept', 'pay', 'bounce'],
      ['accept', 'bounce', 'pay'],
      ['pay', 'accept', 'bounce'],
      ['pay', 'bounce', 'accept'],
      ['bounce', 'pay', 'accept'],
      ['bounce', 'accept', 'pay'],
    ];
    const outcomes = await Promise.all(
      orders.map(async (order) => {
        const made = await books.deal({ accepts: false });
        const own = { ...paid, paymentId: randomUUIDv7() };
        for (const step of order) {
          await steps[step](made, own);
          await books.settled(made);
        }
        const found = await books.lines(made);
        return found.map(({ kind, commission, vat }) => [kind, commission?.minor, vat?.minor]);
      }),
    );
    expect(outcomes).toHaveLength(6);
    for (const figures of outcomes) {
      expect(figures).toHaveLength(2);
      expect(figures).toContainEqual([LineKind.ACCRUAL, 4167n, 250n]);
      expect(figures).toContainEqual([LineKind.CLAW_BACK, -4167n, -250n]);
    }
  });

  it('comes with its reversal and many others in one go, and all are settled at once', async () => {
    const creditor = stage.creditor();
    const pair = { creditor, agency: await stage.agency() };
    const deals = await Promise.all(Array.from({ length: 3 }, () => books.deal({ pair })));
    const told = deals.flatMap((made) => {
      const paid = { paymentId: randomUUIDv7(), minor: 1000n };
      const bounced = { paymentId: randomUUIDv7(), minor: 2000n };
      return [
        books.eventOf(made, bounced, true),
        books.eventOf(made, paid),
        books.eventOf(made, bounced),
      ];
    });
    const at = Temporal.Now.instant();
    const envelope = { id: '', orgId: creditor.orgId, type: '', aggregateId: '', version: 1 };
    const news = told.map((event) => ({ event, envelope: { ...envelope, at, audience: [] } }));
    const measuring = { jobs, measure: measureRecord(stage.service.db) };
    for (const _time of ['first', 'again']) {
      await stage.service.db.tenant(creditor.orgId, (tx) => settle(tx, news, measuring));
    }
    for (const made of deals) {
      const minors = (await books.lines(made)).map((line) => line.commission?.minor);
      expect(minors.toSorted((a, b) => Number((a ?? 0n) - (b ?? 0n)))).toEqual([-250n, 125n, 250n]);
    }
    expect((await books.balances(creditor))['commission_expense']).toBe(375n);
  });

  it('before acceptance or after the tail earns nothing', async () => {
    const made = await books.deal();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n, receivedOn: '2020-01-01' });
    await books.settled(made);
    expect(await books.lines(made)).toEqual([]);
  });

  it('after a recall earns in the tail, and the agency’s line has no name', async () => {
    const made = await books.deal();
    const request = { placementIds: [made.placementId], reason: '收回', requestId: randomUUIDv7() };
    await stage.placements.recallPlacements(request, await made.creditor.as('director'));
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await books.untilLines(made, 1);
    expect(await books.lines(made, 'agency')).toMatchObject([
      { debtorName: '上海某某有限公司', commission: cny(125n) },
    ]);
  });

  it('races with its acceptance and is not lost', async () => {
    const deals = await Promise.all(
      Array.from({ length: 12 }, () => books.deal({ accepts: false })),
    );
    await Promise.all(
      deals.flatMap((made) => [
        books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n }),
        books.accept(made),
      ]),
    );
    for (const made of deals) expect(await books.untilLines(made, 1)).toHaveLength(1);
  });
});

describe('the ledger', () => {
  it('cannot be changed or emptied, even by its owner', async () => {
    const made = await books.deal();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await books.untilLines(made, 1);
    for (const table of ['commission_line', 'ledger_entry', 'ledger_line']) {
      for (const sql of [
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
        `UPDATE ${table} SET org_id = org_id`,
      ]) {
        await expect(stage.service.ownerQuery(sql)).rejects.toThrow('is never changed');
      }
    }
  });

  it('takes no entry whose sides differ', async () => {
    const made = await books.deal();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    const [line] = await books.untilLines(made, 1);
    const lopsided = stage.service.db.tenant(made.creditor.orgId, async (tx) => {
      const entry = [made.creditor.orgId, randomUUIDv7(), made.agency.orgId];
      await tx.query(
        `INSERT INTO commission_line SELECT org_id, $3, placement_id, gen_random_uuid(), case_id,
           case_number, agency_id, kind, currency, payment_minor, rate_bps, term, commission_minor,
           vat_minor, received_on, booked_on, accrued_at
           FROM commission_line WHERE org_id = $1 AND line_id = $2`,
        [made.creditor.orgId, line?.lineId, entry[1]],
      );
      await tx.query('INSERT INTO ledger_entry VALUES ($1, $2, $3, now())', entry);
      await tx.query(
        `INSERT INTO ledger_line VALUES ($1, $2, 'commission_expense', $3, 'CNY', 5, 0)`,
        entry,
      );
    });
    await expect(lopsided).rejects.toThrow('differ');
    expect((await books.balances(made.creditor))['commission_expense']).toBe(125n);
  });

  it('keeps balances as what was posted', async () => {
    const made = await books.deal();
    for (const minor of [1000n, 2000n, 3000n]) {
      await books.pay(made, { paymentId: randomUUIDv7(), minor });
    }
    await books.untilLines(made, 3);
    const { orgId } = made.creditor;
    const posted = await stage.service.ownerQuery<{ account: string; minor: bigint }>(
      `SELECT account, sum(debit_minor - credit_minor)::bigint AS minor FROM ledger_line
        WHERE org_id = $1 GROUP BY account`,
      [orgId],
    );
    expect(posted).toHaveLength(3);
    const sums = Object.fromEntries(posted.map(({ account, minor }) => [account, minor]));
    expect(await books.balances(made.creditor)).toEqual(sums);
  });

  it('shows an agency what is payable to it and no other account', async () => {
    const made = await books.deal();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await books.untilLines(made, 1);
    expect(await books.balances(made.agency)).toEqual({ commission_payable: -133n });
    const rows = await stage.service.db.tenant(made.agency.orgId, (tx) =>
      tx.query('SELECT DISTINCT account FROM ledger_line'),
    );
    expect(rows).toEqual([{ account: 'commission_payable' }]);
  });

  it('is not for others', async () => {
    const made = await books.deal();
    await books.pay(made, { paymentId: randomUUIDv7(), minor: 1000n });
    await books.untilLines(made, 1);
    for (const other of [stage.creditor(), await stage.agency()]) {
      expect(await books.balances(other)).toEqual({});
      for (const table of ['commission_line', 'ledger_line', 'payment_fact', 'statement']) {
        const rows = await stage.service.db.tenant(other.orgId, (tx) =>
          tx.query(`SELECT 1 FROM ${table}`),
        );
        expect(rows).toEqual([]);
      }
    }
  });
});
