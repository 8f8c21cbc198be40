import { words } from '../session/language';

/** Why a calculation of law is refused, and what to do about it. */
export const calculationRefusals = words(
  {
    'problem.amount_not_positive': '金额须大于 0。没有这笔金额时请留空。',
    'problem.amount_negative': '金额不能为负。请填写 0 或更大的金额。',
    'problem.fees_need_cny': '诉讼费用只按人民币计算。请先折算为人民币。',
    'problem.halving_not_at_stage': '这个阶段不能按所选理由减半。请改选理由或阶段。',
    'problem.outcome_not_of_fee': '这种费用没有所选的结果。请重新选择结果。',
    'problem.share_needed': '请填写原告承担的比例。',
    'problem.share_out_of_range': '比例须在 0 至 100% 之间。请改正。',
    'problem.times_out_of_range': '倍数超出范围。请填写合理的倍数，例如 1.3 倍。',
    'problem.rate_out_of_range': '利率不能为负。请改正。',
    'problem.not_a_rate': '这不是一个利率。请填写百分数，最多六位小数。',
    'problem.no_benchmark_on_day': '这一天没有公布的基准利率。请改用有基准利率的日期。',
    'problem.no_debt': '请至少填写一笔款项及其履行期限。',
    'problem.province_unknown': '没有这个省级行政区。请从列表选择。',
    'problem.months_not_whole': '月数须为整数。请改正。',
    'problem.length_not_whole': '期间须为整数。请改正。',
    'problem.kind_unknown': '没有这种时效事件。请从列表选择。',
    'problem.proof_unknown': '没有这种证明等级。请从列表选择。',
    'problem.two_due_days': '给出了不同的到期日（{days}）。请只保留一个。',
    'problem.event_id_twice': '同一事件出现两次而内容不同。请删去一个。',
    'problem.postponement_incomplete': '请填写延长的是哪个期限，以及新的最后一天。',
    'problem.replaces_unknown': '要替换的事件不在其中。请改正，或一并给出该事件。',
  },
  {
    'problem.amount_not_positive': 'The amount must be above 0. Leave it empty if there is none.',
    'problem.amount_negative': 'The amount must not be negative. Give 0 or more.',
    'problem.fees_need_cny': 'Court fees are reckoned in CNY only. Convert the amount first.',
    'problem.halving_not_at_stage':
      'Fees are not halved for this reason at this stage. Choose another reason or stage.',
    'problem.outcome_not_of_fee': 'This fee has no such outcome. Choose another.',
    'problem.share_needed': 'Give the part that the claimant bears.',
    'problem.share_out_of_range': 'The part must lie between 0 and 100 %. Correct it.',
    'problem.times_out_of_range': 'That many times is out of range. Give, say, 1.3 times.',
    'problem.rate_out_of_range': 'The rate must not be negative. Correct it.',
    'problem.not_a_rate': 'This is not a rate. Give per cent with at most six decimals.',
    'problem.no_benchmark_on_day':
      'No benchmark rate was published for this day. Choose a day that has one.',
    'problem.no_debt': 'Give at least one sum with its day of performance.',
    'problem.province_unknown': 'There is no such province. Choose one from the list.',
    'problem.months_not_whole': 'Give a whole number of months.',
    'problem.length_not_whole': 'Give a whole number as the length.',
    'problem.kind_unknown': 'There is no such event of limitation. Choose one from the list.',
    'problem.proof_unknown': 'There is no such grade of proof. Choose one from the list.',
    'problem.two_due_days': 'Different due days are given ({days}). Keep one.',
    'problem.event_id_twice': 'The same event is given twice with other content. Leave one out.',
    'problem.postponement_incomplete': 'Name the deadline that is extended and its new last day.',
    'problem.replaces_unknown':
      'The event to be replaced is not among them. Correct it, or give that event too.',
  },
);
