import { words } from '../session/language';

/** Why handover packs are refused, and what to do about it. */
export const packRefusals = words(
  {
    'problem.pack_incomplete': '资料包缺少必备资料，案件不能委外。请在案件的“委外”页补齐。',
    'problem.pack_changed': '其间有人改过资料包。请刷新后重新填写。',
    'problem.pack_policy_changed': '其间有人改过资料要求。请刷新后重新填写。',
    'problem.pack_policy_missing': '请填写资料要求。',
    'problem.pack_item_is_no_paper': '这一种类不是文件，请直接填写。',
    'problem.pack_paper_unknown': '资料包中没有这份文件。请刷新后查看。',
    'problem.pack_paper_exists_with_other_content':
      '这份文件已用其他种类或名称提交过。请重新选择文件后再添加。',
  },
  {
    'problem.pack_incomplete':
      'The handover pack lacks something required. Complete it on the case’s tab Placement.',
    'problem.pack_changed': 'Somebody has changed the pack meanwhile. Reload and write again.',
    'problem.pack_policy_changed':
      'Somebody has changed the demands meanwhile. Reload and write again.',
    'problem.pack_policy_missing': 'Say what packs must have.',
    'problem.pack_item_is_no_paper': 'This kind is not a file; write it instead.',
    'problem.pack_paper_unknown': 'There is no such paper in the pack. Reload to see what is.',
    'problem.pack_paper_exists_with_other_content':
      'This file was handed in as another kind or under another name. Choose the file again.',
  },
);
