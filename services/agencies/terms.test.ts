import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { eventually } from '@recourse/kit/eventually.ts';
import { emit } from '@recourse/kit/events.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { defineService } from '@recourse/kit/service.ts';
import type { TestService } from '@recourse/kit/testing.ts';
import { CommissionTerms, FixedDue } from '@recourse/proto/agencies/v1/agencies.ts';
import { LineKind } from '@recourse/proto/agencies/v1/commission.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { MatterOutcome } from '@recourse/proto/litigation/v1/matters.ts';
import { type Books, cny, type Deal, openBooks, today } from './deal.ts';
import { brackets, fixed, flat, ratchet } from './domain/sample.ts';
import { setStage, type Stage } from './stage.ts';
import { litigationTopic } from './topic.ts';

let stage: Stage;
let books: Books;
let court: TestService;

beforeAll(async () => {
  stage = await setStage();
  books = openBooks(stage);
  court = await stage.platform.startService(
    defineService({ name: 'litigation', wire: () => ({ rpc: [] }) }),
  );
});

afterAll(() => stage.stop());

const paid = (minor: bigint) => ({ paymentId: randomUUIDv7(), minor });

/** Kind, payment, commission and VAT of each line of a deal, in the order of their posting. */
async function figures(made: Deal, count: number) {
  const lines = await books.untilLines(made, count);
  return lines
    .toReversed()
    .map(({ kind, payment, commission, vat }) => [
      kind,
      payment?.minor,
      commission?.minor,
      vat?.minor,
    ]);
}

const nothingOwed = { commission_expense: 0n, vat_input: 0n, commission_payable: 0n };

describe('brackets', () => {
  const terms = brackets([0n, 2000], [1_000_000n, 1000]);

  it('are counted over the case, and a bounce moves later payments by a line', async () => {
    const made = await books.deal({ terms });
    const [first, second] = [paid(800_000n), paid(600_000n)];
    await books.pay(made, first);
    await books.untilLines(made, 1);
    await books.pay(made, second);
    await books.untilLines(made, 2);
    await books.bounce(made, first);
    const posted = await figures(made, 4);
    expect(posted).toHaveLength(4);
    for (const line of [
      [LineKind.ACCRUAL, 800_000n, 160_000n, 9_600n],
      // 2,000 at 20 % and 4,000 at 10 %, and after the bounce 6,000 at 20 %.
      [LineKind.ACCRUAL, 600_000n, 80_000n, 4_800n],
      [LineKind.CLAW_BACK, -800_000n, -160_000n, -9_600n],
      [LineKind.ADJUSTMENT, 0n, 40_000n, 2_400n],
    ]) {
      expect(posted).toContainEqual(line);
    }
    expect(await books.balances(made.creditor)).toEqual({
      commission_expense: 120_000n,
      vat_input: 7_200n,
      commission_payable: -127_200n,
    });
    const { placement } = await stage.placements.getPlacement(
      { placementId: made.placementId },
      await made.agency.as('agency_manager'),
    );
    expect(placement).toMatchObject({ recovered: cny(600_000n), commission: cny(120_000n), terms });
    await books.bounce(made, second);
    await books.untilLines(made, 5);
    expect(await books.balances(made.creditor)).toEqual(nothingOwed);
  });

  it('owe the same in whatever order payments, bounces and acceptance are told', async () => {
    const orders = [
      ['accept', 'pay', 'more', 'bounce'],
      ['accept', 'bounce', 'more', 'pay'],
      ['more', 'accept', 'bounce', 'pay'],
      ['pay', 'more', 'bounce', 'accept'],
    ] as const;
    const outcomes = await Promise.all(
      orders.map(async (order) => {
        const made = await books.deal({ terms, accepts: false });
        const [one, other] = [paid(900_000n), paid(333_333n)];
        const steps = {
          accept: () => books.accept(made),
          pay: () => books.pay(made, one),
          more: () => books.pay(made, other),
          bounce: () => books.bounce(made, one),
        };
        for (const step of order) {
          await steps[step]();
          await books.settled(made);
        }
        return books.balances(made.creditor);
      }),
    );
    expect(outcomes).toHaveLength(4);
    for (const owed of outcomes) {
      expect(owed).toEqual({
        commission_expense: 66_667n,
        vat_input: 4_000n,
        commission_payable: -70_667n,
      });
    }
  });

  it('lose nothing when payments race with each other and with the acceptance', async () => {
    const made = await books.deal({ terms, accepts: false });
    const payments = Array.from({ length: 8 }, () => paid(200_000n));
    await Promise.all([...payments.map((one) => books.pay(made, one)), books.accept(made)]);
    await eventually(async () => {
      const owed = await books.balances(made.creditor);
      // 10,000 at 20 % and 6,000 at 10 %.
      expect(owed['commission_expense']).toBe(260_000n);
    });
  });

  it('are refused for a case in another currency', async () => {
    const { agency, creditor } = await books.deal();
    const caseId = stage.openCase({ open: { currency: 'USD', minor: 100_000n } });
    const request = {
      caseId,
      placementId: randomUUIDv7(),
      agencyId: agency.orgId,
      terms,
      note: '',
    };
    await expect(
      stage.placements.placeCase(request, await creditor.as('director')),
    ).rejects.toMatchObject({ reason: 'terms_in_other_currency' });
  });
});

