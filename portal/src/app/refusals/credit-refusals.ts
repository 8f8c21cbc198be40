import { words } from '../session/language';

/**
 * Why the services refuse, and what to do about it:
 * reasons of credit: files, policy, models.
 */
export const creditRefusals = words(
  {
    'problem.admission_unknown': '找不到这份准入申请。请从列表重新打开。',
    'problem.warning_unknown': '找不到这条预警，可能已处理。请刷新列表。',
    'problem.model_unknown': '找不到这个模型。请从模型列表重新选择。',
    'problem.statement_of_another_customer': '这份报表属于另一位客户。请核对客户和期间。',
    'problem.credit_code_malformed': '统一社会信用代码有误。请核对 18 位和校验位。',
    'problem.policy_grade_twice': '同一等级出现两次。请删去一行。',
    'problem.policy_lacks_grade': '政策缺少等级。请为每个等级填写一行。',
    'problem.policy_out_of_order': '等级越低，额度和账期不能越宽。请调整。',
    'problem.table_has_none_of_the_columns': '文件中没有模型需要的列。请核对表头。',
    'problem.column_unknown': '文件中没有这一列。请核对列名。',
    'problem.arff_attribute_unreadable': 'ARFF 文件的属性行无法读取。请核对格式。',
    'problem.arff_without_data': 'ARFF 文件没有数据部分。',
    'problem.bad_value_unknown': '结果列中没有所填的“违约”取值。请核对。',
    'problem.target_has_many_classes': '结果列超过两类。请指定哪个取值是违约。',
    'problem.target_has_one_class': '结果列只有一类，无法拟合。请换一份数据。',
    'problem.target_is_empty': '结果列是空的。请核对列名和数据。',
    'problem.folds_more_than_groups': '折数多于分组数。请减少折数。',
    'problem.not_a_credit_model': '文件不是信用模型。请选择由本平台导出的模型。',
    'problem.nothing_to_fit_on': '没有可用于拟合的记录。请先导入历史结果。',
    'problem.too_few_bad': '违约记录太少，拟合不可靠。请补充数据。',
    'problem.too_few_good': '正常记录太少，拟合不可靠。请补充数据。',
    'problem.too_few_records': '记录太少，低于模型规定的最少数量。请补充数据。',
  },
  {
    'problem.admission_unknown': 'There is no such admission. Open it again from the list.',
    'problem.warning_unknown': 'There is no such warning; it may be settled. Reload the list.',
    'problem.model_unknown': 'There is no such model. Choose again from the list.',
    'problem.statement_of_another_customer':
      'That statement belongs to another customer. Check customer and period.',
    'problem.credit_code_malformed':
      'The credit code is not right. Check its 18 characters and check digit.',
    'problem.policy_grade_twice': 'A grade stands there twice. Take one out.',
    'problem.policy_lacks_grade': 'A grade is missing. Give a row for each grade.',
    'problem.policy_out_of_order':
      'A lower grade may not have a larger limit or longer terms. Put them in order.',
    'problem.table_has_none_of_the_columns':
      'The file has none of the columns that the model needs. Check its head.',
    'problem.column_unknown': 'The file has no such column. Check its name.',
    'problem.arff_attribute_unreadable':
      'An attribute of the ARFF file cannot be read. Check the file.',
    'problem.arff_without_data': 'The ARFF file has no data.',
    'problem.bad_value_unknown': 'The target has no such value for bad. Check it.',
    'problem.target_has_many_classes':
      'The target has more than two classes. Say which value is bad.',
    'problem.target_has_one_class':
      'The target has one class only; nothing can be fitted. Give other data.',
    'problem.target_is_empty': 'The target is empty. Check the column and the data.',
    'problem.folds_more_than_groups': 'There are more folds than groups. Take fewer folds.',
    'problem.not_a_credit_model': 'This is no credit model. Choose one exported by this platform.',
    'problem.nothing_to_fit_on': 'There is nothing to fit on. Import past outcomes first.',
    'problem.too_few_bad': 'Too few bad records for a fit that holds. Add data.',
    'problem.too_few_good': 'Too few good records for a fit that holds. Add data.',
    'problem.too_few_records': 'There are fewer records than the stated minimum. Add data.',
  },
);
