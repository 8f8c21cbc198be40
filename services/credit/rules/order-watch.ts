import type { OrderWatch } from '../domain/orders.ts';

/**
 * When orders are unusual (domain.md 5, early warning: unusual orders). A buyer who means not to
 * pay, or who is cut off elsewhere, orders far more than ever before it stops. The figures are the
 * house's defaults: nothing in the sources gives any.
 */
export const orderWatches: readonly OrderWatch[] = [
  {
    rule: 'unusual_orders',
    effectiveFrom: '2026-01-01',
    source: 'house rule (credit course); figures are defaults',
    windowDays: 30,
    historyDays: 360,
    leastHistoryDays: 90,
    leastOrders: 6,
    jumpPercent: 300,
    seriousJumpPercent: 600,
    largestPercent: 500,
    exposurePercent: 250,
  },
];
