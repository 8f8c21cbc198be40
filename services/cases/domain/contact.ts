import { fault } from '@recourse/kit/fault.ts';
import { addDays, dayIn, instantAt } from '@recourse/kit/day.ts';
import { type Disclosure, disclosedDebt, forbiddenPhrase } from './conduct.ts';
import { because, type Dated, type Why } from './rule.ts';

/**
 * The contact governor: permits or refuses a contact by conduct rules, and says which (domain.md
 * 3).
 */

export type Channel = 'CALL' | 'SMS' | 'EMAIL' | 'LETTER' | 'VISIT' | 'WECHAT';
export type Party = 'DEBTOR' | 'GUARANTOR' | 'THIRD_PARTY';

export type Attempt = {
  channel: Channel;
  party: Party;
  at: Temporal.Instant;
  text: string;
  /** Second person of a visit; undefined while it is only being asked whether a visit would be. */
  companion: string | undefined;
};

export type ContactFacts = {
  /** IANA zone of the debtor: its clock counts. */
  zone: string;
  /**
   * Contacts permitted on that day, over all cases of the debtor and all parties that work them.
   */
  usedThatDay: number;
  /** A third party has said that it wants no more of this. */
  thirdPartyRefused: boolean;
};

export type ConductRules = {
  quietHours: Dated<{ readonly from: string; readonly to: string }>;
  dailyLimit: Dated<{ readonly contacts: number }>;
  visits: Dated<{ readonly people: number }>;
  thirdParty: Dated<Disclosure>;
  phrases: Dated<readonly { readonly group: string; readonly phrases: readonly string[] }[]>;
};

export type Verdict = {
  permitted: boolean;
  /** The rule that refused; `permitted` when none did. */
  rule: string;
  why: Why;
  /**
   * The earliest instant at which hours and limit allow it; undefined when waiting does not help.
   */
  nextPermittedAt: Temporal.Instant | undefined;
  /** What in the text is forbidden. */
  phrase: string;
};

export type Allowance = {
  usedToday: number;
  limitToday: number;
  permittedNow: boolean;
  refusalRule: string;
  /** The rule that refuses now, with what it looked at. */
  refusalWhy: Why | undefined;
  nextPermittedAt: Temporal.Instant;
};

/**
 * Judges a contact. Refusals in fixed precedence: what no waiting heals comes first (words, third
 * party, a visit alone), then the hour, then the day's limit.
 */
export function permit(attempt: Attempt, facts: ContactFacts, rules: ConductRules): Verdict {
  const { text, party, channel, companion } = attempt;
  const forbidden = forbiddenPhrase(text, rules.phrases.value);
  if (forbidden !== undefined) return refuse(rules.phrases, { ...forbidden }, forbidden.phrase);
  if (party === 'THIRD_PARTY') {
    const told = disclosedDebt(text, rules.thirdParty.value);
    if (told !== undefined) return refuse(rules.thirdParty, { ...told }, told.phrase);
    if (facts.thirdPartyRefused) return refuse(named(rules.thirdParty, 'third_party_refused'), {});
  }
  if (channel === 'VISIT' && companion !== undefined && companion.trim() === '') {
    return refuse(rules.visits, { people: String(rules.visits.value.people) });
  }
  const spoken = hoursAndLimit(attempt.at, facts, rules);
  return spoken ?? permitted(attempt.at, facts, rules);
}

/** What is left of the day for a debtor, and when the next contact may be. */
export function allowanceAt(
  at: Temporal.Instant,
  facts: Omit<ContactFacts, 'thirdPartyRefused'>,
  rules: Pick<ConductRules, 'quietHours' | 'dailyLimit'>,
): Allowance {
  const refusal = hoursAndLimit(at, facts, rules);
  return {
    usedToday: facts.usedThatDay,
    limitToday: rules.dailyLimit.value.contacts,
    permittedNow: refusal === undefined,
    refusalRule: refusal?.rule ?? '',
    refusalWhy: refusal?.why,
    nextPermittedAt: refusal?.nextPermittedAt ?? at,
  };
}

type Timed = Omit<ContactFacts, 'thirdPartyRefused'>;
type TimeRules = Pick<ConductRules, 'quietHours' | 'dailyLimit'>;

