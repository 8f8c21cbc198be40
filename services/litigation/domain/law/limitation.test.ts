import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { fees } from '../../rules/law/fees.ts';
import { limitation as tables } from '../../rules/law/limitation.ts';
import { type LimitationClock, limitation } from './limitation.ts';
import type { LimitationEvent } from './limitation-event.ts';
import { limitationEventKinds, proofs } from './limitation-rule.ts';

const calendar = prcCalendar();
const law = { fees, limitation: tables };
const today = '2026-03-02';
const event = (
  kind: LimitationEvent['kind'],
  on: string,
  more: Partial<LimitationEvent> = {},
): LimitationEvent => ({ id: `${kind} ${on}`, kind, on, proof: 'proven', ...more });
const clock = (events: readonly LimitationEvent[], more: { today?: string } = {}) =>
  limitation({ events, today, ...more }, calendar, law);
/** The state and the end, as one line. */
const said = ({ state, expiresOn }: LimitationClock) => `${state} ${expiresOn ?? '-'}`;

const due = event('due', '2024-03-05');

describe('the clock of a debt', () => {
  it.each<[string, LimitationEvent[], string]>([
    ['without a due day', [], 'not_started -'],
    ['three years after its due day', [due], 'running 2027-03-05'],
    ['moved off a holiday', [event('due', '2023-05-02')], 'running 2026-05-06'],
    ['of 29 February', [event('due', '2024-02-29')], 'running 2027-02-28'],
    [
      'in instalments, from the last',
      [event('instalment_due', '2023-01-31'), event('instalment_due', '2024-01-31')],
      'running 2027-01-31',
    ],
    ['on demand, from the end of grace', [event('grace_end', '2024-06-30')], 'running 2027-06-30'],
    [
      'on demand, from a flat refusal',
      [event('refusal', '2024-06-01'), event('grace_end', '2024-06-30')],
      'running 2027-06-01',
    ],
    ['known later', [due, event('knowledge', '2024-09-01')], 'running 2027-09-01'],
    ['not yet due', [event('due', '2026-06-30')], 'not_started 2029-06-30'],
    ['long past', [event('due', '2022-12-01')], 'expired 2025-12-01'],
  ])('%s', (_name, events, expected) => {
    expect(said(clock(events))).toBe(expected);
  });

  it.each<[string, LimitationEvent, string]>([
    ['a demand', event('demand', '2025-06-10'), 'running 2028-06-10'],
    ['a bank deduction', event('bank_deduction', '2025-06-10'), 'running 2028-06-10'],
    ['a public notice', event('public_notice', '2025-06-10'), 'running 2028-06-10'],
    ['notice of assignment', event('assignment_notice', '2025-06-10'), 'running 2028-06-10'],
    ['a mediation request', event('mediation_request', '2025-06-10'), 'running 2028-06-10'],
    ['part payment', event('part_payment', '2025-06-10'), 'running 2028-06-10'],
    ['an acknowledgement', event('acknowledgement', '2025-06-10'), 'running 2028-06-10'],
    ['security given', event('security_given', '2025-06-10'), 'running 2028-06-10'],
    [
      'a plan to a new day',
      event('repayment_plan', '2025-06-10', { until: '2025-12-31' }),
      'running 2028-12-31',
    ],
    [
      'an extension',
      event('extension', '2025-06-10', { until: '2026-06-30' }),
      'running 2029-06-30',
    ],
    ['pre-suit preservation', event('pre_suit_preservation', '2025-06-10'), 'running 2028-06-10'],
    ['set-off in suit', event('set_off_in_suit', '2025-06-10'), 'running 2028-06-10'],
    ['a demand before the due day', event('demand', '2024-03-05'), 'running 2027-03-05'],
    [
      'a demand waiving the rest',
      event('demand', '2025-06-10', { restWaived: true }),
      'running 2027-03-05',
    ],
  ])('after %s', (_name, one, expected) => {
    expect(said(clock([due, one]))).toBe(expected);
  });

  it.each<[string, Partial<LimitationEvent>, string]>([
    ['pending', {}, 'pending -'],
    ['withdrawn unserved', { until: '2025-08-01', outcome: 'withdrawn' }, 'running 2027-03-05'],
    [
      'withdrawn after service',
      { until: '2025-08-01', outcome: 'withdrawn', servedOn: '2025-07-01' },
      'running 2028-07-01',
    ],
    ['dismissed unserved', { until: '2025-08-01', outcome: 'dismissed' }, 'running 2027-03-05'],
    [
      'dismissed after service',
      { until: '2025-08-01', outcome: 'dismissed', servedOn: '2025-07-01' },
      'running 2028-07-01',
    ],
    ['not accepted', { until: '2025-06-17', outcome: 'not_accepted' }, 'running 2027-03-05'],
    ['settled', { until: '2025-08-01', outcome: 'settled' }, 'running 2028-08-01'],
    // A mediation agreement of the court is enforced as a judgment is: 民事诉讼法 art. 100, 250.
    ['mediated', { until: '2025-08-04', outcome: 'mediated' }, 'enforcement 2027-08-04'],
  ])('after a suit that is %s', (_name, more, expected) => {
    expect(said(clock([due, event('suit', '2025-06-10', more)]))).toBe(expected);
  });

  it('after a payment order that lapsed runs from the lapse', () => {
    const order = event('payment_order', '2025-06-10', { until: '2025-07-20', outcome: 'lapsed' });
    expect(said(clock([due, order]))).toBe('running 2028-07-20');
  });
});