describe('a fixed fee', () => {
  it('for payment in full comes with the payment that completes it', async () => {
    const terms = fixed(200_000n, FixedDue.PAID_IN_FULL);
    const made = await books.deal({ terms, openMinor: 1_000_000n });
    await books.pay(made, paid(999_999n));
    await books.untilLines(made, 1);
    await books.pay(made, paid(1n));
    expect(await figures(made, 2)).toEqual([
      [LineKind.ACCRUAL, 999_999n, 0n, 0n],
      [LineKind.ACCRUAL, 1n, 200_000n, 12_000n],
    ]);
  });
});

describe('a retainer', () => {
  it('is owed from acceptance on, once, and payments are set off against it', async () => {
    const retainer = { fee: cny(50_000n), credited: true };
    const made = await books.deal({ terms: flat(1000, { retainer }), accepts: false });
    expect(await books.lines(made)).toEqual([]);
    await books.accept(made);
    expect(await books.lines(made, 'agency')).toMatchObject([
      {
        kind: LineKind.RETAINER,
        paymentId: '',
        payment: cny(0n),
        commission: cny(50_000n),
        vat: cny(3_000n),
        term: 'retainer:credited',
        receivedOn: today(),
      },
    ]);
    await books.pay(made, paid(600_000n));
    expect(await figures(made, 2)).toContainEqual([LineKind.ACCRUAL, 600_000n, 10_000n, 600n]);
  });
});

describe('a ratchet that holds for what came before', () => {
  it('corrects by lines, and what was posted stays', async () => {
    const terms = ratchet(true, [0, 1000], [5000, 1500]);
    const made = await books.deal({ terms, openMinor: 1_000_000n });
    await books.pay(made, paid(300_000n));
    const [first] = await books.untilLines(made, 1);
    await books.pay(made, paid(200_000n));
    const lines = await books.untilLines(made, 3);
    expect(lines).toContainEqual(first);
    expect(await figures(made, 3)).toEqual(
      expect.arrayContaining([
        [LineKind.ACCRUAL, 300_000n, 30_000n, 1_800n],
        [LineKind.ADJUSTMENT, 0n, 15_000n, 900n],
        [LineKind.ACCRUAL, 200_000n, 30_000n, 1_800n],
      ]),
    );
    expect((await books.balances(made.agency))['commission_payable']).toBe(-79_500n);
  });
});

describe('more in court', () => {
  const terms = flat(1000, { litigationUpliftBps: 500 });

  async function tell(
    made: Deal,
    matterId: string,
    event: NonNullable<LitigationEvent['event']>,
    at = Temporal.Now.instant(),
  ): Promise<void> {
    await court.db.tenant(made.creditor.orgId, (tx) =>
      emit(tx, litigationTopic, { aggregateId: matterId, at }, [event]),
    );
  }

  function about({ caseId }: Deal) {
    const matterId = randomUUIDv7();
    return { matterId, matterNumber: 'M-1', caseIds: [caseId], debtorId: randomUUIDv7() };
  }

  it('is earned on what comes in while a matter is open, also when told later', async () => {
    const made = await books.deal({ terms });
    await books.pay(made, paid(100_000n));
    await books.untilLines(made, 1);
    const matter = about(made);
    const value = { ...matter, claimed: undefined };
    await tell(made, matter.matterId, { $case: 'matterOpened', value });
    expect(await figures(made, 2)).toEqual(
      expect.arrayContaining([
        [LineKind.ACCRUAL, 100_000n, 10_000n, 600n],
        [LineKind.ADJUSTMENT, 0n, 5_000n, 300n],
      ]),
    );
    await books.pay(made, paid(200_000n));
    expect(await figures(made, 3)).toContainEqual([LineKind.ACCRUAL, 200_000n, 30_000n, 1_800n]);
  });

  it('ends with the matter, unless it may be enforced again', async () => {
    const { NO_ASSETS, WITHDRAWN } = MatterOutcome;
    for (const [outcome, commission] of [
      [NO_ASSETS, 15_000n],
      [WITHDRAWN, 10_000n],
    ] as const) {
      const made = await books.deal({ terms });
      const matter = about(made);
      const before = Temporal.Now.instant().subtract({ hours: 48 });
      const opened = { ...matter, claimed: undefined };
      const { matterId } = matter;
      await tell(made, matterId, { $case: 'matterOpened', value: opened }, before);
      const closed = { ...matter, outcome };
      await tell(made, matterId, { $case: 'matterClosed', value: closed }, before);
      // The same matter of another case, told last: once that is there, all before it is.
      const caseIds = [randomUUIDv7()];
      await tell(made, matterId, { $case: 'matterOpened', value: { ...opened, caseIds } });
      await eventually(async () => {
        const rows = await stage.service.ownerQuery(
          'SELECT 1 FROM case_matter WHERE case_id = ANY ($1::uuid[])',
          [caseIds],
        );
        expect(rows).toHaveLength(1);
      });
      await books.pay(made, paid(100_000n));
      const [line] = await books.untilLines(made, 1);
      expect(line?.commission).toEqual(cny(commission));
    }
  });
});

