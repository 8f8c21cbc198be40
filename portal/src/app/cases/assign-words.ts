import { words } from '../session/language';
import { explain } from '../session/problem-words';
import { colleagueRefusals } from '../settings/colleague-words';

/** Words of giving cases to people. */
export const t = words(
  {
    assign: '指定负责人',
    assignCount: '分派 {count} 件',
    assignMatching: '分派全部匹配的案件',
    heading: '分派 {count} 件案件',
    person: '负责人',
    search: '按姓名或登录名查找',
    nobody: '没有符合条件的同事',
    reading: '正在读取同事…',
    further: '还有 {count} 人，请输入姓名查找。',
    onlyKnown: '人员目录没有应答，这里只列出你自己和手上已有案件的同事。',
    currently: '目前由 {names} 负责，将全部改由所选的人负责。',
    progress: '已分派 {count} / {all} 件…',
    notDone: '以下案件没有分派，其余已完成：',
  },
  {
    assign: 'Assign',
    assignCount: 'Assign {count, plural, one {# case} other {# cases}}',
    assignMatching: 'Assign all matching cases',
    heading: 'Assign {count, plural, one {# case} other {# cases}}',
    person: 'Assigned to',
    search: 'Find by name or login',
    nobody: 'Nobody fits',
    reading: 'Reading your colleagues…',
    further: '{count, plural, one {# more person} other {# more people}}: find them by name.',
    onlyKnown:
      'The directory of people does not answer; these are you and colleagues who hold a case.',
    currently: 'Now with {names}; all of them go to the person you choose.',
    progress: '{count} of {all} assigned…',
    notDone: 'These cases were not assigned; the others were:',
  },
);

explain(colleagueRefusals);
