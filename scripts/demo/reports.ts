import { addDays, type Day } from '@recourse/kit/day.ts';
import type { DemoAgency, DemoCreditor } from './cast.ts';
import type { Chance } from './random.ts';
import { type Stage, unlessRefused } from './stage.ts';

const summaries = [
  '本周以电话和上门为主，重点客户均已取得联系，两户给出付款计划。',
  '本周联系率较上周提高，仍有三户推脱，已安排下周外访。',
  '本周部分回款到账，其余客户进入二次谈判，风险可控。',
  '本周完成全部在手案件的首轮核账，对账差异已反馈委托方。',
];
const risks = [
  '一户出现停工迹象，建议关注资产动向。',
  '个别客户提出质量异议，需委托方提供验收单。',
  '暂无新增风险。',
];
const plans = [
  '下周完成逾期九十天以上客户的外访。',
  '跟进到期承诺，未兑现者升级处理。',
  '补齐缺失的送货凭证后发函。',
];

/**
 * An agency's manager writes last week's report to one creditor, who reads it; or leaves it out.
 */
export async function reportWeek(
  stage: Stage,
  by: Chance,
  agency: DemoAgency,
  creditor: DemoCreditor,
  monday: Day,
): Promise<void> {
  if (!by.happens(agency.punctuality)) return;
  const call = await stage.as(`${agency.user}.manager`);
  const { caller } = await stage.as(creditor.director);
  const reportId = stage.id('report');
  const weekStart = addDays(monday, -7).toString();
  // Where nothing was placed in the week there is nothing to report.
  const worked = await unlessRefused(['no_placements_in_week'], () =>
    stage.reports.draftReport({ reportId, creditorId: caller.orgId, weekStart }, call),
  );
  if (!worked) return;
  const drafted = await stage.reports.getReport({ reportId }, call);
  const submitted = await stage.reports.submitReport(
    {
      reportId,
      summary: by.pick(summaries),
      risks: by.pick(risks),
      plan: by.pick(plans),
      expectedVersion: drafted.report?.version ?? 0n,
      requestId: stage.id('submit'),
    },
    call,
  );
  if (!by.happens(0.8)) return;
  const reader = await stage.as(creditor.director);
  const expectedVersion = submitted.report?.version ?? 0n;
  await stage.reports.acknowledgeReport(
    { reportId, expectedVersion, requestId: stage.id('ack') },
    reader,
  );
}