describe('a statement of such terms', () => {
  it('has every line with its rule in words, and its totals are the ledger’s', async () => {
    const retainer = { fee: cny(50_000n), credited: false };
    const made = await books.deal({
      terms: { ...brackets([0n, 2000], [1_000_000n, 1500]), retainer },
    });
    await books.pay(made, paid(1_200_000n));
    await books.untilLines(made, 2);
    const finance = await made.creditor.as('finance');
    const statementId = randomUUIDv7();
    const month = today().slice(0, 7);
    const request = { statementId, agencyId: made.agency.orgId, month, currency: 'CNY' };
    const { statement } = await stage.commission.drawStatement(request, finance);
    expect(statement).toMatchObject({
      lineCount: 2n,
      payments: cny(1_200_000n),
      commission: cny(280_000n),
      vat: cny(16_800n),
      payable: cny(296_800n),
    });
    const { file } = await stage.commission.exportStatement(
      { statementId, format: 'csv', language: '' },
      finance,
    );
    const files = createFiles({ bus: stage.service.bus });
    const { stream } = await files.get(made.creditor.orgId, file?.fileId ?? '');
    const text = (await buffer(stream)).toString('utf8');
    expect(text).toContain('基础费 Retainer');
    expect(text).toContain('累计回款 0.00–10000.00 20%，累计回款 10000.00 以上 15%');
  });
});

describe('terms that were frozen before there were others', () => {
  it('read as they were, and the same placing again is the same', async () => {
    const old = { flat: { rateBps: 1250 }, vatBps: 600, tailDays: 30 };
    const read = CommissionTerms.fromJSON(old);
    expect(CommissionTerms.toJSON(read)).toEqual(old);
    const made = await books.deal();
    const [row] = await stage.service.ownerQuery<{ terms: unknown }>(
      'SELECT terms FROM placement WHERE placement_id = $1',
      [made.placementId],
    );
    expect(row?.terms).toEqual(old);
  });
});

describe('an example', () => {
  it('is told line by line to both sides, and nothing is kept', async () => {
    const made = await books.deal();
    const request = {
      terms: brackets([0n, 2000], [1_000_000n, 1500]),
      placed: cny(5_000_000n),
      daysOverdue: 40,
      payments: [
        { amount: cny(600_000n), inLitigation: false },
        { amount: cny(600_000n), inLitigation: false },
      ],
    };
    for (const call of [
      await made.creditor.as('finance'),
      await made.agency.as('agency_manager'),
    ]) {
      const told = await stage.commission.previewCommission(request, call);
      expect(told).toMatchObject({
        commission: cny(230_000n),
        vat: cny(13_800n),
        lines: [
          { kind: LineKind.ACCRUAL, paymentNumber: 1, commission: cny(120_000n) },
          { kind: LineKind.ACCRUAL, paymentNumber: 2, commission: cny(110_000n), rateBps: 0 },
        ],
      });
    }
    await expect(
      stage.commission.previewCommission(
        { ...request, terms: ratchet(true, [0, 2000], [5000, 1000]) },
        await made.creditor.as('finance'),
      ),
    ).rejects.toMatchObject({ reason: 'terms_fall_back' });
    expect(await books.lines(made)).toEqual([]);
  });
});
