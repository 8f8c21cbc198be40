import type { Dated, Grade } from '../../domain/law/dated.ts';
import type { DeadlineRule } from '../../domain/law/deadline-rule.ts';

/**
 * The figures hold since the 2012 amendment of 民事诉讼法 unless a row says otherwise; articles are
 * cited in the numbering of the 2023 text and of 民诉法解释 (2022).
 */
const act2012 = '2013-01-01';

/** A deadline with its source; `dates` where the figure is younger or older. */
export function row(
  source: string,
  value: DeadlineRule,
  dates: { effectiveFrom?: string; effectiveTo?: string; grade?: Grade } = {},
): Dated<DeadlineRule> {
  return { rule: value.deadline, effectiveFrom: act2012, source, grade: 'L', value, ...dates };
}