describe('an obstacle', () => {
  const start = event('due', '2023-03-31');
  it.each<[string, Partial<LimitationEvent> & { on: string }, string]>([
    ['before the last six months', { on: '2025-03-01', until: '2025-08-01' }, 'running 2026-03-31'],
    ['reaching into them', { on: '2025-08-01', until: '2025-12-01' }, 'running 2026-06-01'],
    ['in them', { on: '2025-12-01', until: '2026-02-02' }, 'running 2026-08-03'],
    ['that lasts', { on: '2025-12-01' }, 'suspended -'],
    ['over on the day they are counted from', { on: '2025-09-01', until: '2025-09-30' }, '03-31'],
  ])('%s', (_name, { on, ...more }, expected) => {
    expect(said(clock([start, event('obstacle', on, more)]))).toMatch(new RegExp(`${expected}$`));
  });

  it('that lasts holds the clock from the first of the last six months', () => {
    const on = (today: string) => said(clock([start, event('obstacle', '2025-01-06')], { today }));
    expect(on('2025-09-30')).toBe('running 2026-03-31');
    expect(on('2025-10-01')).toBe('suspended -');
  });

  it('that lasts but came early does not stop the clock yet', () => {
    expect(said(clock([due, event('obstacle', '2025-12-01')]))).toBe('running 2027-03-05');
  });
});

describe('after expiry', () => {
  const old = event('due', '2022-03-01');
  it.each<[LimitationEvent, string, string]>([
    [event('demand', '2025-06-10'), 'expired 2025-03-03', 'after_expiry'],
    [event('part_payment', '2025-06-10'), 'expired 2025-03-03', 'after_expiry'],
    [event('suit', '2025-06-10'), 'expired 2025-03-03', 'after_expiry'],
    [event('acknowledgement', '2025-06-10'), 'running 2028-06-10', '民法典'],
    [event('repayment_plan', '2025-06-10'), 'running 2028-06-10', '民法典'],
  ])('%o leaves it %s', (one, expected, reason) => {
    const made = clock([old, one]);
    expect(said(made)).toBe(expected);
    expect(made.effects.at(-1)?.reason).toContain(reason);
  });

  it('only the debtor can bring it back', () => {
    const made = clock([old]);
    expect(made.cheapestNextAct).toMatchObject({
      act: 'signed_acknowledgement',
      why: 'only_debtor_revives',
      by: today,
    });
    expect(made.alarms).toEqual([]);
  });

  it('a demand found later that was in time saves it, wherever it stands in the list', () => {
    const late = event('acknowledgement', '2025-02-20');
    const early = event('demand', '2023-08-01');
    expect(said(clock([old, early]))).toBe('running 2026-08-03');
    expect(said(clock([late, early, old]))).toBe('running 2028-02-20');
    expect(clock([old, early, late])).toEqual(clock([late, old, early]));
  });
});

describe('the twenty years', () => {
  it('hold against interruptions', () => {
    const events = [
      event('due', '2006-06-01'),
      event('demand', '2008-05-01'),
      event('demand', '2010-04-01'),
      event('demand', '2012-03-01'),
      event('demand', '2014-02-01'),
      event('demand', '2016-01-15'),
      event('demand', '2018-06-01'),
      event('demand', '2021-05-01'),
      event('demand', '2024-04-01'),
    ];
    const made = clock(events);
    expect(made).toMatchObject({
      state: 'running',
      expiresOn: '2026-06-01',
      absoluteEndOn: '2026-06-01',
      daysLeft: 91,
    });
    expect(made.cheapestNextAct).toMatchObject({
      act: 'payment_order',
      why: 'only_filing_stops_20_years',
    });
    const after = clock([...events, event('acknowledgement', '2026-07-01')], {
      today: '2026-08-01',
    });
    expect(said(after)).toBe('expired 2026-06-01');
    expect(after.effects.at(-1)?.reason).toBe('after_absolute_end');
  });
});

