/** One span of days after the acceptance. */
export type Span = {
  /** Weight that came in within the span, of cases at risk for the whole of it. */
  came: number;
  /** Weight of the cases that were at work for the whole of it. */
  atRisk: number;
};

/**
 * Which part of all that comes in by the horizon has come in by the end of each span: the mean
 * cumulative function (Nelson 1988), made of increments per weight at risk, so that a case still at
 * work tells of the days that it has had and of no other. Nothing known: even over the spans.
 */
export function ripening(spans: readonly Span[]): number[] {
  const steps = spans.map(({ came, atRisk }) => (atRisk > 0 ? Math.max(0, came) / atRisk : 0));
  const total = steps.reduce((sum, step) => sum + step, 0);
  if (total <= 0) return spans.map((_span, at) => (at + 1) / spans.length);
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum / total;
  });
}

/** The curve after some days, straight within a span of `width` days; 1 from the horizon on. */
export function ripeAfter(curve: readonly number[], width: number, days: number): number {
  if (days <= 0 || curve.length === 0) return 0;
  const at = Math.floor(days / width);
  if (at >= curve.length) return 1;
  const before = at === 0 ? 0 : (curve[at - 1] ?? 0);
  const after = curve[at] ?? 1;
  return before + ((after - before) * (days - at * width)) / width;
}

/**
 * Mean days to come in, of what comes in within `days`: what a case that has had so much time
 * would show on average when it is paid.
 */
export function meanDaysWithin(curve: readonly number[], width: number, days: number): number {
  let mass = 0;
  let sum = 0;
  let before = 0;
  for (let from = 0; from < Math.min(days, curve.length * width); from += width) {
    const to = Math.min(from + width, days);
    const until = ripeAfter(curve, width, to);
    mass += until - before;
    sum += (until - before) * ((from + to) / 2);
    before = until;
  }
  return mass > 0 ? sum / mass : days / 2;
}
