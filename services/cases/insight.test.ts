import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Promised } from '@recourse/kit/client.ts';
import { type Case, Handling } from '@recourse/proto/cases/v1/cases.ts';
import {
  type FunnelStage,
  type GetInsightResponse,
  InsightServiceClient,
} from '@recourse/proto/cases/v1/insight.ts';
import { ContactResult } from '@recourse/proto/cases/v1/work.ts';
import {
  agencyCall,
  creditorCall,
  dayFromToday,
  listOf,
  oneCase,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { application, creditOf, overpaid, owesAgain, yuan } from './credit-rig.ts';
import { contact, handlingIs, payment, placementOf, promise, reversal } from './work-rig.ts';

let rig: Rig;
let insight: Promised<InsightServiceClient>;

beforeAll(async () => {
  rig = await startRig();
  insight = rig.service.client(InsightServiceClient);
});

afterAll(() => rig.stop());

const zone = 'Asia/Shanghai';
const thisMonth = Temporal.Now.plainDateISO(zone).toPlainYearMonth();

/** A month so many before the present one, `2026-09`. */
const month = (before: number): string => thisMonth.subtract({ months: before }).toString();

/** A day of such a month; the second or later, for the first of a month may be today. */
const on = (before: number, day: number): string =>
  thisMonth.subtract({ months: before }).toPlainDate({ day }).toString();

const noon = (day: string): string =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: '12:00' })
    .toInstant()
    .toString();

/** Makes a case one that was opened on a day; the service opens all of them now. */
async function openedOn(file: Case, day: string): Promise<void> {
  const at = noon(day);
  for (const sql of [
    'UPDATE case_file SET opened_at = $2 WHERE case_id = $1',
    `UPDATE timeline_entry SET at = $2 WHERE case_id = $1 AND what = 'case_opened'`,
  ]) {
    await rig.service.ownerQuery(sql, [file.caseId, at]);
  }
}

async function pay(file: Case, minor: bigint, receivedOn: string): Promise<string> {
  const request = payment(file.caseId, minor, { receivedOn });
  await rig.work.recordPayment(request, await creditorCall(rig, file.orgId));
  return request.paymentId;
}

async function ask(orgId: string): Promise<GetInsightResponse> {
  return insight.getInsight({ period: undefined }, await creditorCall(rig, orgId, 'auditor'));
}

type Step = [
  stage: FunnelStage,
  cases: bigint,
  base: bigint | undefined,
  recovered: bigint | undefined,
];
const stepsOf = ({ funnel }: GetInsightResponse): Step[] =>
  funnel.map((one) => [one.stage, one.cases, one.base?.minor, one.recovered?.minor]);

