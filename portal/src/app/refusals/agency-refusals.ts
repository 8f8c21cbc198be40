import { words } from '../session/language';

/**
 * Why the services refuse, and what to do about it:
 * reasons of agencies and their commission.
 */
export const agencyRefusals = words(
  {
    'problem.agency_unknown': '找不到这家机构。请从机构列表重新选择。',
    'problem.capacity_exceeded': '超出这家机构的承接余量。请减少件数或换一家机构。',
    'problem.licence_expired': '机构的证照已过期。请机构更新证照后再委外，或换一家。',
    'problem.licence_missing': '机构没有登记所需的证照。请机构补登证照后再委外，或换一家。',
    'problem.conflict_of_interest':
      '机构与债务人有利益冲突（自身、其客户或关联企业）。请换一家机构。',
    'problem.region_not_covered': '债务人所在地区不在机构的服务地区内。请换一家机构。',
    'problem.amount_exceeded': '超出机构人手可承接的金额（每人 5000 万元）。请减少案件或换一家。',
    'problem.conflict_unknown': '找不到这项利益冲突，或不是本机构登记的。请刷新列表。',
    'problem.conflict_kind_unknown': '请选择冲突的种类。',
    'problem.placement_unknown': '找不到这项委托，可能已收回。请刷新列表。',
    'problem.placement_not_offered': '委托已不在待接受状态。请刷新后查看现状。',
    'problem.placement_ended': '委托已经结束，不能再操作。',
    'problem.offer_lapsed': '邀约已过答复期限。请委托方重新发出。',
    'problem.terms_missing': '请填写佣金条款，或先让机构公布价目。',
    'problem.terms_not_rising': '佣金分段的起始天数须逐段递增。请调整顺序。',
    'problem.terms_not_from_day_zero': '佣金分段须从第 0 天开始。请补上第一段。',
    'problem.terms_without_bands': '请至少填写一个佣金分段。',
    'problem.terms_not_from_zero': '佣金分段须从 0 开始。请补上第一段。',
    'problem.terms_fall_back':
      '对全部回款追溯的费率不能下降。请提高后面的费率，或改为各段分别计算。',
    'problem.terms_currencies_differ': '条款里的金额须为同一币种。请统一币种。',
    'problem.terms_cap_below_minimum': '佣金上限不能低于最低佣金。请改其中一项。',
    'problem.terms_in_other_currency': '条款里的金额与案件币种不同。请按案件的币种另行约定。',
    'problem.neither_creditor_nor_agency': '只有委托方和机构可以使用。',
    'problem.not_own_agency': '只能修改本机构的资料。',
    'problem.component_unknown': '没有这项评分内容。请刷新权重后重试。',
    'problem.weight_given_twice': '同一项权重填了两次。请删去一个。',
    'problem.one_segment_at_a_time': '一次只能比较一个细分。请只选一个。',
    'problem.report_unknown': '找不到这份周报，可能还没有提交。',
    'problem.report_of_week_exists': '这一周已有周报。请打开已有的那份继续写。',
    'problem.report_is_submitted': '周报已提交，不能再改。委托方提出疑问后可补充。',
    'problem.report_not_submitted': '周报还没有提交，或已经处理过。请刷新后查看。',
    'problem.no_placements_in_week': '这一周没有在办的委托，不需要周报。',
    'problem.week_not_begun': '这一周还没有开始。请选择本周或更早。',
    'problem.week_start_not_monday': '周报从星期一算起。请选择星期一。',
    'problem.statement_unknown': '找不到这张对账单。请从列表重新打开。',
    'problem.statement_of_month_exists': '这家机构这个月已有对账单。请打开已有的那张。',
    'problem.statement_closed': '对账单已结账，不能再改。更正请放到下一张。',
    'problem.line_not_on_statement': '这一行不在这张对账单上。请刷新后重试。',
    'problem.lines_not_marked': '还有没核对的行。请逐行核对或搁置后再结账。',
    'problem.mark_missing': '请选择核对无误或搁置。',
    'problem.hold_without_reason': '搁置须写明原因。',
    'problem.month_not_begun': '这个月还没有开始。请选择本月或更早。',
    'problem.nothing_to_state': '这个月没有可出账的佣金。',
    'problem.tender_unknown': '找不到这次招标，或没有邀请本机构。请刷新列表。',
    'problem.tender_deadline_passed': '截标时间须晚于现在。请改一个时间。',
    'problem.tender_decided': '招标已经定标或取消，不能再改。',
    'problem.case_tendered': '有案件已在另一次招标中。请先取消那次招标，或去掉这件。',
    'problem.bidding_closed': '已经截标，不能再投标、改标或撤标。',
    'problem.bid_unknown': '找不到这份投标。请刷新后重试。',
    'problem.bid_not_standing': '这份投标已被替换或撤回。请刷新后查看现状。',
    'problem.bids_sealed': '投标还在密封中。截标后，或受邀机构都已投标后才能开标。',
    'problem.award_places_nothing': '没有一件案件能委给这家机构，招标保持原状。请选另一份投标。',
  },
  {
    'problem.agency_unknown': 'There is no such agency. Choose again from the list.',
    'problem.capacity_exceeded':
      'That is beyond the agency’s capacity. Place fewer cases, or choose another agency.',
    'problem.licence_expired':
      'A licence of the agency has expired. Place again once it is renewed, or choose another.',
    'problem.licence_missing':
      'The agency has no such licence on file. Place again once it is, or choose another.',
    'problem.conflict_of_interest':
      'The agency is, works for or is tied to the debtor. Choose another agency.',
    'problem.region_not_covered':
      'The debtor is outside the regions the agency works in. Choose another agency.',
    'problem.amount_exceeded':
      'That is more than the agency’s agents can have open (CNY 50 m each). Place fewer cases.',
    'problem.conflict_unknown':
      'There is no such conflict, or another organisation declared it. Reload the list.',
    'problem.conflict_kind_unknown': 'Choose the kind of conflict.',
    'problem.placement_unknown':
      'There is no such placement; it may have been recalled. Reload the list.',
    'problem.placement_not_offered':
      'The placement no longer waits for an answer. Reload to see where it stands.',
    'problem.placement_ended': 'The placement has ended; nothing more can be done with it.',
    'problem.offer_lapsed': 'The offer has lapsed. The creditor may offer again.',
    'problem.terms_missing': 'Give commission terms, or let the agency publish its prices first.',
    'problem.terms_not_rising': 'The bands must rise by their first day. Put them in order.',
    'problem.terms_not_from_day_zero': 'The bands must begin at day 0. Add the first one.',
    'problem.terms_without_bands': 'Give at least one band of rates.',
    'problem.terms_not_from_zero': 'The brackets must start at 0. Add the first one.',
    'problem.terms_fall_back':
      'A rate that holds for all payments may not fall. Raise it, or reckon each part by its step.',
    'problem.terms_currencies_differ': 'Amounts in terms must be in one currency. Choose one.',
    'problem.terms_cap_below_minimum': 'The cap is below the minimum. Change one of them.',
    'problem.terms_in_other_currency':
      'The terms name amounts in another currency than the case. Agree terms in its currency.',
    'problem.neither_creditor_nor_agency': 'This is for creditors and agencies only.',
    'problem.not_own_agency': 'Only your own agency’s profile can be changed.',
    'problem.component_unknown': 'There is no such part of the score. Reload the weights.',
    'problem.weight_given_twice': 'A weight is given twice. Take one out.',
    'problem.one_segment_at_a_time': 'Only one segment at a time. Choose one.',
    'problem.report_unknown': 'There is no such report, or it was not handed in yet.',
    'problem.report_of_week_exists': 'That week has a report already. Open it and go on there.',
    'problem.report_is_submitted':
      'The report was handed in and is frozen until the creditor asks back.',
    'problem.report_not_submitted':
      'The report was not handed in, or was answered already. Reload to see.',
    'problem.no_placements_in_week': 'Nothing was placed in that week, so no report is due.',
    'problem.week_not_begun': 'That week has not begun. Choose this week or an earlier one.',
    'problem.week_start_not_monday': 'Weeks begin on Monday. Choose a Monday.',
    'problem.statement_unknown': 'There is no such statement. Open it again from the list.',
    'problem.statement_of_month_exists':
      'That agency and month have a statement already. Open that one.',
    'problem.statement_closed': 'The statement is closed. Corrections go onto the next one.',
    'problem.line_not_on_statement': 'That line is not on this statement. Reload it.',
    'problem.lines_not_marked':
      'Some lines are neither ticked nor held. Mark every line, then close.',
    'problem.mark_missing': 'Choose to tick the line or to hold it.',
    'problem.hold_without_reason': 'Say why the line is held.',
    'problem.month_not_begun': 'That month has not begun. Choose this month or an earlier one.',
    'problem.nothing_to_state': 'No commission of that month waits for a statement.',
    'problem.tender_unknown':
      'There is no such tender, or you are not invited to it. Reload the list.',
    'problem.tender_deadline_passed': 'The deadline must be later than now. Choose another time.',
    'problem.tender_decided':
      'The tender is awarded or cancelled; nothing can be changed any more.',
    'problem.case_tendered':
      'A case is in another tender. Cancel that one first, or leave the case out.',
    'problem.bidding_closed':
      'Bidding is closed: bids can no longer be made, changed or withdrawn.',
    'problem.bid_unknown': 'There is no such bid. Reload and try again.',
    'problem.bid_not_standing': 'The bid was replaced or withdrawn. Reload to see where it stands.',
    'problem.bids_sealed':
      'The bids are sealed until the deadline, or until every invited agency has bid.',
    'problem.award_places_nothing':
      'Not one case can go to this agency; the tender stays as it was. Choose another bid.',
  },
);
