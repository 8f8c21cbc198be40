import { fault } from '@recourse/kit/fault.ts';
import type { Dated, Grade } from '../../domain/law/dated.ts';
import type { AverageWage } from '../../domain/law/small-claims.ts';

const heading = 'province,year,from,until,yuan,mandatory,agreed,grade,source';
const day = String.raw`\d{4}-\d{2}-\d{2}`;
const yuan = String.raw`\d+(?:\.\d{2})?`;
const row = new RegExp(
  `^(CN-[A-Z]{2}),(\\d{4}),(${day}),(${day})?,(${yuan}),(${yuan})?,(${yuan})?,(L|P|GK),(.+)$`,
);

function fen(text: string): bigint {
  const [whole = '', fraction = '00'] = text.split('.');
  return BigInt(whole + fraction);
}

/**
 * Average yearly wages (就业人员年平均工资) of provinces as dated rows, and the ceilings of small
 * claims where the high court published them: courts round the half of a wage differently. A row
 * holds from the day on which the court or the statistics bureau says so; `until` is the last day
 * before which nothing newer can have been published, where its successor was not found. Fault:
 * `invalid` average_wage_row_unreadable, with its line; a year of a province may be written anew
 * from a later day, not twice from one, and never one ceiling without the other.
 */
export function averageWages(csv: string): Dated<AverageWage>[] {
  const lines = csv.split(/\r?\n/).filter((line) => line !== '');
  const seen = new Set<string>();
  if (lines[0] !== heading) throw fault('invalid', 'average_wage_row_unreadable', { line: 1 });
  return lines.slice(1).map((text, at): Dated<AverageWage> => {
    const [, province = '', year = '', from = '', until, wage = '0', mandatory, agreed, ...last] =
      row.exec(text) ?? [];
    const [grade = '', written = ''] = last;
    const source = /^"(.+)"$/.exec(written)?.[1] ?? written;
    const key = [province, year, from].join(' ');
    const ends = until !== undefined && until < from;
    const isHalf = (mandatory === undefined) !== (agreed === undefined);
    const isUnreadable = source === '' || from.slice(0, 4) <= year || ends || isHalf;
    if (isUnreadable || seen.has(key)) {
      throw fault('invalid', 'average_wage_row_unreadable', { line: at + 2 });
    }
    seen.add(key);
    const minor = fen(wage);
    return {
      rule: `average_wage_${province}`,
      effectiveFrom: from,
      ...(until === undefined ? {} : { effectiveTo: until }),
      source,
      grade: grade as Grade,
      value: {
        province,
        year: Number(year),
        minor,
        ...(mandatory === undefined || agreed === undefined
          ? {}
          : { ceilings: { mandatoryMinor: fen(mandatory), agreedMinor: fen(agreed) } }),
      },
    };
  });
}
