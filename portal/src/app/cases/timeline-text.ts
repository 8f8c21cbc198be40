import type { TimelineEntry, Why } from '@recourse/proto/web/cases/v1/cases';
import { t as money } from '../litigation/money/words';
import { words } from '../session/language';
import { formatDay, formatMoney } from '../ui/format';
import type { IconName } from '../ui/icon-names';
import type { TimelineItem } from '../ui/timeline';
import { resultName } from './contact-words';
import { letterWords } from './letter-words';
import { steps } from './steps';
import { t } from './words';

/** Happenings of a case by name, as the server names them. */
const happenings = words(
  {
    contact_logged: '联系',
    contact_refused: '未获许可的联系',
    letter_sent: '寄出函件',
    letter_not_permitted: '函件被拦下',
    letter_delivered: '函件送达',
    letter_signed: '函件签收',
    letter_refused: '函件被拒收',
    letter_returned: '函件退回',
    promise_made: '承诺付款',
    promise_kept: '承诺兑现',
    promise_partly_kept: '承诺部分兑现',
    promise_broken: '承诺未兑现',
    promise_pending_again: '承诺重新待兑现',
    plan_agreed: '约定还款计划',
    plan_confirmed: '还款计划书面确认',
    plan_kept: '还款计划履行完毕',
    plan_broken: '还款计划违约',
    plan_active_again: '还款计划恢复进行',
    plan_cancelled: '取消还款计划',
    closing_proposed: '提出核销、撤回或转让',
    closing_approved: '核销、撤回或转让获批',
    closing_refused: '核销、撤回或转让被否决',
    closing_withdrawn: '撤回核销、撤回或转让提议',
    settlement_proposed: '提出和解',
    settlement_approved: '和解获批',
    settlement_refused: '和解被否决',
    settlement_withdrawn: '撤回和解',
    settlement_fulfilled: '和解履行完毕',
    settlement_lapsed: '和解失效',
    settlement_approved_again: '和解重新待付款',
    instalment_met: '分期按时付清',
    instalment_late: '分期逾期付清',
    instalment_missed: '分期未付',
    instalment_open_again: '分期重新待付',
    payment_recorded: '收到回款',
    payment_reversed: '回款冲回',
    credit_held: '多付款记为预收',
    credit_applied: '预收款冲抵欠款',
    credit_freed: '预收款冲抵撤回',
    credit_refunded: '退还预收款',
    refund_reversed: '退还预收款撤回',
    credit_missing: '已用预收款须追回',
    placement_offered: '向机构发出委托',
    placement_accepted: '机构接受委托',
    placement_declined: '机构婉拒委托',
    placement_recalled: '收回委托',
    placement_completed: '委托完成',
    placement_resumed: '委托恢复',
    case_opened: '立案',
    case_assigned: '指派负责人',
    case_closed: '结案',
    case_reopened: '重新打开',
    case_changed: '单据有变化',
    suit_forgone: '评估后暂不起诉',
    matter_cost: '诉讼费用',
    matter_cost_reversed: '诉讼费用冲回',
    recovery_after_closing: '结案后收到诉讼回款',
  },
  {
    contact_logged: 'Contact',
    contact_refused: 'Contact not permitted',
    letter_sent: 'Letter sent',
    letter_not_permitted: 'Letter not permitted',
    letter_delivered: 'Letter delivered',
    letter_signed: 'Letter signed for',
    letter_refused: 'Letter not taken',
    letter_returned: 'Letter returned',
    promise_made: 'Promise made',
    promise_kept: 'Promise kept',
    promise_partly_kept: 'Promise partly kept',
    promise_broken: 'Promise broken',
    promise_pending_again: 'Promise pending again',
    plan_agreed: 'Plan agreed',
    plan_confirmed: 'Plan confirmed in writing',
    plan_kept: 'Plan kept',
    plan_broken: 'Plan broken',
    plan_active_again: 'Plan under way again',
    plan_cancelled: 'Plan cancelled',
    closing_proposed: 'Write-off, withdrawal or sale proposed',
    closing_approved: 'Write-off, withdrawal or sale approved',
    closing_refused: 'Write-off, withdrawal or sale refused',
    closing_withdrawn: 'Proposal to give it up withdrawn',
    settlement_proposed: 'Settlement proposed',
    settlement_approved: 'Settlement approved',
    settlement_refused: 'Settlement refused',
    settlement_withdrawn: 'Settlement withdrawn',
    settlement_fulfilled: 'Settlement fulfilled',
    settlement_lapsed: 'Settlement lapsed',
    settlement_approved_again: 'Settlement waits for payment again',
    instalment_met: 'Instalment met',
    instalment_late: 'Instalment paid late',
    instalment_missed: 'Instalment missed',
    instalment_open_again: 'Instalment open again',
    payment_recorded: 'Payment received',
    payment_reversed: 'Payment reversed',
    credit_held: 'Overpayment held as credit',
    credit_applied: 'Credit applied',
    credit_freed: 'Application of credit taken back',
    credit_refunded: 'Credit refunded',
    refund_reversed: 'Refund of credit taken back',
    credit_missing: 'Used credit to be claimed back',
    placement_offered: 'Offered to an agency',
    placement_accepted: 'Agency accepted',
    placement_declined: 'Agency declined',
    placement_recalled: 'Placement recalled',
    placement_completed: 'Placement completed',
    placement_resumed: 'Placement resumed',
    case_opened: 'Case opened',
    case_assigned: 'Assigned',
    case_closed: 'Case closed',
    case_reopened: 'Case reopened',
    case_changed: 'Documents changed',
    suit_forgone: 'Assessed, not sued',
    matter_cost: 'Cost of a matter',
    matter_cost_reversed: 'Cost of a matter reversed',
    recovery_after_closing: 'Recovered after closing',
  },
);

