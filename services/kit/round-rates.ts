import { divide, minorDigits, type Money, money } from './money.ts';

/**
 * What one unit of a currency is worth in CNY, in millionths, as round figures of the years 2024 to
 * 2026. They size limits and priorities and convert no money that anyone owes; a case must not
 * change its class because a rate moved, so they are not rates of a day.
 */
const millionths: Readonly<Record<string, bigint>> = {
  AED: 2_000_000n,
  AUD: 4_700_000n,
  BRL: 1_300_000n,
  CAD: 5_000_000n,
  CHF: 8_500_000n,
  CNY: 1_000_000n,
  CZK: 320_000n,
  DKK: 1_050_000n,
  EUR: 8_000_000n,
  GBP: 9_000_000n,
  HKD: 900_000n,
  HUF: 20_000n,
  IDR: 450n,
  INR: 85_000n,
  JPY: 50_000n,
  KRW: 5_000n,
  KWD: 23_000_000n,
  MOP: 900_000n,
  MXN: 400_000n,
  MYR: 1_600_000n,
  NOK: 680_000n,
  NZD: 4_200_000n,
  PHP: 125_000n,
  PLN: 1_850_000n,
  RUB: 80_000n,
  SAR: 1_900_000n,
  SEK: 700_000n,
  SGD: 5_300_000n,
  THB: 210_000n,
  TRY: 200_000n,
  TWD: 220_000n,
  USD: 7_000_000n,
  VND: 280n,
  ZAR: 400_000n,
};

/**
 * About the same amount in another currency, rounded down to its smallest unit; undefined where one
 * of the two has no round rate.
 */
export function roughly(amount: Money, currency: string): Money | undefined {
  if (amount.currency === currency) return amount;
  const [from, to] = [millionths[amount.currency], millionths[currency]];
  if (from === undefined || to === undefined) return undefined;
  const up = amount.minor * from * 10n ** BigInt(minorDigits(currency));
  const down = to * 10n ** BigInt(minorDigits(amount.currency));
  return money(divide(up, down, 'down'), currency);
}