describe('the change from two to three years on 2017-10-01', () => {
  it.each([
    ['2015-09-30', '2017-09-30', 'over the day before'],
    ['2015-10-01', '2018-10-08', 'open on the day itself, and moved off a holiday'],
    ['2015-11-01', '2018-11-01', 'open on it'],
    ['2017-10-09', '2020-10-09', 'begun after it'],
  ])('a debt due %s ended %s (%s)', (on, end) => {
    expect(clock([event('due', on)], { today: '2021-01-04' }).expiresOn).toBe(end);
  });
});

describe('a judgment', () => {
  const suit = event('suit', '2024-06-10', { until: '2024-12-01', outcome: 'judgment' });
  const judgment = event('judgment', '2024-12-01', { performBy: '2024-12-15' });

  it('opens two years of enforcement from the last day of performance', () => {
    const made = clock([due, suit, judgment]);
    expect(said(made)).toBe('enforcement 2026-12-15');
    expect(made.cheapestNextAct).toMatchObject({ act: 'apply_for_enforcement' });
    expect(made.rules[0]?.source).toContain('art. 250');
  });

  it.each<[string, LimitationEvent[], string]>([
    ['a demand', [event('demand', '2025-10-15')], 'enforcement 2027-10-15'],
    ['an application', [event('enforcement', '2025-10-15')], 'enforcement_pending -'],
    [
      'an application withdrawn',
      [event('enforcement', '2025-10-15', { until: '2025-12-01', outcome: 'withdrawn' })],
      'enforcement 2027-12-01',
    ],
    [
      'a settlement in enforcement',
      [
        event('enforcement', '2025-10-15'),
        event('enforcement_settlement', '2025-11-01', { until: '2026-05-01' }),
      ],
      'enforcement 2028-05-01',
    ],
    [
      'no assets found',
      [event('enforcement', '2025-10-15'), event('no_assets', '2026-01-15')],
      'reapply_any_time -',
    ],
    [
      'an application that brought all of it',
      [event('enforcement', '2025-10-15', { until: '2026-01-15', outcome: 'performed' })],
      'ended -',
    ],
    [
      'no assets, then a second application that brought all of it',
      [
        event('no_assets', '2025-09-15'),
        event('enforcement', '2025-10-15', { until: '2026-01-15', outcome: 'performed' }),
        event('demand', '2026-01-20'),
      ],
      'ended -',
    ],
  ])('is followed by %s', (_name, more, expected) => {
    expect(said(clock([due, suit, judgment, ...more]))).toBe(expected);
  });

  it.each(['suit', 'arbitration', 'payment_order'] as const)(
    'known by the end of a %s alone opens them too, from that end',
    (kind) => {
      const ended = event(kind, '2024-06-10', { until: '2024-12-02', outcome: 'judgment' });
      expect(said(clock([due, ended]))).toBe('enforcement 2026-12-02');
      expect(said(clock([due, ended, judgment]))).toBe('enforcement 2026-12-15');
    },
  );

  it('left alone for two years is out of time', () => {
    expect(said(clock([due, suit, judgment], { today: '2026-12-16' }))).toBe(
      'enforcement_expired 2026-12-15',
    );
  });
});

describe('the proof', () => {
  const letter = event('demand', '2025-06-10');
  it.each<[string, LimitationEvent['proof'], string, string, string]>([
    ['signed for', 'proven', 'high', '2028-06-10', '2028-06-10'],
    ['an e-mail that arrived', 'likely', 'medium', '2028-06-10', '2027-03-05'],
    ['a call in our own log', 'weak', 'high', '2027-03-05', '2027-03-05'],
    ['hearsay', 'none', 'high', '2027-03-05', '2027-03-05'],
  ])('of a demand by %s (%s) makes confidence %s', (_name, proof, confidence, end, provenEnd) => {
    const made = clock([due, { ...letter, proof }]);
    expect(made).toMatchObject({ confidence, expiresOn: end, expiresOnProvenOnly: provenEnd });
    const all = proof === 'none' ? '2027-03-05' : '2028-06-10';
    expect(made.expiresOnIfAllHold).toBe(all);
  });

  it('on which alone the claim lives makes confidence low', () => {
    const made = clock([
      event('due', '2022-12-01'),
      event('demand', '2024-01-08', { proof: 'likely' }),
    ]);
    expect(made).toMatchObject({ state: 'running', confidence: 'low' });
  });

  it('that is not relied on is named at the event', () => {
    const made = clock([due, { ...letter, proof: 'weak' }]);
    expect(made.effects[1]).toMatchObject({ effect: 'none', reason: 'proof_weak' });
  });
});

