import type { CreditPolicy, PolicyRow } from '@recourse/proto/web/credit/v1/ratings';
import { formatBps, formatMoney } from '../ui/format';
import { t } from './policy-words';
import { gradeText, termsText } from './reason-text';

/** One figure of a policy that differs between two versions. */
export type Change = { grade: string; what: string; before: string; after: string };

type Table = Pick<CreditPolicy, 'rows' | 'limitAlarmBps'>;

const yesNo = (is: boolean): string => (is ? t('yes') : t('no'));
const months = (count: number): string => `${count} ${t('monthUnit')}`;

/** What a row says, figure by figure, as it is shown. */
function figures(row: PolicyRow): readonly [what: string, text: string][] {
  return [
    [t('pd'), formatBps(row.pdUpToBps)],
    [t('limit'), formatMoney(row.limit)],
    [t('equity'), formatBps(row.equityShareBps)],
    [t('terms'), termsText(row.terms)],
    [t('guarantee'), yesNo(row.guaranteeRequired)],
    [t('review'), months(row.reviewMonths)],
    [t('admissible'), yesNo(row.admissible)],
  ];
}

/** What differs between two versions, from the safest grade to the riskiest. */
export function changesBetween(before: Table, after: Table): Change[] {
  const old = new Map(before.rows.map((row) => [row.grade, row]));
  const rows = after.rows.flatMap((row) => {
    const known = old.get(row.grade);
    const was = known === undefined ? [] : figures(known);
    return figures(row).map(([what, text], at) => ({
      grade: gradeText(row.grade),
      what,
      before: was[at]?.[1] ?? '–',
      after: text,
    }));
  });
  const alarm = {
    grade: t('general'),
    what: t('alarm'),
    before: formatBps(before.limitAlarmBps),
    after: formatBps(after.limitAlarmBps),
  };
  return [alarm, ...rows].filter((one) => one.before !== one.after);
}
