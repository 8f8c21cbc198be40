import type { ClientCall } from '@recourse/kit/client.ts';
import { addDays, type Day, instantAt } from '@recourse/kit/day.ts';
import type { Case } from '@recourse/proto/cases/v1/cases.ts';
import { Attitude, Channel, ContactResult, Excuse, Party } from '@recourse/proto/cases/v1/work.ts';
import type { Payer } from './book.ts';
import type { Chance } from './random.ts';
import { type Stage, unlessRefused } from './stage.ts';

/**
 * One case in one week: who works it, how strong they are, and what kind of payer the debtor is.
 */
export type WorkedCase = { file: Case; worker: string; strength: number; payer: Payer };

const weeklyChanceToPay: Readonly<Record<Payer, number>> = {
  prompt: 0.3,
  slow: 0.16,
  troubled: 0.055,
  defaulting: 0.018,
};

const notes: Readonly<Record<string, readonly string[]>> = {
  [Attitude.WILLING]: [
    '财务已确认欠款，正在走付款审批。',
    '对方同意本月安排，等待总经理签字。',
    '核对对账单无误，承诺按期付款。',
  ],
  [Attitude.EVASIVE]: [
    '对方称负责人出差，下周再联系。',
    '接电话后称在开会，未给出时间。',
    '反复推说系统更换，付款延后。',
  ],
  [Attitude.DISPUTING]: [
    '对方提出一批货物质量问题，要求先处理。',
    '称发票单价与合同不符，需重新核对。',
  ],
  [Attitude.REFUSING]: ['对方明确表示暂不付款。', '对方态度强硬，要求走法律程序。'],
  [Attitude.UNABLE]: ['现场走访，生产线半数停工，资金紧张。', '对方称下游回款未到，希望分期。'],
  [Attitude.UNREACHABLE]: ['电话无人接听。', '前台称联系人已离职，正在找新对接人。'],
};

const attitudes: Readonly<Record<Payer, readonly (readonly [Attitude, number])[]>> = {
  prompt: [
    [Attitude.WILLING, 9],
    [Attitude.EVASIVE, 1],
  ],
  slow: [
    [Attitude.WILLING, 5],
    [Attitude.EVASIVE, 4],
    [Attitude.DISPUTING, 1],
  ],
  troubled: [
    [Attitude.UNABLE, 4],
    [Attitude.EVASIVE, 3],
    [Attitude.WILLING, 2],
    [Attitude.DISPUTING, 1],
  ],
  defaulting: [
    [Attitude.UNREACHABLE, 4],
    [Attitude.REFUSING, 3],
    [Attitude.EVASIVE, 2],
    [Attitude.UNABLE, 1],
  ],
};

const channels: readonly (readonly [Channel, number])[] = [
  [Channel.CALL, 10],
  [Channel.WECHAT, 3],
  [Channel.EMAIL, 2],
  [Channel.VISIT, 1.5],
  [Channel.LETTER, 1],
];

const excuses: readonly (readonly [Excuse, number])[] = [
  [Excuse.SHORT_OF_CASH, 5],
  [Excuse.APPROVAL_DELAY, 4],
  [Excuse.QUALITY_DISPUTE, 1],
  [Excuse.WRONG_INVOICE, 1],
  [Excuse.NOT_RECEIVED, 1],
  [Excuse.PRICE_DISPUTE, 1],
];

const zone = 'Asia/Shanghai';

function workingTime(by: Chance, on: Day): string {
  const time = Temporal.PlainTime.from({ hour: by.pick([9, 10, 14, 15]), minute: by.whole(0, 59) });
  return instantAt(on, time, zone).toString();
}

async function contact(stage: Stage, by: Chance, worked: WorkedCase, on: Day, call: ClientCall) {
  const attitude = by.weighted(attitudes[worked.payer]);
  const channel = by.weighted(channels);
  const written = channel === Channel.EMAIL || channel === Channel.LETTER;
  const result: ContactResult = written
    ? ContactResult.SENT
    : attitude === Attitude.UNREACHABLE
      ? ContactResult.NO_ANSWER
      : ContactResult.REACHED;
  const excuse: Excuse =
    attitude === Attitude.WILLING || written ? Excuse.UNSPECIFIED : by.weighted(excuses);
  await stage.work.recordContact(
    {
      caseId: worked.file.caseId,
      contactId: stage.id('contact'),
      channel,
      party: Party.DEBTOR,
      result,
      attitude: written ? Attitude.UNSPECIFIED : attitude,
      excuse,
      note: by.pick(notes[attitude] ?? ['']),
      happenedAt: workingTime(by, on),
      companion: channel === Channel.VISIT ? '同事一名' : '',
    },
    call,
  );
  return attitude;
}

async function pay(stage: Stage, by: Chance, worked: WorkedCase, on: Day, call: ClientCall) {
  const { caseId, open } = worked.file;
  if (open === undefined || open.minor <= 0n) return undefined;
  const whole = by.happens(0.45);
  const part = (open.minor * BigInt(by.whole(15, 60))) / 100n;
  // Part payments are round sums, as people pay them.
  const rounded = part > 1_000_00n ? part - (part % 1_000_00n) : part;
  const paymentId = stage.id('payment');
  const minor = whole || rounded === 0n ? open.minor : rounded;
  const done = await unlessRefused(['case_closed', 'case_unknown'], () =>
    stage.work.recordPayment(
      {
        caseId,
        paymentId,
        amount: { currency: open.currency, minor },
        receivedOn: on.toString(),
        means: by.weighted([
          ['bank_transfer', 8],
          ['acceptance_draft', 2],
          ['cheque', 1],
        ] as const),
        reference: `HK${on.toString().replaceAll('-', '')}${by.whole(1000, 9999)}`,
        note: '',
      },
      call,
    ),
  );
  return done ? { caseId, paymentId } : undefined;
}

async function promise(stage: Stage, by: Chance, worked: WorkedCase, on: Day, call: ClientCall) {
  const { caseId, open } = worked.file;
  if (open === undefined || open.minor <= 0n) return;
  const part = (open.minor * BigInt(by.whole(20, 100))) / 100n;
  await unlessRefused(['case_closed'], () =>
    stage.work.recordPromise(
      {
        caseId,
        promiseId: stage.id('promise'),
        amount: { currency: open.currency, minor: part > 0n ? part : open.minor },
        dueDay: addDays(on, by.whole(3, 21)).toString(),
        channel: Channel.CALL,
        promisedBy: '财务负责人',
      },
      call,
    ),
  );
}

/** A week of work on one case up to a Friday; resolves to the payment that came in, if one did. */
export async function workWeek(stage: Stage, by: Chance, worked: WorkedCase, friday: Day) {
  const call = await stage.as(worked.worker);
  const times = by.weighted([
    [0, 4],
    [1, 5],
    [2, 2],
  ] as const);
  for (let time = 0; time < times; time += 1) {
    const on = addDays(friday, -by.whole(1, 4));
    const attitude = await contact(stage, by, worked, on, call);
    if (attitude === Attitude.WILLING && by.happens(0.5))
      await promise(stage, by, worked, friday, call);
  }
  const chance = weeklyChanceToPay[worked.payer] * worked.strength;
  if (!by.happens(Math.min(0.9, chance))) return undefined;
  return pay(stage, by, worked, addDays(friday, -by.whole(0, 3)), call);
}