describe('alarms and the next act', () => {
  it('stand 180, 90 and 30 days before the end', () => {
    expect(clock([due], { today: '2026-12-05' }).alarms).toEqual([
      { daysBefore: 180, on: '2026-09-06', state: 'past' },
      { daysBefore: 90, on: '2026-12-05', state: 'today' },
      { daysBefore: 30, on: '2027-02-03', state: 'ahead' },
    ]);
  });

  it.each([
    ['2026-12-05', false, 'data_message_demand', 'cheapest', '2027-03-03'],
    ['2027-02-10', false, 'letter_demand', 'certain_in_last_days', '2027-02-23'],
    ['2027-02-26', false, 'mediation_request', 'certain_in_last_days', '2027-03-02'],
    ['2027-03-04', false, 'payment_order', 'certain_in_last_days', '2027-03-05'],
    ['2026-12-05', true, 'public_notice', 'cheapest', '2027-02-26'],
    ['2027-03-04', true, 'suit', 'certain_in_last_days', '2027-03-05'],
  ])('on %s (debtor missing: %s) is %s', (on, debtorMissing, act, why, by) => {
    const amount = { currency: 'CNY', minor: 10_000_000n };
    const made = limitation({ events: [due], today: on, amount, debtorMissing }, calendar, law);
    expect(made.cheapestNextAct).toMatchObject({ act, why, by });
  });

  it('carries the exact fee of filing', () => {
    const amount = { currency: 'CNY', minor: 10_000_000n };
    const made = limitation({ events: [due], today: '2027-03-04', amount }, calendar, law);
    expect(made.cheapestNextAct?.cost).toEqual({ currency: 'CNY', minor: 76_667n });
  });

  it('past the holiday table is provisional and not moved', () => {
    const made = clock([event('due', '2024-10-01')]);
    expect(made).toMatchObject({ expiresOn: '2027-10-01', provisional: true });
    expect(clock([event('due', '2023-10-01')])).toMatchObject({
      expiresOn: '2026-10-08',
      countedEnd: '2026-10-01',
      provisional: false,
    });
  });
});

describe('events that cannot be', () => {
  it.each<[string, LimitationEvent[]]>([
    ['event_in_future', [due, event('demand', '2026-03-03')]],
    ['not_a_date', [event('due', '2024-3-5')]],
    ['service_before_filing', [due, event('suit', '2025-06-10', { servedOn: '2025-06-09' })]],
    ['until_before_event', [due, event('suit', '2025-06-10', { until: '2025-06-09' })]],
    ['event_id_twice', [due, { ...due, on: '2024-03-06' }]],
    ['two_due_days', [due, event('due', '2024-03-06')]],
  ])('are refused: %s', (reason, events) => {
    expect(() => clock(events)).toThrow(reason);
  });
});

describe('any events', () => {
  const first = Temporal.PlainDate.from('2018-01-01');
  const on = fc.nat(2_900).map((days) => first.add({ days }).toString());
  const kinds = (part: readonly string[]) =>
    fc.constantFrom(
      ...limitationEventKinds.filter((kind) => part.includes(tables.parts[kind].part)),
    );
  const of = (part: readonly string[]) =>
    fc.record({ id: fc.uuid(), kind: kinds(part), on, proof: fc.constantFrom(...proofs) });
  const parts = ['creditor', 'debtor', 'proceedings', 'obstacle', 'title'];
  const end = (made: LimitationClock) =>
    made.state === 'pending' || made.state === 'suspended' ? '9999' : (made.expiresOn ?? '9999');

  it('make the same clock in any order', () => {
    fc.assert(
      fc.property(on, fc.array(of(parts), { maxLength: 8 }), (start, events) => {
        const all = [event('due', start), ...events];
        expect(clock(all.toReversed())).toEqual(clock(all));
      }),
    );
  });

  it('of creditor and debtor never shorten the clock, nor pass the twenty years', () => {
    const acts = of(['creditor', 'debtor']);
    fc.assert(
      fc.property(on, fc.array(acts, { maxLength: 6 }), acts, (start, events, one) => {
        const before = clock([event('due', start), ...events]);
        const after = clock([event('due', start), ...events, one]);
        expect(end(after) >= end(before)).toBe(true);
        expect(end(after) <= (after.absoluteEndOn ?? '')).toBe(true);
        expect((after.expiresOnIfAllHold ?? '9999') >= end(after)).toBe(true);
        expect((after.expiresOnProvenOnly ?? '') <= end(after)).toBe(true);
      }),
    );
  });
});
