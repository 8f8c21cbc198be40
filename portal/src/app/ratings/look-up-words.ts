import { words } from '../session/language';

/** Words of the blacklist look-up of an admission. */
export const t = words(
  {
    title: '黑名单查询',
    outstanding: '尚未完成',
    clear: '未列入，查于 {at}',
    possible: '名称相近 {hits} 条，须核实，查于 {at}',
    listed: '已列入 {hits} 条，查于 {at}',
    without: '查询未完成，仍然准入',
    withoutDone: '准入时查询尚未完成',
    noteNeeded: '查询未完成时准入，请写明理由',
    'unasked.not_a_member': '未加入协会，无名单可查',
    'unasked.query_consent_missing': '自然人须先取得书面授权，再人工查询',
    'unasked.look_up_quota_used': '今日查询额度已用完',
  },
  {
    title: 'Blacklist look-up',
    outstanding: 'not done yet',
    clear: 'not listed, looked up {at}',
    possible: '{hits, plural, one {# like name} other {# like names}} to verify, looked up {at}',
    listed: 'listed {hits, plural, one {once} other {# times}}, looked up {at}',
    without: 'Admit although the look-up is outstanding',
    withoutDone: 'admitted while the look-up was outstanding',
    noteNeeded: 'Say why it is admitted without the look-up',
    'unasked.not_a_member': 'no association, so no list to ask',
    'unasked.query_consent_missing':
      'a natural person is looked up under written consent: do it by hand',
    'unasked.look_up_quota_used': 'today’s look-ups are used up',
  },
);
