const dayMs = 86_400_000;

function utc(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(utc(day) + days * dayMs);
}

/** The same day of a later month, or the last one where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** A day by year, month and date; undefined when the calendar has no such day. */
function real(year: number, month: number, date: number): string | undefined {
  const ms = Date.UTC(year, month - 1, date);
  const made = new Date(ms);
  const fits = made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return fits && year >= 1900 && year <= 2200 ? dayOf(ms) : undefined;
}

/** From Monday, 0, to Sunday, 6. */
function weekday(day: string): number {
  return (new Date(utc(day)).getUTCDay() + 6) % 7;
}

const named: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  today: 0,
  明天: 1,
  明日: 1,
  tomorrow: 1,
  后天: 2,
  大后天: 3,
  昨天: -1,
  昨日: -1,
  yesterday: -1,
  前天: -2,
};
const chineseWeekdays = '一二三四五六日';
const englishWeekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function byFullDate(text: string): string | undefined {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match === null ? undefined : real(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `12-01`, `12月1日`: of the year that brings it nearest to today. */
function byMonthAndDate(text: string, today: string): string | undefined {
  const match = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text);
  if (match === null) return undefined;
  const year = Number(today.slice(0, 4));
  const candidates = [year - 1, year, year + 1]
    .map((one) => real(one, Number(match[1]), Number(match[2])))
    .filter((day) => day !== undefined);
  const distance = (day: string): number => Math.abs(utc(day) - utc(today));
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
}

function shift(today: string, amount: number, unit: string): string {
  if (/^(w|周|星期)/.test(unit)) return addDays(today, amount * 7);
  if (/^(m|个?月)/.test(unit)) return addMonths(today, amount);
  return addDays(today, amount);
}

/** `+7`, `-3`, `+2w`, `+1m`, `7天后`, `2周前`, `in 10 days`. */
function byDistance(text: string, today: string): string | undefined {
  const signed = /^([+-])(\d{1,4})(d|w|m|天|周|个?月)?$/.exec(text);
  if (signed !== null) {
    const amount = Number(signed[2]) * (signed[1] === '-' ? -1 : 1);
    return shift(today, amount, signed[3] ?? 'd');
  }
  const chinese = /^(\d{1,4})(天|周|个星期|个?月)(以?[后前])$/.exec(text);
  if (chinese !== null) {
    const amount = Number(chinese[1]) * (chinese[3]?.endsWith('前') === true ? -1 : 1);
    return shift(today, amount, (chinese[2] ?? '').replace(/^个星期/, '周'));
  }
  const english = /^in(\d{1,4})(day|week|month)s?$/.exec(text);
  return english === null ? undefined : shift(today, Number(english[1]), english[2] ?? 'd');
}

/** `周五` is the next Friday, today included; `下周五` the Friday of next week. */
function byWeekday(text: string, today: string): string | undefined {
  const chinese = /^(下)?(?:周|星期|礼拜)([一二三四五六日天])$/.exec(text);
  const english = /^(next)?(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?$/.exec(text);
  const match = chinese ?? english;
  if (match === null) return undefined;
  const name = match[2] ?? '';
  const wanted =
    chinese === null
      ? englishWeekdays.indexOf(name)
      : chineseWeekdays.indexOf(name.replace('天', '日'));
  const ahead = wanted - weekday(today);
  return addDays(today, match[1] === undefined ? (ahead + 7) % 7 : ahead + 7);
}

function byMonthEnd(text: string, today: string): string | undefined {
  const months = /^(月底|月末|monthend|endofmonth)$/.test(text)
    ? 1
    : /^(下月底|下月末|下个月底)$/.test(text)
      ? 2
      : 0;
  if (months === 0) return undefined;
  return addDays(`${addMonths(today, months).slice(0, 7)}-01`, -1);
}

/**
 * Reads a day as people write it: `2026-12-01`, `2026年12月1日`, `12/1`, `明天`, `tomorrow`, `+7`,
 * `2周后`, `in 10 days`, `下周五`, `fri`, `月底`. Gives `YYYY-MM-DD`, or undefined.
 */
export function parseDay(text: string, today: string): string | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, '');
  const days = named[plain];
  if (days !== undefined) return addDays(today, days);
  return (
    byFullDate(plain) ??
    byDistance(plain, today) ??
    byMonthAndDate(plain, today) ??
    byWeekday(plain, today) ??
    byMonthEnd(plain, today)
  );
}
