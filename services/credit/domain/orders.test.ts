import { describe, expect, it } from '@jest/globals';
import { orderWatches } from '../rules/order-watch.ts';
import { type OrderHistory, unusualOrders } from './orders.ts';

const [watch] = orderWatches;

/** A year of orders of 1,000 a month, none above 500, at most 2,000 open; then a usual month. */
const steady: OrderHistory = {
  currency: 'CNY',
  recentMinor: 1_000_00n,
  recentLargestMinor: 500_00n,
  priorCount: 24,
  priorMinor: 12_000_00n,
  priorLargestMinor: 500_00n,
  priorDays: 360,
  exposureMinor: 2_000_00n,
  peakExposureMinor: 2_000_00n,
};

function sign(more: Partial<OrderHistory>) {
  if (watch === undefined) throw new Error('no watch in the rules');
  const made = unusualOrders({ ...steady, ...more }, watch);
  return made && { ...made, facts: Object.fromEntries(made.facts.map((f) => [f.name, f.value])) };
}

describe('orders of a customer', () => {
  it.each([
    ['as every month', {}],
    ['of a good month', { recentMinor: 2_999_00n }],
    ['that grow while as much is open as ever', { recentMinor: 2_000_00n }],
    ['of more that is open because it pays later', { exposureMinor: 9_000_00n }],
    ['without a history', { priorCount: 0, priorMinor: 0n, priorDays: 0, recentMinor: 9_999_00n }],
    ['of a history of five orders', { priorCount: 5, recentMinor: 9_999_00n }],
    ['of a history of two months', { priorDays: 60, recentMinor: 99_999_00n }],
  ])('%s are no sign', (_what, more) => {
    expect(sign(more)).toBeUndefined();
  });

  it('three times the usual are a notice, with the reasons', () => {
    expect(sign({ recentMinor: 3_000_00n })).toMatchObject({
      code: 'unusual_orders',
      severity: 'WARNING_SEVERITY_NOTICE',
      advice: 'watch',
      facts: { days: '30', orders_percent: '300', orders_minor: '300000', usual_minor: '100000' },
    });
  });

  it('six times the usual are serious: nothing more is delivered', () => {
    expect(sign({ recentMinor: 6_000_00n })).toMatchObject({
      severity: 'WARNING_SEVERITY_SERIOUS',
      advice: 'stop_delivery',
    });
  });

  it('with one five times the largest before are a sign, and more so with as much open', () => {
    const large = { recentLargestMinor: 2_500_00n, recentMinor: 2_500_00n };
    expect(sign(large)?.severity).toBe('WARNING_SEVERITY_NOTICE');
    expect(sign({ ...large, exposureMinor: 5_000_00n })).toMatchObject({
      severity: 'WARNING_SEVERITY_SERIOUS',
      facts: { largest_percent: '500', exposure_percent: '250' },
    });
  });
});
