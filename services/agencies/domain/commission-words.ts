/** What a line and its statement are called wherever they are printed: on papers, in tables. */

export const lineKindWords = {
  ACCRUAL: { 'zh-CN': '计提', en: 'Accrual' },
  CLAW_BACK: { 'zh-CN': '冲回', en: 'Claw-back' },
  ADJUSTMENT: { 'zh-CN': '调整', en: 'Adjustment' },
  RETAINER: { 'zh-CN': '基础费', en: 'Retainer' },
} as const;

export const lineMarkWords = {
  OPEN: { 'zh-CN': '待核', en: 'To check' },
  TICKED: { 'zh-CN': '已核', en: 'Ticked' },
  HELD: { 'zh-CN': '搁置', en: 'Held' },
} as const;

export const statementStateWords = {
  OPEN: { 'zh-CN': '核对中', en: 'Open' },
  CLOSED: { 'zh-CN': '已结账', en: 'Closed' },
} as const;