const icons: Readonly<Record<string, IconName>> = {
  contact: 'call',
  letter: 'description',
  promise: 'handshake',
  plan: 'calendar_month',
  settlement: 'price_check',
  payment: 'payments',
  placement: 'send',
  case: 'work',
};

/** Kinds to filter the timeline by, in the language now. */
export function timelineKinds(): { value: string; name: string }[] {
  return Object.keys(icons).map((value) => ({ value, name: t.find(`kind.${value}`) ?? value }));
}

/** Ids, instants and empty words are for machines; the rest of a fact is for people. */
function isForPeople(name: string, value: string): boolean {
  if (value === '' || value === 'UNSPECIFIED' || /(_id|Id)$/.test(name)) return false;
  return !/^[0-9a-f]{8}-[0-9a-f]{4}-|^\d{4}-\d{2}-\d{2}T/.test(value) && value !== 'permitted';
}

/** Facts of a contact in the order in which it is told: whom, how, with what result and why. */
const order = ['party', 'channel', 'result', 'attitude', 'excuse'];

function rank([name]: readonly [string, string]): number {
  const at = order.indexOf(name);
  return at === -1 ? order.length : at;
}

/** Words for facts whose values are names of the contract: channel, result, attitude, rule. */
function factText(facts: Readonly<Record<string, string>>): string {
  const named = ([name, value]: [string, string]): string => {
    if (name === 'rule') return steps.find(`rule.${value}`) ?? value;
    // A cost of a matter is named as on the matter's own page.
    if (name === 'cost') return money.find(`cost.${value}`) ?? value;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
    if (name === 'result' && facts['channel'] !== undefined) {
      const told = `CONTACT_RESULT_${value}`;
      const said = resultName(`CHANNEL_${facts['channel']}`, told);
      if (said !== told) return said;
    }
    const upper = name.toUpperCase();
    const keys = [
      value,
      `${upper}_${value}`,
      `CONTACT_${upper}_${value}`,
      `CASE_${upper}_${value}`,
      `${name}.${value}`,
      `LETTER_${upper}_${value}`,
      `DELIVERY_${upper}_${value}`,
    ];
    const found = keys.map((key) => t.find(key) ?? letterWords.find(key));
    return found.find((text) => text !== undefined) ?? value;
  };
  const shown = Object.entries(facts).filter(([name, value]) => isForPeople(name, value));
  return shown
    .toSorted((a, b) => rank(a) - rank(b))
    .map(named)
    .join(' · ');
}

const tones: Readonly<Record<string, 'in' | 'warn' | 'bad'>> = {
  payment_recorded: 'in',
  promise_kept: 'in',
  plan_kept: 'in',
  instalment_met: 'in',
  instalment_late: 'warn',
  instalment_missed: 'bad',
  plan_broken: 'bad',
  settlement_fulfilled: 'in',
  settlement_refused: 'bad',
  settlement_lapsed: 'bad',
  contact_refused: 'bad',
  letter_not_permitted: 'bad',
  promise_broken: 'bad',
  payment_reversed: 'bad',
  credit_missing: 'bad',
  letter_returned: 'warn',
  promise_partly_kept: 'warn',
};

/** Why entries were refused, by their ids. */
export function refusalsOf(entries: readonly TimelineEntry[]): ReadonlyMap<string, Why> {
  return new Map(
    entries.flatMap((entry) => (entry.why === undefined ? [] : [[entry.entryId, entry.why]])),
  );
}

/** A timeline entry of the server in words. */
export function timelineItem(entry: TimelineEntry): TimelineItem {
  const tone = tones[entry.what];
  // Why it was refused stands below with its article; the rule is not said twice.
  const { rule: _rule, ...others } = entry.facts;
  const facts = factText(entry.why === undefined ? entry.facts : others);
  const actor = [entry.actor?.name, entry.actor?.orgName].filter((part) => part).join(' · ');
  return {
    id: entry.entryId,
    kind: entry.kind,
    icon: icons[entry.kind] ?? 'work',
    at: entry.at ?? '',
    title: happenings.find(entry.what) ?? entry.what,
    actor,
    text: [facts, entry.text].filter((part) => part !== '').join('\n'),
    ...(entry.amount === undefined ? {} : { amount: formatMoney(entry.amount) }),
    ...(tone === undefined ? {} : { tone }),
  };
}
