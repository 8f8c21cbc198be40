/**
 * Every icon of the portal: Material Symbols, outlined (Google, Apache License 2.0), drawn in
 * `public/icons.svg`. A name without its drawing fails `icon.test.ts`.
 */
export const iconNames = [
  'account_balance', 'account_circle', 'add', 'apartment', 'arrow_back', 'arrow_downward',
  'arrow_forward', 'arrow_upward', 'assignment', 'assignment_turned_in', 'attach_file',
  'balance', 'bar_chart', 'block', 'calendar_month', 'call', 'cancel', 'check', 'check_circle',
  'chevron_left', 'chevron_right', 'close', 'cloud_off', 'content_copy', 'contrast',
  'currency_yuan', 'dark_mode', 'delete', 'description', 'dns', 'domain', 'download', 'edit',
  'error', 'event', 'expand_less', 'expand_more', 'filter_list', 'flag', 'folder_open', 'gavel',
  'groups', 'handshake', 'help', 'history', 'image', 'inbox', 'info', 'keyboard', 'leaderboard',
  'left_panel_close', 'left_panel_open', 'light_mode', 'link', 'location_on', 'lock', 'logout',
  'mail', 'menu', 'monitoring', 'more_horiz', 'notifications', 'open_in_new', 'pause',
  'payments', 'percent', 'person', 'price_check', 'receipt_long', 'refresh', 'request_quote',
  'rule', 'schedule', 'search', 'send', 'settings', 'sms', 'star', 'storefront', 'sync',
  'table_chart', 'table_rows', 'task_alt', 'today', 'translate', 'trending_down', 'trending_up',
  'tune', 'undo', 'upload', 'upload_file', 'verified', 'view_column', 'visibility', 'warning',
  'work',
] as const;

export type IconName = (typeof iconNames)[number];
