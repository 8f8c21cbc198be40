import { words } from '../session/language';

/**
 * Why the services refuse, and what to do about it:
 * reasons of cases and imports.
 */
export const caseRefusals = words(
  {
    'problem.case_unknown': '找不到这件案件，可能已收回或转走。请从案件列表重新打开。',
    'problem.case_missing': '找不到这件案件。请刷新案件列表后重新选择。',
    'problem.case_not_open': '案件已结，不能委外。请去掉它再试。',
    'problem.case_already_placed': '案件已在委外。先收回现有委托，再委外给别的机构。',
    'problem.case_not_paid': '案件还有未清金额，不能按“已付清”结案。先登记回款，或选择其他结果。',
    'problem.outcome_missing': '请选择结果。',
    'problem.channel_missing': '请选择联系方式。',
    'problem.contact_in_future': '联系时间晚于现在。请填写已发生的时间。',
    'problem.contact_too_old': '联系时间过早，只能补记最近 7 天的联系。',
    'problem.promise_in_past': '约定日期已过。请填写今天或以后的日期。',
    'problem.promise_too_far': '约定日期太远。请约定更近的日期，或分期承诺。',
    'problem.plan_unknown': '找不到这个还款计划。请刷新案件后重试。',
    'problem.plan_under_way': '案件已有进行中的还款计划。先取消它，或等它结束，再约定新的。',
    'problem.plan_not_active': '这个还款计划已经结束，不能再操作。',
    'problem.plan_already_confirmed': '这个还款计划已登记书面确认。',
    'problem.plan_above_authority': '未清金额超出你的审批权限。请由总经理约定这个还款计划。',
    'problem.plan_above_open': '计划金额超过未清金额。请改为不超过未清金额。',
    'problem.plan_sum_differs':
      '各期合计与计划金额不一致。请调整各期金额或计划金额，直到分文不差。',
    'problem.plan_amount_too_small': '金额太小，分不成 {count} 期。请减少期数。',
    'problem.instalment_not_positive': '第 {number} 期没有金额。请填写大于零的金额，或删去这一期。',
    'problem.instalment_in_past': '首期日期已过。请填写今天或以后的日期。',
    'problem.instalments_not_ascending': '第 {number} 期不晚于上一期。请按先后填写各期日期。',
    'problem.instalment_too_far': '末期日期太远。请把末期约在 {latest} 或之前。',
    'problem.confirmation_incomplete': '书面确认的日期和编号须同时填写，或都留空。',
    'problem.confirmed_in_future': '确认日期晚于今天。请填写实际确认的日期。',
    'problem.settlement_unknown': '找不到这个和解。请刷新案件后重试。',
    'problem.settlement_under_way': '案件已有待审批或待付款的和解。先等它结束，或撤回它。',
    'problem.settlement_not_below_open': '和解金额不低于未清金额 {open}。请填写更低的金额。',
    'problem.settlement_in_past': '付款期限已过。请填写今天或以后的日期。',
    'problem.settlement_too_far': '付款期限太远。请定在 {latest} 或之前。',
    'problem.settlement_not_proposed': '这个和解已不再待审批。请刷新案件。',
    'problem.settlement_is_own': '不能审批自己提出的和解。请由其他有权限的人审批。',
    'problem.settlement_above_authority': '未清金额超出你的审批权限。请由上一级审批这个和解。',
    'problem.settlement_deeper_than_policy':
      '折让 {discount}，超出政策建议的 {suggested}，须上一级审批。',
    'problem.settlement_of_another': '这个和解由别人提出。请由提出人或有审批权限的人撤回。',
    'problem.settlement_overtaken':
      '回款后未清 {open}，已不高于和解金额。请否决，或由提出人撤回后另提。',
    'problem.settlement_exists_with_other_content': '这个和解已用别的内容提出。请重新提出。',
    'problem.refusal_note_missing': '否决须写明意见。',
    'problem.received_in_future': '到账日期晚于今天。请填写实际到账日。',
    'problem.amount_too_large': '金额过大。请核对金额和币种。',
    'problem.amount_missing': '请填写金额。',
    'problem.currencies_differ': '币种与案件不一致。请改用案件的币种。',
    'problem.payment_unknown': '找不到这笔回款。请刷新案件后重试。',
    'problem.payment_already_reversed': '这笔回款已经冲回，不能再次冲回。',
    'problem.letter_unknown': '找不到这封函件。请刷新案件后重试。',
    'problem.receivable_unknown': '找不到这笔单据。请刷新后重试。',
    'problem.import_unknown': '找不到这次导入。请从导入列表重新打开。',
    'problem.import_not_analysed': '文件还在分析。等分析完成后再继续。',
    'problem.import_already_ended': '这次导入已经结束，不能再操作。',
    'problem.import_not_checked': '文件还没有检查完。等检查完成后再写入。',
    'problem.import_not_committed': '这次导入还没有写入，无需撤销。',
    'problem.import_not_open_for_mapping': '字段对应已锁定。需要修改请重新上传文件。',
    'problem.no_rejected_rows': '没有被拒的行，无需下载。',
    'problem.nothing_to_commit': '没有可写入的行。请先修正文件或字段对应。',
    'problem.payments_rest_on_import': '已有回款冲抵这次导入的单据，不能撤销。先冲回这些回款。',
    'problem.later_imports_rest_on_import': '之后的导入改动过同样的单据。请先撤销较晚的导入。',
    'problem.day_out_of_range': '日期超出可查询的范围。请换一个日期。',
    'problem.period_backwards': '期间的起始日晚于截止日。请调换两个日期。',
    'problem.period_too_long': '期间最多跨 {most} 个月，现为 {months} 个月。请缩短期间。',
    'problem.export_unknown': '没有这次导出，可能已过期。请重新导出。',
    'problem.export_id_used_with_other_content': '这次导出已用别的条件开始。请重新导出。',
    'problem.export_column_unknown': '列“{column}”不在这个列表里。刷新页面后再导出。',
    'problem.export_names_no_list': '没有指明要导出的列表。刷新页面后再导出。',
    'problem.export_failed': '没能导出。请再试一次；若仍不行，请联系管理员。',
    'problem.exports_unfinished': '已有 {most} 个导出在进行。等其中一个完成或取消后再导出。',
    'problem.view_name_taken': '团队里已有名为“{name}”的视图。换个名称，或先删除那一个。',
    'problem.views_full': '这个表格最多共享 {most} 个视图。先删除不用的。',
    'problem.view_unknown': '这个视图已被删除。',
    'problem.view_of_another': '这个视图是{by}共享的；由其本人或主管删除。',
    'problem.view_exists_with_other_content': '这个视图已用别的内容共享。请重新共享。',
    'rule.plan_above_open': '超过未清金额',
    'rule.plan_amount_too_small': '期数过多',
    'rule.confirmed_in_future': '晚于今天',
    'rule.settlement_not_below_open': '须低于未清金额',
    'rule.settlement_in_past': '日期已过',
    'rule.settlement_too_far': '日期太远',
    'rule.refusal_note_missing': '须写明意见',
    'rule.confirmation_incomplete': '与另一栏同时填写或都留空',
    'problem.file_or_rows': '请上传文件或粘贴名单，二选一。',
  },
  {
    'problem.case_unknown':
      'There is no such case, or it is no longer yours. Open it again from the list.',
    'problem.case_missing': 'There is no such case. Reload the list and choose again.',
    'problem.case_not_open': 'The case is closed and cannot be placed. Leave it out and try again.',
    'problem.case_already_placed': 'The case is placed already. Recall that placement first.',
    'problem.case_not_paid':
      'It is not paid in full yet. Record the payment, or choose another outcome.',
    'problem.outcome_missing': 'Choose an outcome.',
    'problem.channel_missing': 'Choose a channel.',
    'problem.contact_in_future':
      'The contact lies in the future. Give the time at which it was made.',
    'problem.contact_too_old': 'The contact is too old: only the last 7 days can be written up.',
    'problem.promise_in_past': 'The day has passed. Give today or a later day.',
    'problem.promise_too_far':
      'The day is too far off. Agree on an earlier one, or on instalments.',
    'problem.plan_unknown': 'There is no such plan. Reload the case.',
    'problem.plan_under_way':
      'A plan is under way on this case. Cancel it, or let it end, before agreeing another.',
    'problem.plan_not_active': 'The plan has ended; nothing more can be done with it.',
    'problem.plan_already_confirmed': 'The written confirmation of this plan is recorded already.',
    'problem.plan_above_authority':
      'More is open than you may agree a plan for. Ask the general manager to agree it.',
    'problem.plan_above_open': 'The plan is above what is open. Give at most what is open.',
    'problem.plan_sum_differs':
      'The instalments do not add up to the amount. Change them or it until they do, to the cent.',
    'problem.plan_amount_too_small':
      'The amount cannot be split into {count} instalments. Choose fewer.',
    'problem.instalment_not_positive':
      'Instalment {number} has no amount. Give one above zero, or leave it out.',
    'problem.instalment_in_past':
      'The first instalment’s day has passed. Give today or a later day.',
    'problem.instalments_not_ascending':
      'Instalment {number} is not later than the one before it. Put them in order.',
    'problem.instalment_too_far': 'The last instalment is too far off. Let it be due by {latest}.',
    'problem.confirmation_incomplete':
      'Give both the day of the written confirmation and its reference, or neither.',
    'problem.confirmed_in_future':
      'The confirmation lies in the future. Give the day on which it was made.',
    'problem.settlement_unknown': 'There is no such settlement. Reload the case.',
    'problem.settlement_under_way':
      'A settlement waits for a decision or for its money. Let it end, or withdraw it, first.',
    'problem.settlement_not_below_open':
      'The amount is not below what is open, {open}. Give a lower one.',
    'problem.settlement_in_past': 'The day has passed. Give today or a later day.',
    'problem.settlement_too_far': 'The day is too far off. Let it be paid by {latest}.',
    'problem.settlement_not_proposed': 'It waits for no decision any more. Reload the case.',
    'problem.settlement_is_own':
      'Nobody decides their own proposal. Ask somebody else who may decide it.',
    'problem.settlement_above_authority':
      'More is open than you may decide about. Ask the next level up to decide it.',
    'problem.settlement_deeper_than_policy':
      'The discount of {discount} is deeper than the {suggested} that policy suggests: ask the ' +
      'next level up.',
    'problem.settlement_of_another':
      'Somebody else proposed it. Ask them, or somebody who decides settlements, to withdraw it.',
    'problem.settlement_overtaken':
      'After payments {open} is open, no more than the settlement. Refuse it, or propose anew.',
    'problem.settlement_exists_with_other_content':
      'This settlement was proposed with other content. Propose it again.',
    'problem.refusal_note_missing': 'Say why it is refused.',
    'problem.received_in_future':
      'The day lies in the future. Give the day on which it was received.',
    'problem.amount_too_large': 'The amount is too large. Check it and its currency.',
    'problem.amount_missing': 'Give an amount.',
    'problem.currencies_differ': 'The currency is not that of the case. Use the case’s currency.',
    'problem.payment_unknown': 'There is no such payment. Reload the case.',
    'problem.payment_already_reversed': 'This payment was reversed already.',
    'problem.letter_unknown': 'There is no such letter. Reload the case.',
    'problem.receivable_unknown': 'There is no such document. Reload and try again.',
    'problem.import_unknown': 'There is no such import. Open it again from the list.',
    'problem.import_not_analysed': 'The file is still being read. Go on once that is done.',
    'problem.import_already_ended': 'This import has ended; nothing more can be done with it.',
    'problem.import_not_checked': 'The file is still being checked. Write it once that is done.',
    'problem.import_not_committed': 'This import was not written, so there is nothing to undo.',
    'problem.import_not_open_for_mapping':
      'The mapping is fixed by now. Upload the file again to change it.',
    'problem.no_rejected_rows': 'No row was rejected; there is nothing to download.',
    'problem.nothing_to_commit': 'There is no row to write. Correct the file or the mapping first.',
    'problem.payments_rest_on_import':
      'Payments rest on documents of this import. Reverse them before undoing it.',
    'problem.later_imports_rest_on_import':
      'Later imports changed the same documents. Undo those first.',
    'problem.day_out_of_range': 'The day is outside what can be asked for. Choose another.',
    'problem.period_backwards': 'The period ends before it begins. Swap the two days.',
    'problem.period_too_long':
      'A period touches at most {most} months; this one touches {months}. Choose a shorter one.',
    'problem.export_unknown': 'There is no such export; it may be over. Export again.',
    'problem.export_id_used_with_other_content':
      'This export has begun with other conditions. Export again.',
    'problem.export_column_unknown':
      'The list has no column “{column}”. Reload the page and export again.',
    'problem.export_names_no_list': 'No list was named. Reload the page and export again.',
    'problem.export_failed':
      'The list was not exported. Try again; if that fails, ask an administrator.',
    'problem.exports_unfinished':
      '{most} exports are under way. Wait for one or cancel it, then export again.',
    'problem.view_name_taken':
      'The team has a view named “{name}”. Choose another name, or delete that one first.',
    'problem.views_full':
      'A table has at most {most} shared views. Delete those that nobody needs.',
    'problem.view_unknown': 'This view was deleted.',
    'problem.view_of_another':
      'This view was shared by {by}; it is for them or a supervisor to delete.',
    'problem.view_exists_with_other_content':
      'This view was shared with other content. Share it again.',
    'rule.plan_above_open': 'Above what is open',
    'rule.plan_amount_too_small': 'Too many',
    'rule.confirmed_in_future': 'Later than today',
    'rule.settlement_not_below_open': 'Not below what is open',
    'rule.settlement_in_past': 'Passed',
    'rule.settlement_too_far': 'Too far off',
    'rule.refusal_note_missing': 'Say why',
    'rule.confirmation_incomplete': 'Give both or neither',
    'problem.file_or_rows': 'Give either a file or rows, not both and not neither.',
  },
);
