import { fault } from '@recourse/kit/fault.ts';
import type { Dated, Grade } from '../../domain/law/dated.ts';
import type { AverageWage } from '../../domain/law/small-claims.ts';

const heading = 'province,year,published_on,yuan,grade,source';
const row = /^(CN-[A-Z]{2}),(\d{4}),(\d{4}-\d{2}-\d{2}),(\d+)(?:\.(\d{2}))?,(L|P|GK),(.+)$/;

/**
 * Average yearly wages (就业人员年平均工资) of provinces as dated rows: each from the day on which the
 * statistics bureau published it, with who says so. Fault: `invalid` average_wage_row_unreadable,
 * with its line; a year of a province may be written anew from a later day, not twice from one.
 */
export function averageWages(csv: string): Dated<AverageWage>[] {
  const lines = csv.split(/\r?\n/).filter((line) => line !== '');
  const seen = new Set<string>();
  if (lines[0] !== heading) throw fault('invalid', 'average_wage_row_unreadable', { line: 1 });
  return lines.slice(1).map((text, at): Dated<AverageWage> => {
    const [, province = '', year = '', from = '', yuan = '', fen = '00', grade = '', source = ''] =
      row.exec(text) ?? [];
    const key = [province, year, from].join(' ');
    const isUnreadable = source === '' || from.slice(0, 4) <= year || seen.has(key);
    if (isUnreadable) throw fault('invalid', 'average_wage_row_unreadable', { line: at + 2 });
    seen.add(key);
    return {
      rule: `average_wage_${province}`,
      effectiveFrom: from,
      source,
      grade: grade as Grade,
      value: { province, year: Number(year), minor: BigInt(yuan + fen) },
    };
  });
}
