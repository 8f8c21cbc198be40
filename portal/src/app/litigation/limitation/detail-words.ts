import { words } from '../../session/language';
import { explain } from '../../session/problem-words';

/** What is asked of an event besides its day and its proof. */
export const t = words(
  {
    endedOn: '程序结束日',
    newDay: '新的到期日',
    newDayHint: '时效和已同意的保证期间自该日重新起算',
    obstacleEnd: '事由消除日',
    obstacleEndHint: '还在持续就不填；消除后剔除本条，连同消除日重新登记',
    outcome: '结果',
    outcomeHint: '还在进行就不填',
    'outcome.judgment': '判决',
    'outcome.mediated': '法院或仲裁机构调解书',
    'outcome.settled': '双方自行和解',
    'outcome.withdrawn': '撤诉',
    'outcome.dismissed': '驳回起诉',
    'outcome.not_accepted': '不予受理',
    'outcome.lapsed': '支付令失效',
    complaintServed: '起诉状送达日',
    performBy: '履行期最后一日',
    restWaived: '只主张一部分，其余已明确放弃',
    guarantorConsented: '保证人已书面同意',
    'problem.detail_not_of_kind': '这种事件不能带所填的附加内容，请核对。',
    'problem.end_without_day': '程序有了结果，须填结束日。',
  },
  {
    endedOn: 'Proceedings ended on',
    newDay: 'New due day',
    newDayHint: 'The clock runs anew from it, and the period of a guarantor who agreed',
    obstacleEnd: 'Obstacle gone on',
    obstacleEndHint: 'Empty while it lasts; then strike this and record it anew with its end',
    outcome: 'Outcome',
    outcomeHint: 'Empty while they go on',
    'outcome.judgment': 'Judgment',
    'outcome.mediated': 'Mediated, with the agreement of the court',
    'outcome.settled': 'Settled between the parties',
    'outcome.withdrawn': 'Withdrawn',
    'outcome.dismissed': 'Dismissed',
    'outcome.not_accepted': 'Not accepted',
    'outcome.lapsed': 'Payment order lapsed',
    complaintServed: 'Complaint served on',
    performBy: 'Last day to perform',
    restWaived: 'A part only is claimed, and the rest expressly given up',
    guarantorConsented: 'The guarantor agreed in writing',
    'problem.detail_not_of_kind': 'This kind of event does not go with what was filled in.',
    'problem.end_without_day': 'Proceedings that came to an outcome need the day they ended.',
  },
);

explain(t);