function hoursAndLimit(at: Temporal.Instant, facts: Timed, rules: TimeRules): Verdict | undefined {
  const { quietHours, dailyLimit } = rules;
  const local = at.toZonedDateTimeISO(facts.zone).toPlainTime();
  const seen = { local_time: local.toString({ smallestUnit: 'minute' }), time_zone: facts.zone };
  const used = { used: String(facts.usedThatDay), limit: String(dailyLimit.value.contacts) };
  if (isQuiet(local, quietHours.value)) {
    const refused = refuse(quietHours, { ...seen, ...quietHours.value });
    return { ...refused, nextPermittedAt: next(at, facts, rules) };
  }
  if (facts.usedThatDay >= dailyLimit.value.contacts) {
    return { ...refuse(dailyLimit, used), nextPermittedAt: next(at, facts, rules) };
  }
  return undefined;
}

function permitted(at: Temporal.Instant, facts: ContactFacts, rules: ConductRules): Verdict {
  const used = { used: String(facts.usedThatDay), limit: String(rules.dailyLimit.value.contacts) };
  const why = because(rules.dailyLimit, used);
  return { permitted: true, rule: 'permitted', why, nextPermittedAt: at, phrase: '' };
}

function refuse(rule: Dated<unknown>, facts: Record<string, string>, phrase = ''): Verdict {
  const why = because(rule, facts);
  return { permitted: false, rule: rule.rule, why, nextPermittedAt: undefined, phrase };
}

function named<T>(row: Dated<T>, rule: string): Dated<T> {
  return { ...row, rule };
}

/** Hours may run over midnight: 22:00 is quiet, 08:00 no longer is. */
function isQuiet(time: Temporal.PlainTime, hours: { from: string; to: string }): boolean {
  const compare = Temporal.PlainTime.compare;
  const afterFrom = compare(time, hours.from) >= 0;
  const beforeTo = compare(time, hours.to) < 0;
  return compare(hours.from, hours.to) <= 0 ? afterFrom && beforeTo : afterFrom || beforeTo;
}

/** First instant from `at` on a day with contacts left and outside quiet hours. */
function next(at: Temporal.Instant, facts: Timed, rules: TimeRules): Temporal.Instant {
  const { from, to } = rules.quietHours.value;
  const today = dayIn(facts.zone, at);
  const isUsedUp = facts.usedThatDay >= rules.dailyLimit.value.contacts;
  const start = isUsedUp
    ? instantAt(addDays(today, 1), Temporal.PlainTime.from('00:00'), facts.zone)
    : at;
  const local = start.toZonedDateTimeISO(facts.zone);
  if (!isQuiet(local.toPlainTime(), { from, to })) return start;
  const opens = Temporal.PlainTime.from(to);
  const isLater = Temporal.PlainTime.compare(local.toPlainTime(), opens) >= 0;
  return instantAt(addDays(local.toPlainDate(), isLater ? 1 : 0), opens, facts.zone);
}

/**
 * Calls in a row that reached nobody, after one more contact. Somebody reached ends the row; a text
 * or a letter that was sent neither lengthens nor ends it.
 */
export function missedCallsAfter(missed: number, channel: Channel, result: string): number {
  if (result === 'REACHED') return 0;
  const isMissed = channel === 'CALL' && (result === 'NO_ANSWER' || result === 'WRONG_NUMBER');
  return isMissed ? missed + 1 : missed;
}

/**
 * Checks a contact that is to be logged: the case is open, and it happened neither ahead of the
 * clock beyond a leeway nor longer ago than it may be logged. Refusals in this order:
 * `case_closed`, `contact_in_future`, `contact_too_old`.
 */
export function checkLogged(
  file: { caseId: string; state: 'OPEN' | 'CLOSED' },
  happenedAt: Temporal.Instant,
  now: Temporal.Instant,
  terms: { contactBackdateDays: number; clockLeewaySeconds: number },
): void {
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId: file.caseId });
  const secondsAhead = now.until(happenedAt, { largestUnit: 'seconds' }).total('seconds');
  const facts = { happenedAt: happenedAt.toString(), now: now.toString() };
  if (secondsAhead > terms.clockLeewaySeconds) throw fault('refused', 'contact_in_future', facts);
  if (-secondsAhead > terms.contactBackdateDays * 86_400) {
    throw fault('refused', 'contact_too_old', { ...facts, days: terms.contactBackdateDays });
  }
}