describe('the cases opened in a month', () => {
  it('are followed month after month, reversed payments and overpaid money left out', async () => {
    const { orgId, file } = await oneCase(rig, [
      { amountMinor: 1_000n, daysAgo: 90 },
      { amountMinor: 500n, daysAgo: 60 },
    ]);
    await openedOn(file, on(2, 15));
    await pay(file, 300n, on(2, 20));
    await pay(file, 400n, on(1, 10));
    const bounced = await pay(file, 100n, on(1, 11));
    const finance = await creditorCall(rig, orgId, 'finance');
    await rig.work.reversePayment(reversal(file.caseId, bounced), finance);
    await pay(file, 900n, dayFromToday(0));

    const found = await ask(orgId);
    expect(found.vintages).toEqual([
      {
        month: month(2),
        cases: 1n,
        base: yuan(1_500n),
        points: [
          { monthsAfter: 0, recovered: yuan(300n), shareBps: 2_000 },
          { monthsAfter: 1, recovered: yuan(700n), shareBps: 4_667 },
        ],
      },
    ]);
    expect(stepsOf(found)).toEqual([
      ['FUNNEL_STAGE_OPENED', 1n, 1_500n, 1_500n],
      ['FUNNEL_STAGE_REACHED', 0n, 0n, 0n],
      ['FUNNEL_STAGE_PROMISED', 0n, 0n, 0n],
      ['FUNNEL_STAGE_PAID_IN_PART', 1n, 1_500n, 1_500n],
      ['FUNNEL_STAGE_PAID_IN_FULL', 1n, 1_500n, 1_500n],
    ]);
    expect(found.currencies).toEqual(['CNY']);
  });

  it('count no money that came for what joined them later beyond their base', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 90 }]);
    await openedOn(file, on(1, 15));
    await owesAgain(rig, file, 600n);
    await pay(file, 1_200n, on(1, 20));
    const found = await ask(orgId);
    expect(found.vintages[0]?.points).toEqual([
      { monthsAfter: 0, recovered: yuan(1_000n), shareBps: 10_000 },
    ]);
    expect(stepsOf(found).at(-1)).toEqual(['FUNNEL_STAGE_PAID_IN_FULL', 1n, 1_000n, 1_000n]);
  });

  it('count credit once: on the case that it is put onto', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const again = await owesAgain(rig, paid, 200n);
    await creditOf(rig).applyCredit(application(again.caseId, 150n), call);
    const [opened] = (await ask(orgId)).funnel;
    expect(opened).toMatchObject({ cases: 2n, base: yuan(500n), recovered: yuan(450n) });
  });

  it('are reached and promised by what was done, and paid by what a delivery says', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId);
    await rig.work.recordContact(contact(file.caseId, { result: ContactResult.NO_ANSWER }), call);
    expect(stepsOf(await ask(orgId))[1]).toEqual(['FUNNEL_STAGE_REACHED', 0n, 0n, 0n]);
    await rig.work.recordContact(contact(file.caseId), call);
    await rig.work.recordPromise(promise(file.caseId, 400n), call);
    await rig.service.ownerQuery(
      `UPDATE case_file SET state = 'CLOSED', outcome = 'PAID', closed_at = now(), open_minor = 0,
              overdue_minor = 0 WHERE case_id = $1`,
      [file.caseId],
    );
    expect(stepsOf(await ask(orgId)).slice(1)).toEqual([
      ['FUNNEL_STAGE_REACHED', 1n, 1_000n, 0n],
      ['FUNNEL_STAGE_PROMISED', 1n, 1_000n, 0n],
      ['FUNNEL_STAGE_PAID_IN_PART', 1n, 1_000n, 0n],
      ['FUNNEL_STAGE_PAID_IN_FULL', 1n, 1_000n, 0n],
    ]);
  });

  it('are those of the period, and of the caller', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 90 }]);
    await openedOn(file, on(3, 15));
    const call = await creditorCall(rig, orgId);
    const period = { firstDay: on(3, 16), lastDay: dayFromToday(0) };
    expect((await insight.getInsight({ period }, call)).vintages).toEqual([]);
    const wider = { firstDay: on(3, 15), lastDay: on(3, 15) };
    const found = await insight.getInsight({ period: wider }, call);
    expect(found).toMatchObject({ period: wider, vintages: [{ cases: 1n }] });
    expect(await ask(randomUUIDv7())).toMatchObject({ vintages: [], funnel: [], currencies: [] });
  });
});

describe('the cases placed in a month', () => {
  it('are followed while an agency holds them', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 90 }]);
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    await rig.service.ownerQuery('UPDATE placement_grant SET accepted_at = $2 WHERE case_id = $1', [
      file.caseId,
      noon(on(2, 10)),
    ]);
    await pay(file, 300n, on(1, 10));
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    await pay(file, 200n, on(1, 11));
    expect((await ask(orgId)).placedVintages).toEqual([
      {
        month: month(2),
        cases: 1n,
        base: yuan(900n),
        points: [
          { monthsAfter: 0, recovered: yuan(0n), shareBps: 0 },
          { monthsAfter: 1, recovered: yuan(300n), shareBps: 3_333 },
        ],
      },
    ]);
  });
});

