import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import fc from 'fast-check';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { claimClocks } from './claim.ts';
import type { Claim, DebtEvent } from './debt.ts';

const today = day('2026-11-20');
const calendar = prcCalendar();
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

function claim(receivableId: string, dueDay: string): Claim {
  return { receivableId, dueDay, documentNumber: receivableId, open: cny(100n) };
}

const claims = [claim('r1', '2024-03-31'), claim('r2', '2024-03-31'), claim('r3', '2026-03-31')];
const debt = { dueDay: '2024-03-31', amount: cny(300n), claims };

function event(eventId: string, more: Partial<DebtEvent>): DebtEvent {
  return {
    eventId,
    debtId: 'd',
    kind: 'demand',
    on: '2025-05-06',
    proof: 'proven',
    source: '',
    note: '',
    evidence: undefined,
    details: {},
    receivableIds: [],
    actor: undefined,
    recordedAt: '',
    struck: false,
    strikeReason: '',
    ...more,
  };
}

const clocks = (events: readonly DebtEvent[], of = debt) =>
  claimClocks(of, events, today, calendar, law);
const ends = (events: readonly DebtEvent[], of = debt) =>
  Object.fromEntries(
    clocks(events, of).claims.map((one) => [one.claim.receivableId, one.clock.expiresOn]),
  );

describe('a debt of several invoices', () => {
  it('has a clock for each; that of the debt is the one that ends next', () => {
    expect(ends([])).toEqual({ r1: '2027-03-31', r2: '2027-03-31', r3: '2029-03-31' });
    expect(clocks([]).clock.expiresOn).toBe('2027-03-31');
    expect(clocks([]).expired).toBe(0);
  });

  it('is demanded as far as it was due: an older demand does nothing for a later invoice', () => {
    expect(ends([event('a', {})])).toEqual({
      r1: '2028-05-06',
      r2: '2028-05-06',
      r3: '2029-03-31',
    });
  });

  it('runs on for the invoices that a payment did not touch', () => {
    const paid = event('p', { kind: 'part_payment', receivableIds: ['r2'] });
    expect(ends([paid])).toEqual({ r1: '2027-03-31', r2: '2028-05-06', r3: '2029-03-31' });
  });

  it('counts those out of time apart and shows the next that still runs', () => {
    const old = { ...debt, claims: [claim('r0', '2020-01-10'), ...claims] };
    const made = clocks([], old);
    expect(made.expired).toBe(1);
    expect(made.clock.expiresOn).toBe('2027-03-31');
    expect(made.claims.at(-1)?.claim.receivableId).toBe('r0');
    const all = clocks([], { ...debt, claims: [claim('r0', '2020-01-10')] });
    expect(all.clock.state).toBe('expired');
  });

  it('in instalments of one debt starts with the last of them (民法典 189)', () => {
    const last = event('i', {
      kind: 'instalment_due',
      on: '2027-01-31',
      receivableIds: ['r1', 'r2'],
    });
    expect(ends([last])).toEqual({ r1: '2030-01-31', r2: '2030-01-31', r3: '2029-03-31' });
  });

  it('whose invoices are not known has the clock of its oldest due day', () => {
    expect(clocks([], { ...debt, claims: [] }).clock.expiresOn).toBe('2027-03-31');
  });
});

const dayText = fc
  .integer({ min: 0, max: 900 })
  .map((days) => day('2024-04-01').add({ days }).toString());

const anyEvent = fc.record({
  kind: fc.constantFrom('demand', 'part_payment', 'acknowledgement', 'suit', 'demand_guarantor'),
  on: dayText,
  proof: fc.constantFrom('proven', 'likely', 'weak'),
  receivableIds: fc.constantFrom<string[][]>([], ['r1'], ['r2', 'r3']),
  struck: fc.boolean(),
});

describe('the clocks of a debt', () => {
  it('are the same in whatever order its events come, repeated or backdated', () => {
    const given = fc.array(anyEvent, { maxLength: 8 }).chain((all) => {
      const events = all.map((one, place) => event(`e${place}`, one as Partial<DebtEvent>));
      const shuffled = fc.shuffledSubarray(events, {
        minLength: events.length,
        maxLength: events.length,
      });
      return fc.tuple(fc.constant(events), shuffled, fc.shuffledSubarray(claims, { minLength: 3 }));
    });
    fc.assert(
      fc.property(given, ([events, shuffled, otherClaims]) => {
        const other = clocks([...shuffled, ...events], { ...debt, claims: otherClaims });
        const made = clocks(events);
        expect(other.clock).toEqual(made.clock);
        expect(ends([...shuffled, ...events], { ...debt, claims: otherClaims })).toEqual(
          ends(events),
        );
      }),
      { numRuns: 200 },
    );
  });
});
