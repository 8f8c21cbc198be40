import { words } from '../session/language';

/**
 * Why the services refuse, and what to do about it:
 * reasons of the blacklist.
 */
export const blacklistRefusals = words(
  {
    'problem.listing_unknown': '找不到这条列入，可能已撤销或不向你开放。',
    'problem.listing_not_a_draft': '上报已提交，不能再改。需要修改请先撤回。',
    'problem.listing_not_submitted': '上报还没有提交，或已处理。请刷新后查看。',
    'problem.listing_not_decidable': '现在还不能表决：须先送达通知、异议期届满。',
    'problem.listing_not_published': '这条列入没有公布，不能执行此操作。',
    'problem.listing_not_alive': '这条列入已经终止，不能再操作。',
    'problem.listing_ended': '这条列入已经移除或到期，不能再操作。',
    'problem.listing_published': '已公布的不能撤回。请改为申请移除并说明理由。',
    'problem.dispute_unknown': '找不到这份异议。请刷新后重试。',
    'problem.dispute_answered': '这份异议已有答复。不服可提出申诉。',
    'problem.nothing_to_appeal': '没有可申诉的决定。须先有异议的答复。',
    'problem.listed_party_not_told_yet': '还没有通知被列入方，不能提出异议。先送达通知。',
    'problem.correction_without_upholding': '只有支持异议时才能附更正。请改选答复结果。',
    'problem.reporter_is_not_listed_party': '上报成员不能代被列入方提出。',
    'problem.evidence_unknown': '找不到这份证据。请刷新后重试。',
    'problem.evidence_file_unknown': '证据文件没有传完或已失效。请重新上传。',
    'problem.evidence_digest_differs': '文件与所填摘要不一致，可能传输有误。请重新上传。',
    'problem.impact_assessment_missing': '协会还没有登记个人信息保护影响评估，不能列入自然人。',
    'problem.reporting_licence_missing': '协会没有相应许可，不能凭同意列入自然人。',
    'problem.consent_evidence_missing': '缺少单独同意书。请作为证据上传。',
    'problem.court_list_in_future': '法院公布日期晚于今天。请核对日期。',
    'problem.protection_in_the_past': '保护期截止日已过。请选择以后的日期。',
    'problem.protection_is_for_companies': '暂时困难保护只适用于企业。',
    'problem.association_unknown': '找不到这家协会，或你不是其成员。',
    'problem.agreement_unknown': '找不到这份协议。请刷新后重试。',
    'problem.partner_unknown': '找不到对方协会。请核对后重新选择。',
    'problem.employer_is_no_member': '任职单位不是协会成员。请先登记该成员。',
    'problem.not_your_association': '只能管理自己的协会。',
    'problem.not_there_yet': '内容还没有保存过。请刷新后重试。',
    'problem.bulk_unknown': '找不到这次批量筛查。请从列表重新打开。',
    'problem.look_up_unknown': '找不到这次查询，记录只向查询人开放。',
    'problem.free_reports_used': '本年度的免费报告已用完。请填写付款凭证号。',
  },
  {
    'problem.listing_unknown': 'There is no such listing, or it is not open to you.',
    'problem.listing_not_a_draft': 'It was submitted and cannot be changed. Withdraw it first.',
    'problem.listing_not_submitted':
      'It was not submitted, or was dealt with already. Reload to see.',
    'problem.listing_not_decidable':
      'It cannot be decided yet: notice must be served and the time to object be over.',
    'problem.listing_not_published': 'It is not published, so this cannot be done.',
    'problem.listing_not_alive': 'This listing has ended; nothing more can be done with it.',
    'problem.listing_ended':
      'This listing was removed or has expired; nothing more can be done with it.',
    'problem.listing_published':
      'A published listing cannot be withdrawn. Ask for its removal with the reason.',
    'problem.dispute_unknown': 'There is no such dispute. Reload and try again.',
    'problem.dispute_answered': 'This dispute has its answer. Whoever disagrees may appeal.',
    'problem.nothing_to_appeal':
      'There is no decision to appeal against. A dispute must be answered first.',
    'problem.listed_party_not_told_yet':
      'The listed party was not told yet. Serve the notice first.',
    'problem.correction_without_upholding':
      'A correction comes only with a dispute that is upheld. Change the outcome.',
    'problem.reporter_is_not_listed_party': 'The reporter cannot act for the listed party.',
    'problem.evidence_unknown': 'There is no such piece of evidence. Reload and try again.',
    'problem.evidence_file_unknown': 'The file did not arrive or has lapsed. Upload it again.',
    'problem.evidence_digest_differs':
      'The file is not the one that its digest names. Upload it again.',
    'problem.impact_assessment_missing':
      'The association has no impact assessment on file, so no person can be listed.',
    'problem.reporting_licence_missing':
      'The association has no licence to list persons by consent.',
    'problem.consent_evidence_missing': 'The separate consent is missing. Add it as evidence.',
    'problem.court_list_in_future': 'The court’s list lies in the future. Check the day.',
    'problem.protection_in_the_past':
      'The protection would have ended already. Choose a later day.',
    'problem.protection_is_for_companies':
      'Protection in temporary difficulty is for companies only.',
    'problem.association_unknown': 'There is no such association, or you are not a member.',
    'problem.agreement_unknown': 'There is no such agreement. Reload and try again.',
    'problem.partner_unknown': 'There is no such partner. Choose again.',
    'problem.employer_is_no_member': 'The employer is not a member. Enter the member first.',
    'problem.not_your_association': 'Only your own association can be managed.',
    'problem.not_there_yet': 'It was never saved. Reload and try again.',
    'problem.bulk_unknown': 'There is no such bulk screening. Open it again from the list.',
    'problem.look_up_unknown': 'There is no such look-up; it is open to who made it.',
    'problem.free_reports_used':
      'The free reports of this year are used up. Give the receipt of payment.',
  },
);
