import type { Words } from '@recourse/kit/export-list.ts';
import { CaseStage, Handling, PriorityTier } from '@recourse/proto/cases/v1/cases.ts';

/** What the states of a case are called in a file: as on the screen. */
const tiers: Readonly<Partial<Record<PriorityTier, Words>>> = {
  [PriorityTier.HIGH]: { 'zh-CN': '高', en: 'High' },
  [PriorityTier.MEDIUM]: { 'zh-CN': '中', en: 'Medium' },
  [PriorityTier.LOW]: { 'zh-CN': '低', en: 'Low' },
};

const handlings: Readonly<Partial<Record<Handling, Words>>> = {
  [Handling.INTERNAL]: { 'zh-CN': '自办', en: 'In house' },
  [Handling.OFFERED]: { 'zh-CN': '待接受', en: 'Offered' },
  [Handling.PLACED]: { 'zh-CN': '已委外', en: 'Placed' },
};

const stages: Readonly<Partial<Record<CaseStage, Words>>> = {
  [CaseStage.SOFT_COLLECTION]: { 'zh-CN': '软催收', en: 'Soft collection' },
  [CaseStage.PRE_LITIGATION]: { 'zh-CN': '诉前', en: 'Pre-litigation' },
  [CaseStage.LITIGATION]: { 'zh-CN': '诉讼', en: 'Litigation' },
  [CaseStage.ASSET_RECOVERY]: { 'zh-CN': '资产回收', en: 'Asset recovery' },
};

/** Steps of the dunning schedule and of promises. */
const steps: Readonly<Record<string, Words>> = {
  courtesy_check: { 'zh-CN': '核对收票', en: 'Courtesy check' },
  friendly_reminder: { 'zh-CN': '友好提醒', en: 'Friendly reminder' },
  first_letter: { 'zh-CN': '第一封函', en: 'First letter' },
  first_call: { 'zh-CN': '首次电话', en: 'First call' },
  second_letter: { 'zh-CN': '第二封函', en: 'Second letter' },
  third_letter: { 'zh-CN': '第三封函', en: 'Third letter' },
  final_letter: { 'zh-CN': '律师函', en: 'Lawyer’s letter' },
  litigation_assessment: { 'zh-CN': '诉讼评估', en: 'Litigation assessment' },
  follow_up: { 'zh-CN': '跟进', en: 'Follow up' },
  promise_due: { 'zh-CN': '承诺到期', en: 'Promise due' },
  promise_reminder: { 'zh-CN': '提醒承诺', en: 'Remind of promise' },
  instalment_due: { 'zh-CN': '分期到期', en: 'Instalment due' },
  instalment_reminder: { 'zh-CN': '提醒分期', en: 'Remind of instalment' },
  settlement_due: { 'zh-CN': '和解款到期', en: 'Settlement due' },
  settlement_reminder: { 'zh-CN': '提醒和解款', en: 'Remind of settlement' },
  escalate: { 'zh-CN': '升级至主管', en: 'Escalate to a supervisor' },
  escalate_to_legal: { 'zh-CN': '升级至法务', en: 'Escalate to legal' },
};

const none: Words = { 'zh-CN': '', en: '' };

export const tierWords = (tier: PriorityTier): Words => tiers[tier] ?? none;
export const stageWords = (stage: CaseStage): Words => stages[stage] ?? none;
export const handlingWords = (handling: Handling): Words => handlings[handling] ?? none;
/** A step of a rule that is newer than these words is written as it is named. */
export const stepWords = (step: string): Words => steps[step] ?? { 'zh-CN': step, en: step };
