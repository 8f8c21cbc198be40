import { words } from '../session/language';

/** Jobs and schedules of the services by what they do; their names are for logs. */
const names = words(
  {
    'admission-screen': '准入客户查黑名单',
    'bulk-screen': '批量查询黑名单',
    'cases-night': '案件夜间处理',
    'credit-day': '每日信用复评',
    'credit-refresh': '更新客户信用',
    'customers-screen': '存量客户比对黑名单',
    'customers-watch': '安排存量客户比对',
    'export-sweep': '清理到期导出文件',
    'export-write': '生成导出文件',
    'import-analyse': '识别导入文件',
    'import-check': '检查导入文件',
    'import-commit': '写入导入数据',
    'import-undo': '撤销导入',
    'licences-remind': '提醒证照到期',
    'listing-clock': '推进名单期限',
    'litigation-morning': '诉讼期限与时效提醒',
    'offers-lapse': '处理逾期未答复委托',
    'record-measure': '核算机构业绩',
    'reports-chase': '催交周报',
    'tenders-close': '告知截标',
  },
  {
    'admission-screen': 'Screen new customers',
    'bulk-screen': 'Screen in bulk',
    'cases-night': 'Nightly work on cases',
    'credit-day': 'Daily review of credit',
    'credit-refresh': 'Refresh customers’ credit',
    'customers-screen': 'Screen present customers',
    'customers-watch': 'Plan the screening of customers',
    'export-sweep': 'Sweep expired exports',
    'export-write': 'Write an export',
    'import-analyse': 'Read an import',
    'import-check': 'Check an import',
    'import-commit': 'Write an import',
    'import-undo': 'Undo an import',
    'licences-remind': 'Remind of licences',
    'listing-clock': 'Clock of listings',
    'litigation-morning': 'Alarms of deadlines and limitation',
    'offers-lapse': 'Lapse unanswered offers',
    'record-measure': 'Measure agencies',
    'reports-chase': 'Chase weekly reports',
    'tenders-close': 'Tell that bidding is over',
  },
);

/** What a job does; its own name where a newer service has one that is not known here. */
export function jobName(name: string): string {
  return names.find(name) ?? name;
}
