import { words } from '../session/language';

/** Words of giving cases to people. */
export const t = words(
  {
    assign: '指定负责人',
    assignCount: '分派 {count} 件',
    assignMatching: '分派全部匹配的案件',
    heading: '分派 {count} 件案件',
    person: '负责人',
    personHint: '列出在本机构账上办过案件或录入过的同事；其他人首次操作后出现在这里。',
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
    personHint: 'People who hold a case or entered something here; others appear once they did.',
    currently: 'Now with {names}; all of them go to the person you choose.',
    progress: '{count} of {all} assigned…',
    notDone: 'These cases were not assigned; the others were:',
  },
);
