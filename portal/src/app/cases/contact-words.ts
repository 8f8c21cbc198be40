import { words } from '../session/language';
import { t as caseWords } from './words';

/**
 * Words of logging a contact. Results are named by how it was tried: nobody picks up a visit, and a
 * message has no wrong number.
 */
export const contactWords = words(
  {
    'CHANNEL_VISIT.CONTACT_RESULT_REACHED': '见到人',
    'CHANNEL_VISIT.CONTACT_RESULT_NO_ANSWER': '没见到人',
    'CHANNEL_VISIT.CONTACT_RESULT_THIRD_PARTY': '他人接待',
    'CHANNEL_VISIT.CONTACT_RESULT_WRONG_NUMBER': '地址不对',
    'CHANNEL_WECHAT.CONTACT_RESULT_REACHED': '已回复',
    'CHANNEL_WECHAT.CONTACT_RESULT_NO_ANSWER': '没有回复',
    'CHANNEL_WECHAT.CONTACT_RESULT_THIRD_PARTY': '他人回复',
    'CHANNEL_WECHAT.CONTACT_RESULT_WRONG_NUMBER': '不是本人账号',
    stopped: '现在不要联系',
    stoppedUntil: '{at} 后可再联系。',
    stoppedToday: '今天已联系 {used} 次（上限 {limit} 次）。',
    stoppedLog: '如果已经联系过，请照实记录，系统会记为未获许可。',
    saveAnyway: '照实记录',
    understood: '知道了',
    colleagues: '同行同事',
    call: '致电 {name}',
    noCall: '现在不能致电',
  },
  {
    'CHANNEL_VISIT.CONTACT_RESULT_REACHED': 'Met them',
    'CHANNEL_VISIT.CONTACT_RESULT_NO_ANSWER': 'Nobody there',
    'CHANNEL_VISIT.CONTACT_RESULT_THIRD_PARTY': 'Received by another',
    'CHANNEL_VISIT.CONTACT_RESULT_WRONG_NUMBER': 'Wrong address',
    'CHANNEL_WECHAT.CONTACT_RESULT_REACHED': 'Replied',
    'CHANNEL_WECHAT.CONTACT_RESULT_NO_ANSWER': 'No reply',
    'CHANNEL_WECHAT.CONTACT_RESULT_THIRD_PARTY': 'Another replied',
    'CHANNEL_WECHAT.CONTACT_RESULT_WRONG_NUMBER': 'Not their account',
    stopped: 'Do not contact now',
    stoppedUntil: 'Allowed again {at}.',
    stoppedToday: 'Contacted {used} of {limit} times today. ',
    stoppedLog: 'If it has happened already, log it as it was: it is kept as not permitted.',
    saveAnyway: 'Log it as it was',
    understood: 'Understood',
    colleagues: 'Colleague who came along',
    call: 'Call {name}',
    noCall: 'No call now',
  },
);

/** A result in the words of its channel; those of a call where it has none of its own. */
export function resultName(channel: string, result: string): string {
  return contactWords.find(`${channel}.${result}`) ?? caseWords.find(result) ?? result;
}
