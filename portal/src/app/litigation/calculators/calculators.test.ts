import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CalculatedDeadline,
  CalculateDeadlinesResponse,
  CalculateDoubleInterestResponse,
  CalculateLimitationResponse,
  CheckSmallClaimResponse,
  ListDeadlineRulesResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { LimitationState, ProofGrade } from '@recourse/proto/web/litigation/v1/limitation';
import { Procedure } from '@recourse/proto/web/litigation/v1/matters';
import { answer, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import type { Screen } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { DeadlineCalculator } from './deadline-calculator';
import { DoubleInterestCalculator } from './double-interest-calculator';
import { InterestCalculator } from './interest-calculator';
import { LimitationCalculator } from './limitation-calculator';
import { SmallClaimsCalculator } from './small-claims-calculator';

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['legal_officer'] }) });
});

function choose<T>(screen: Screen<T>, label: string, value: string): Promise<void> {
  return chooseIn(screen, label, value, 'find');
}

function chooseLast<T>(screen: Screen<T>, label: string, value: string): Promise<void> {
  return chooseIn(screen, label, value, 'findLast');
}

function chooseIn<T>(
  screen: Screen<T>,
  label: string,
  value: string,
  which: 'find' | 'findLast',
): Promise<void> {
  const field = screen.all('rc-choice-field')[which]((one) => one.textContent?.includes(label));
  const select = field?.querySelector('select');
  if (select === null || select === undefined) throw new Error(`no choice ${label}`);
  select.value = value;
  select.dispatchEvent(new Event('change'));
  return screen.settle();
}

async function write<T>(screen: Screen<T>, label: string, text: string): Promise<void> {
  const field = screen.all('rc-date-field').findLast((one) => one.textContent?.includes(label));
  const input = field?.querySelector<HTMLInputElement>('input[rcInput]');
  if (input === null || input === undefined) throw new Error(`no day ${label}`);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('blur'));
  await screen.settle();
}

/** Writes into the last money or text field with this label. */
async function fill<T>(screen: Screen<T>, label: string, text: string): Promise<void> {
  const fields = screen.all('rc-money-field, rc-text-field');
  const field = fields.findLast((one) => one.textContent?.includes(label));
  const input = field?.querySelector('input');
  if (input === null || input === undefined) throw new Error(`no field ${label}`);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('blur'));
  await screen.settle();
}

const button = (screen: Screen<unknown>, name: string): HTMLButtonElement => {
  const found = screen.all('button').find((one) => one.textContent?.trim() === name);
  if (!(found instanceof HTMLButtonElement)) throw new Error(`no button ${name}`);
  return found;
};

const rules = ListDeadlineRulesResponse.fromPartial({
  rules: [
    { procedure: Procedure.ORDINARY, fromKind: 'judgment_served', boundParty: 'served' },
    { procedure: Procedure.ORDINARY, fromKind: 'fee_notice_received', boundParty: 'us' },
    { procedure: Procedure.SMALL_CLAIMS, fromKind: 'filed', boundParty: 'court' },
  ],
});