describe('contacts', () => {
  it('count by the debtor’s weekday and hour, refused ones left out', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId);
    const results = [ContactResult.NO_ANSWER, ContactResult.REACHED, ContactResult.NO_ANSWER];
    const made: Temporal.ZonedDateTime[] = [];
    for (const result of results) {
      const { contact: done } = await rig.work.recordContact(
        contact(file.caseId, { result }),
        call,
      );
      expect(done?.verdict?.permitted).toBe(true);
      made.push(
        Temporal.Instant.from(done?.happenedAt ?? '').toZonedDateTimeISO(file.debtorTimeZone),
      );
    }
    const { contact: fourth } = await rig.work.recordContact(contact(file.caseId), call);
    expect(fourth?.verdict?.permitted).toBe(false);
    const { contactHours } = await ask(orgId);
    const hours = new Set(made.map((one) => `${one.dayOfWeek} ${one.hour}`));
    expect(new Set(contactHours.map((one) => `${one.weekday} ${one.hour}`))).toEqual(hours);
    const sum = (of: (one: (typeof contactHours)[number]) => bigint): bigint =>
      contactHours.reduce((all, one) => all + of(one), 0n);
    expect([sum((one) => one.attempts), sum((one) => one.effective)]).toEqual([3n, 1n]);
  });
});

describe('the months of the book', () => {
  it('have what was open at their ends, and what came in, each currency by itself', async () => {
    const orgId = randomUUIDv7();
    const name = '无锡远洋轴承有限公司';
    const dated = (number: string, amountMinor: bigint, documentDate: string, dueDate: string) => ({
      number,
      amountMinor,
      documentDate,
      dueDate,
    });
    const later = Temporal.PlainDate.from(on(0, 1)).add({ days: 40 }).toString();
    await writeBook(rig, orgId, [
      {
        key: 'K1',
        name,
        documents: [
          dated('D1', 1_000n, on(2, 5), on(2, 20)),
          dated('D2', 600n, on(1, 5), later),
          // Of the present month: not there at the ends of the months before.
          dated('D3', 7_000n, on(0, 1), later),
          { ...dated('D4', 50n, on(1, 10), on(1, 15)), currency: 'USD' },
        ],
      },
    ]);
    await openAll(rig, orgId);
    const call = await creditorCall(rig, orgId);
    const { cases } = await rig.cases.listCases(listOf({}), call);
    const file = cases.find((one) => one.open?.currency === 'CNY');
    if (file === undefined) throw new Error('no case was opened');
    await pay(file, 250n, on(1, 20));

    const period = { firstDay: on(2, 1), lastDay: dayFromToday(0) };
    const found = await insight.getInsightMonths({ period }, call);
    expect(found.dsoTargetDays).toBe(45);
    const figures = found.months.map((one) => [
      one.month,
      one.open,
      one.overdue?.minor,
      one.overdueBps,
      one.dsoTenths,
      one.ceiBps,
      one.recovered?.minor,
      one.recoveredYearBefore,
    ]);
    expect(figures).toEqual([
      [month(2), yuan(1_000n), 1_000n, 10_000, 900, 0, undefined, undefined],
      [
        month(2),
        { currency: 'USD', minor: 0n },
        0n,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ],
      // 1,350 ÷ 1,600 × 90 days; (1,000 + 600 − 1,350) ÷ (1,000 + 600 − 600).
      [month(1), yuan(1_350n), 750n, 5_556, 759, 2_500, 250n, undefined],
      [month(1), { currency: 'USD', minor: 50n }, 50n, 10_000, 900, 0, 0n, undefined],
    ]);
  });

  it('of an empty book are none', async () => {
    const call = await creditorCall(rig, randomUUIDv7());
    expect((await insight.getInsightMonths({ period: undefined }, call)).months).toEqual([]);
  });
});

describe('what may not be asked', () => {
  it.each([
    ['2026-03-02', '2026-03-01', 'period_backwards'],
    ['2020-01-01', '2026-03-01', 'period_too_long'],
    ['1700-01-01', '2026-03-01', 'day_out_of_range'],
  ])('from %s to %s is refused: %s', async (firstDay, lastDay, reason) => {
    const call = await creditorCall(rig, randomUUIDv7());
    const period = { firstDay, lastDay };
    const refused = { kind: 'invalid', reason };
    await expect(insight.getInsight({ period }, call)).rejects.toMatchObject(refused);
    await expect(insight.getInsightMonths({ period }, call)).rejects.toMatchObject(refused);
  });

  it('by an agency, even of what it holds', async () => {
    const call = await agencyCall(rig, randomUUIDv7(), 'agency_manager');
    const refused = { kind: 'denied' };
    await expect(insight.getInsight({ period: undefined }, call)).rejects.toMatchObject(refused);
    await expect(insight.getInsightMonths({ period: undefined }, call)).rejects.toMatchObject(
      refused,
    );
  });
});
