import { words } from '../../session/language';

/** Words of the receipts of the nightly screening. */
export const t = words(
  {
    title: '夜间筛查记录',
    lead: '每夜比对都留有记录，查无结果也不例外；不占查询额度。',
    ofCustomer: '该客户的夜间筛查记录',
    none: '还没有夜间筛查记录',
    at: '时间',
    kind: '对象',
    asked: '已查客户',
    found: '疑似 / 命中',
    result: '结果',
    foundOf: '{possible} / {listed}',
    lists: '已查名单',
    listsOf: '{count} 个协会',
    hits: '命中条目',
    namedAs: '查询名称',
    run: '批次号',
  },
  {
    title: 'Nightly looks',
    lead: 'Every night’s comparison leaves a receipt, found or not; it takes no quota.',
    ofCustomer: 'Nightly looks at this customer',
    none: 'No nightly looks yet',
    at: 'At',
    kind: 'Of',
    asked: 'Customers asked about',
    found: 'Possible / listed',
    result: 'Found',
    foundOf: '{possible} / {listed}',
    lists: 'Lists asked',
    listsOf: '{count, plural, one {# association} other {# associations}}',
    hits: 'Entries found',
    namedAs: 'Asked as',
    run: 'Run',
  },
);
