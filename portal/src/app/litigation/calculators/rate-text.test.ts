import { expect, it } from '@jest/globals';
import { ratePercent } from './rate-text';

it.each([
  [4_350_000n, '4.35%'],
  [17_500n, '0.0175%'],
  [3_000_000n, '3%'],
  [24_000_000n, '24%'],
  [0n, '0%'],
])('%s hundred-millionths are written %s', (rate, text) => {
  expect(ratePercent(rate)).toBe(text);
});
