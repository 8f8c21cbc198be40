/** A rate in hundred-millionths of one as per cent, exact: 4350000 → `4.35%`. */
export function ratePercent(rateE8: bigint): string {
  const digits = rateE8.toString().padStart(7, '0');
  const whole = digits.slice(0, -6);
  const rest = digits.slice(-6).replace(/0+$/, '');
  return rest === '' ? `${whole}%` : `${whole}.${rest}%`;
}
