import { words } from '../session/language';

/** Why the services refuse to give cases up, and what to do about it. */
export const closingRefusals = words(
  {
    'problem.closing_unknown': '找不到这个核销或转让。请刷新列表。',
    'problem.closing_kind_missing': '请选择核销、撤回或转让。',
    'problem.closing_reason_unfit': '这个理由不适用于所选方式。请另选理由。',
    'problem.sale_terms_missing': '转让须填写买方、价格和约定日期。',
    'problem.sale_terms_unfit': '只有转让才填买方和价格。请改为转让，或去掉这些内容。',
    'problem.closing_under_way':
      '案件 {caseNumber} 已有待审批的核销、撤回或转让。请先等它审批或撤回。',
    'problem.case_with_agency': '案件 {caseNumber} 在 {agency} 处。请先收回委托。',
    'problem.case_sold': '债权已转让给 {buyer}。请把款项转交买方，或退还付款人。',
    'problem.cases_of_several_currencies': '所选案件有多种币种（{currencies}）。请按币种分开提出。',
    'problem.price_above_open': '价格高于未清金额 {open}。请填写不高于它的价格。',
    'problem.agreed_in_future': '约定日期晚于今天。请填写实际约定的日期。',
    'problem.closing_changed_meanwhile': '这个提议刚被改动。请刷新后再决定。',
    'problem.closing_not_proposed': '这个提议已不再待审批。请刷新。',
    'problem.closing_is_own': '不能审批自己提出的核销或转让。请由其他有权限的人审批。',
    'problem.closing_above_authority': '未清 {open} 超出你的审批权限。请由上一级审批。',
    'problem.closing_overtaken':
      '未清现为 {open}，高于约定价格时的 {proposed}。请否决，或撤回后另提。',
    'problem.closing_open_changed': '未清现为 {open}，你看到的是 {seen}。请刷新后再决定。',
    'problem.closing_of_another': '这个提议由别人提出。请由提出人或有审批权限的人撤回。',
    'problem.closing_exists_with_other_content': '这个提议已用别的内容提出。请重新提出。',
    'problem.closing_needs_approval': '核销、撤回和转让须由他人审批。请在案件页提出。',
    'problem.closings_rest_on_import': '这次导入的单据已有核销或转让，不能撤销导入。',
  },
  {
    'problem.closing_unknown': 'There is no such write-off or sale. Reload the list.',
    'problem.closing_kind_missing': 'Choose write-off, withdrawal or sale.',
    'problem.closing_reason_unfit': 'The reason is of another kind. Choose one of this kind.',
    'problem.sale_terms_missing': 'A sale needs buyer, price and day. Fill them in.',
    'problem.sale_terms_unfit': 'Only a sale has buyer and price. Choose sale, or leave them out.',
    'problem.closing_under_way':
      'Case {caseNumber} already waits for such a decision. Let it be decided or withdrawn first.',
    'problem.case_with_agency': 'Case {caseNumber} is with {agency}. Recall it first.',
    'problem.case_sold':
      'The debt was sold to {buyer}. Pass the money on to the buyer, or give it back.',
    'problem.cases_of_several_currencies':
      'The cases are in several currencies ({currencies}). Propose each by itself.',
    'problem.price_above_open': 'The price is above what is open, {open}. Give that at most.',
    'problem.agreed_in_future': 'The day is after today. Give the day on which it was agreed.',
    'problem.closing_changed_meanwhile': 'The proposal was changed just now. Reload, then decide.',
    'problem.closing_not_proposed': 'The proposal no longer waits for a decision. Reload.',
    'problem.closing_is_own':
      'Nobody decides their own proposal. Somebody else with authority has to.',
    'problem.closing_above_authority':
      '{open} open is above your authority. Ask the next level up.',
    'problem.closing_overtaken':
      '{open} is open by now, more than the {proposed} that the price was agreed for. Refuse it, ' +
      'or propose it anew.',
    'problem.closing_open_changed':
      '{open} is open by now, and you saw {seen}. Reload, then decide.',
    'problem.closing_of_another':
      'Somebody else proposed this. They, or who may decide it, can withdraw it.',
    'problem.closing_exists_with_other_content':
      'This proposal was made with other content. Propose it anew.',
    'problem.closing_needs_approval':
      'Somebody else approves a write-off, withdrawal or sale. Propose it on the page of the case.',
    'problem.closings_rest_on_import':
      'Something of this import was written off or sold, so it stays.',
  },
);
