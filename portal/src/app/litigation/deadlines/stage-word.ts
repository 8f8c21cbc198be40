import { words } from '../../session/language';
import { t as matters } from '../matters/words';

/** Stages of a proceeding as what happened; the other events have their words with the matters. */
const stages = words(
  {
    filed: '起诉',
    docketed: '立案',
    judgment_served: '判决送达',
    appeal_filed: '上诉',
    second_instance_docketed: '二审立案',
    enforcement_applied: '申请执行',
    objection_ruling_served: '异议裁定送达',
    outsider_objection_ruling_served: '案外人异议裁定送达',
    distribution_objection_notified: '分配异议通知',
    payment_order_applied: '申请支付令',
    payment_order_accepted: '支付令受理',
    payment_order_issued: '支付令发出',
    payment_order_served: '支付令送达',
    preservation_applied: '申请保全',
    preservation_applied_urgently: '紧急申请保全',
    preservation_ruled: '裁定保全',
    preservation_executed: '采取保全措施',
    pre_suit_preservation_executed: '采取诉前保全措施',
  },
  {
    filed: 'filing',
    docketed: 'docketing',
    judgment_served: 'service of the judgment',
    appeal_filed: 'appeal',
    second_instance_docketed: 'docketing at second instance',
    enforcement_applied: 'application for enforcement',
    objection_ruling_served: 'service of the ruling on the objection',
    outsider_objection_ruling_served: 'service of the ruling on the outsider’s objection',
    distribution_objection_notified: 'notice of an objection to the plan',
    payment_order_applied: 'application for the payment order',
    payment_order_accepted: 'acceptance of the application',
    payment_order_issued: 'issue of the payment order',
    payment_order_served: 'service of the payment order',
    preservation_applied: 'application for preservation',
    preservation_applied_urgently: 'urgent application for preservation',
    preservation_ruled: 'ruling on preservation',
    preservation_executed: 'preservation carried out',
    pre_suit_preservation_executed: 'pre-suit preservation carried out',
  },
);

/**
 * What happened, in words; an event that has none is told by its own name. Empty for an id: a
 * deadline may name the very event it is counted from, which tells a person nothing.
 */
export function stageWord(kind: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}/.test(kind)) return '';
  return stages.find(kind) ?? matters.find(`happening.${kind}`) ?? kind.replaceAll('_', ' ');
}