describe('the deadline calculator', () => {
  async function shown(): Promise<Screen<DeadlineCalculator>> {
    const opening = show(DeadlineCalculator);
    await answer('/v1/calculators/deadline-rules', ListDeadlineRulesResponse.toJSON(rules));
    return opening;
  }

  it('offers only events that start something in the procedure', async () => {
    const screen = await shown();
    expect(screen.texts('rc-form-rows select option')).toEqual([
      '请选择',
      '判决送达',
      '收到交费通知',
    ]);
    await choose(screen, '程序', Procedure.SMALL_CLAIMS);
    expect(screen.texts('rc-form-rows select option')).toEqual(['请选择', '起诉']);
  });

  it('does not send an event of another procedure', async () => {
    const screen = await shown();
    await choose(screen, '发生了什么', 'fee_notice_received');
    expect(button(screen, '计算').disabled).toBe(false);
    await choose(screen, '程序', Procedure.SMALL_CLAIMS);
    expect(button(screen, '计算').disabled).toBe(true);
  });

  it('asks on whom it was served, and says the shift, the right lost and the rule', async () => {
    const screen = await shown();
    await choose(screen, '发生了什么', 'judgment_served');
    await choose(screen, '送达给', 'us');
    await write(screen, '日期', '2025-09-18');
    button(screen, '计算').click();
    const made = CalculateDeadlinesResponse.fromPartial({
      deadlines: [
        CalculatedDeadline.fromPartial({
          rule: 'appeal_judgment',
          boundParty: 'us',
          fromDay: '2025-09-18',
          fromKind: 'judgment_served',
          unmovedDay: '2025-10-03',
          dueDay: '2025-10-09',
          fatal: true,
          actZh: '提起上诉',
          rightLostZh: '判决生效',
          why: { rule: 'r', source: '民事诉讼法 art. 171', effectiveFrom: '2024-01-01' },
        }),
      ],
    });
    const sent = await answer(
      '/v1/calculators/deadlines:calculate',
      CalculateDeadlinesResponse.toJSON(made),
    );
    expect(sent).toMatchObject({
      procedure: Procedure.ORDINARY,
      events: [{ kind: 'judgment_served', on: '2025-09-18', party: 'us' }],
    });
    await screen.settle();
    const text = screen.texts('rc-deadline-answers li').join(' ');
    for (const words of [
      '提起上诉',
      '2025-10-09',
      '我方期限',
      '失权',
      '判决生效',
      '期满 2025-10-03 为休息日，顺延至 2025-10-09',
      '民事诉讼法 第 171 条',
    ]) {
      expect(text).toContain(words);
    }
    await write(screen, '日期', '2025-09-19');
    expect(screen.all('rc-deadline-answers')).toEqual([]);
  });
});

describe('the limitation calculator', () => {
  const made = CalculateLimitationResponse.fromPartial({
    clock: {
      state: LimitationState.RUNNING,
      expiresOn: '2027-05-06',
      absoluteEnd: '2042-01-10',
      lastInterruptionOn: '2024-05-06',
      lastInterruptionKind: 'demand',
      confidence: 'medium',
      daysLeft: 420,
      nextAct: { act: 'ems_letter', labelZh: '寄 EMS 催款函', why: 'cheapest' },
      why: [{ rule: 'r', source: '民法典 art. 188' }],
    },
    events: [
      { eventId: '0', kind: 'demand', on: '2024-05-06', effect: 'interrupts' },
      { eventId: '1', kind: 'demand_guarantor', on: '2024-05-07', effect: '' },
    ],
    guarantor: {
      guarantor: { name: '保证人', kind: 'general' },
      expiresOn: '2022-07-10',
      state: 'released',
      warnings: ['demand_does_not_keep_general'],
      why: [{ rule: 'g', source: '民法典 art. 693' }],
    },
  });

  it('asks a suit for its outcome, and a withdrawn one for its service', async () => {
    const screen = await show(LimitationCalculator);
    await choose(screen, '事件', 'suit');
    expect(screen.texts('rc-form-rows .label, rc-form-rows label').join(' ')).toContain('结果');
    await choose(screen, '结果', 'withdrawn');
    expect(screen.all('rc-form-rows')[0]?.textContent).toContain('起诉状送达日');
  });

  it('notes an event after the day of calculation, and says why it was refused', async () => {
    const screen = await show(LimitationCalculator);
    await write(screen, '到期日', '2022-01-10');
    await write(screen, '计算至', '2024-05-01');
    await write(screen, '日期', '2024-05-06');
    expect(screen.all('rc-form-rows')[0]?.textContent).toContain('不能晚于 2024-05-01');
    button(screen, '计算').click();
    await answer(
      '/v1/calculators/limitation:calculate',
      {
        reason: 'event_after_day',
        facts: { field: '/events/0/on', on: '2024-05-06', asOf: '2024-05-01' },
        errors: [{ field: '/events/0/on', rule: 'event_after_day', repair: 'leave it out' }],
      },
      400,
    );
    await screen.settle();
    expect(screen.texts('rc-problem-panel').join()).toContain(
      '2024-05-06 的事件晚于计算日 2024-05-01',
    );
  });

  it('says expiry, confidence, the next act, and the guarantor apart from them', async () => {
    const screen = await show(LimitationCalculator);
    await write(screen, '到期日', '2022-01-10');
    screen.all('input[type=checkbox]')[0]?.click();
    await screen.settle();
    await write(screen, '日期', '2024-05-06');
    button(screen, '计算').click();
    const sent = await answer(
      '/v1/calculators/limitation:calculate',
      CalculateLimitationResponse.toJSON(made),
    );
    expect(sent).toMatchObject({
      dueDay: '2022-01-10',
      guarantor: { kind: 'general' },
      events: [{ kind: 'demand', on: '2024-05-06', grade: ProofGrade.LIKELY }],
    });
    await screen.settle();
    const text = (document.body.textContent ?? '').replace(/\s+/g, ' ');
    for (const words of [
      '2027-05-06',
      '把握 中',
      '最近中断：2024-05-06 催收送达',
      '寄 EMS 催款函',
      '2042-01-10',
      '一般保证：向保证人催告不能保住',
      '已免责',
      '只关系保证期间',
      '民法典 第 693 条',
    ]) {
      expect(text).toContain(words);
    }
  });
});

