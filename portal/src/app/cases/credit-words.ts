import { words } from '../session/language';
import { explain } from '../session/problem-words';

/** Words of what a debtor has paid above what it owed, and of the decision not to sue. */
export const creditWords = words(
  {
    credit: '预收款',
    held: '现存预收款 {amount}',
    none: '没有预收款',
    older: '更早的变动没有列出。',
    apply: '冲抵欠款',
    applyTitle: '用预收款冲抵欠款',
    applyHint:
      '现存 {held}，本案未清 {open}。按费用、利息、本金的顺序冲抵，先到期的先抵；不计佣金。',
    refund: '退还预收款',
    refundTitle: '登记退还预收款',
    refundHint: '现存 {held}。这里只登记已付出的款项，不会发起付款。',
    refundBack: '撤回退还',
    refundBackTitle: '撤回这笔退还',
    refundBackHint: '退还 {amount} 将撤回，款项重新记为预收款。用于银行退回或登记有误。',
    amount: '金额',
    note: '说明',
    paidOn: '退还日期',
    reference: '付款流水号',
    reason: '原因',
    save: '保存',
    entry: '变动',
    day: '日期',
    change: '增减',
    balance: '余额',
    deed: '处理',
    undone: '已撤回',
    missing: '另有 {amount} 此前已用掉，须向客户追回',
    'move.overpaid': '多付',
    'move.overpaid_reversed': '多付冲回',
    'move.recovery': '结案后的诉讼回款',
    'move.recovery_reversed': '结案后的诉讼回款冲回',
    'move.cost_lifted': '已付费用退出债权',
    'move.applied': '冲抵欠款',
    'move.applied_reversed': '冲抵撤回',
    'move.refunded': '退还客户',
    'move.refund_reversed': '退还撤回',
    'move.carried': '结转',
    forgo: '暂不起诉',
    forgoTitle: '评估后暂不起诉',
    forgoHint:
      '诉讼评估到此完成，案件照常跟进；到复评日再次提示评估。时效照常计算，最长一年内须复评。',
    forgoReason: '不起诉的理由',
    lookAgainOn: '复评日期',
    'problem.credit_too_small':
      '预收款只有 {held} {currency}，不足 {wanted} {currency}。请改小金额。',
    'problem.credit_above_open':
      '本案未清只有 {open} {currency}，少于 {wanted} {currency}。请改小金额。',
    'problem.credit_already_used':
      '这笔回款多付的 {wanted} {currency} 已被用掉，现存预收款只有 {held} {currency}。请先冲回用它冲抵的款项，或撤回退还，再冲回这笔回款。',
    'problem.refund_in_future': '退还日期 {paidOn} 晚于今天。请填写实际付款日。',
    'problem.refund_unknown': '找不到这笔退还。请刷新案件后重试。',
    'problem.refund_already_reversed': '这笔退还已经撤回，不能再次撤回。',
    'problem.credit_refund_exists_with_other_content':
      '这笔退还已用别的内容登记。请刷新案件后重试。',
    'problem.case_in_court':
      '案件已在诉讼或执行中，不能再登记“暂不起诉”。请在诉讼案件里撤诉或结案。',
    'problem.look_again_not_ahead': '复评日期 {lookAgainOn} 不晚于今天。请选择明天或以后的日期。',
    'problem.look_again_too_far':
      '复评日期 {lookAgainOn} 太远，最多 {mostDays} 天。请选择更近的日期。',
  },
  {
    credit: 'Credit',
    held: '{amount} held as credit',
    none: 'No credit is held',
    older: 'Older movements are not listed.',
    apply: 'Apply credit',
    applyTitle: 'Apply credit to this case',
    applyHint:
      '{held} is held, {open} is open: costs, interest, principal, oldest first; no commission.',
    refund: 'Refund credit',
    refundTitle: 'Record a refund of credit',
    refundHint: '{held} is held. This records money that was paid; it pays nothing itself.',
    refundBack: 'Take back',
    refundBackTitle: 'Take this refund back',
    refundBackHint:
      '{amount} is held as credit again: the bank returned it, or it was recorded wrongly.',
    amount: 'Amount',
    note: 'Note',
    paidOn: 'Paid on',
    reference: 'Reference of the transfer',
    reason: 'Reason',
    save: 'Save',
    entry: 'Movement',
    day: 'Day',
    change: 'Change',
    balance: 'Balance',
    deed: 'Action',
    undone: 'Taken back',
    missing: '{amount} more had been used before and must be claimed from the customer',
    'move.overpaid': 'Overpaid',
    'move.overpaid_reversed': 'Overpayment reversed',
    'move.recovery': 'Recovered after closing',
    'move.recovery_reversed': 'Recovery after closing reversed',
    'move.cost_lifted': 'Paid cost no longer claimed',
    'move.applied': 'Applied to a case',
    'move.applied_reversed': 'Application taken back',
    'move.refunded': 'Refunded',
    'move.refund_reversed': 'Refund taken back',
    'move.carried': 'Carried forward',
    forgo: 'Do not sue',
    forgoTitle: 'Assessed, not sued',
    forgoHint:
      'The assessment is done until that day, within a year. Limitation runs on meanwhile.',
    forgoReason: 'Why it is not sued on',
    lookAgainOn: 'Look again on',
    'problem.credit_too_small':
      'Only {held} {currency} is held, less than {wanted} {currency}. Give a smaller amount.',
    'problem.credit_above_open':
      'Only {open} {currency} is open, less than {wanted} {currency}. Give a smaller amount.',
    'problem.credit_already_used':
      '{held} of {wanted} {currency} is left: reverse what it paid, or take the refund back first.',
    'problem.refund_in_future':
      'The day {paidOn} lies in the future. Give the day on which it was paid.',
    'problem.refund_unknown': 'There is no such refund. Reload the case.',
    'problem.refund_already_reversed': 'This refund was taken back already.',
    'problem.credit_refund_exists_with_other_content':
      'This refund was recorded with other content. Reload the case.',
    'problem.case_in_court':
      'The case is in court or in enforcement already. Withdraw or close its matter instead.',
    'problem.look_again_not_ahead':
      'The day {lookAgainOn} does not lie ahead. Choose tomorrow or later.',
    'problem.look_again_too_far':
      'The day {lookAgainOn} is more than {mostDays} days off. Choose an earlier one.',
  },
);

explain(creditWords);