describe('the interest calculator', () => {
  it.each([
    ['zh-CN', '须大于 0', '请填写大于 0 的固定年利率'],
    ['en', 'give the yearly rate', 'Give a fixed yearly rate above 0'],
  ] as const)('says beside a fixed rate of 0 that it needs one: %s', async (language, ...said) => {
    const screen = await show(InterestCalculator);
    await fill(screen, '本金', '1000');
    await write(screen, '起算日', '2025-01-01');
    await choose(screen, '利率', 'fixed');
    await fill(screen, '年利率', '0');
    button(screen, '计算').click();
    const sent = await answer(
      '/v1/calculators/interest:calculate',
      {
        reason: 'fixed_rate_needed',
        facts: { field: '/fixedBps' },
        errors: [{ field: '/fixedBps', rule: 'fixed_rate_needed', repair: 'give the yearly rate' }],
      },
      400,
    );
    expect(sent).toMatchObject({ rate: 'year' });
    chooseLanguage(language);
    await screen.settle();
    const text = document.body.textContent ?? '';
    for (const words of said) expect(text).toContain(words);
  });
});

describe('the double-interest calculator', () => {
  const add = '加一笔还款、一期或一段中止';

  it('sends payments, instalments and stays each as what they are', async () => {
    const screen = await show(DoubleInterestCalculator);
    await fill(screen, '生效文书', '100000');
    await write(screen, '履行期最后一日', '2026-01-01');
    button(screen, add).click();
    await screen.settle();
    await fill(screen, '金额', '40000');
    await write(screen, '日期', '2026-02-10');
    button(screen, add).click();
    await screen.settle();
    await chooseLast(screen, '类别', 'stay');
    await write(screen, '首日', '2026-01-11');
    await write(screen, '末日', '2026-01-20');
    button(screen, '计算').click();
    const made = CalculateDoubleInterestResponse.fromPartial({
      interest: { currency: 'CNY', minor: 105_000n },
      unpaid: { currency: 'CNY', minor: 6_000_000n },
    });
    const sent = await answer(
      '/v1/calculators/double-interest:calculate',
      CalculateDoubleInterestResponse.toJSON(made),
    );
    expect(sent).toMatchObject({
      performBy: '2026-01-01',
      payments: [{ on: '2026-02-10' }],
      stays: [{ fromDay: '2026-01-11', toDay: '2026-01-20' }],
    });
    await screen.settle();
    expect(document.body.textContent).toContain('1,050.00');
  });
});

describe('the small-claims calculator', () => {
  it('says the ceilings with the notice that published them', async () => {
    const screen = await show(SmallClaimsCalculator);
    await fill(screen, '标的额', '70000');
    await fill(screen, '省份', '江苏省');
    button(screen, '计算').click();
    const made = CheckSmallClaimResponse.fromPartial({
      verdict: 'by_agreement',
      mandatoryUpTo: { currency: 'CNY', minor: 6_461_000n },
      byAgreementUpTo: { currency: 'CNY', minor: 25_844_000n },
      wageYear: 2024,
      why: { rule: 'small_claims', source: '民事诉讼法 art. 165' },
      wageWhy: { rule: 'average_wage_CN-JS', source: '江苏省高级人民法院通知' },
    });
    await answer('/v1/calculators/small-claims:check', CheckSmallClaimResponse.toJSON(made));
    await screen.settle();
    const text = document.body.textContent ?? '';
    for (const words of ['64,610.00', '258,440.00', '民事诉讼法 第 165 条', '江苏省高级人民法院']) {
      expect(text).toContain(words);
    }
  });
});
