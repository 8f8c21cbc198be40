import { language, words } from './language';
import type { MessageValue } from './message';
import type { Problem } from './problem';
import { familyOf } from './reason-family';

/** What to say about the reasons that any request may meet. Nouns add theirs with `explain`. */
export const problemWords = words(
  {
    'problem.unreachable': '连不上服务器，请检查网络后重试。',
    'problem.signed_out': '登录已失效，请重新登录。',
    'problem.unauthenticated': '登录已失效，请重新登录。',
    'problem.denied': '你没有权限执行此操作。',
    'problem.missing': '找不到该内容，或你无权查看。',
    'problem.exists': '同一编号已用于不同的内容，请刷新后重试。',
    'problem.stale': '内容已被他人修改，请刷新后重试。',
    'problem.invalid': '填写的内容有误，请按提示修改。',
    'problem.too_large': '文件过大。',
    'problem.paper_too_long': '内容有 {rows} 行，PDF 最多 {most} 行；请改为导出 CSV 或 XLSX。',
    'problem.exhausted': '操作过于频繁，请稍后再试。',
    'problem.unavailable': '服务暂时不可用，请稍后重试；重复提交不会产生重复结果。',
    'problem.expired': '服务器未及时答复，结果未知。请重试，重复提交不会产生重复结果。',
    'problem.cancelled': '操作已取消。',
    'problem.internal': '系统出错，我们已记录。请稍后重试。',
    'problem.unknown': '操作未完成。',
    'rule.required': '必填',
    'rule.too_long': '内容过长',
    'rule.too_short': '内容过短',
    'rule.not_a_date': '不是有效日期，例如 2026-12-01',
    'rule.not_a_uuid': '编号无效',
    'rule.out_of_range': '超出允许范围',
    'rule.pattern': '格式不正确',
  },
  {
    'problem.unreachable': 'The server cannot be reached. Check the network and try again.',
    'problem.signed_out': 'Your session has ended. Sign in again.',
    'problem.unauthenticated': 'Your session has ended. Sign in again.',
    'problem.denied': 'You may not do this.',
    'problem.missing': 'This does not exist, or you may not see it.',
    'problem.exists': 'The same number was used with other content. Reload and try again.',
    'problem.stale': 'Somebody changed this meanwhile. Reload and try again.',
    'problem.invalid': 'Something in the form is not right. Follow the notes beside the fields.',
    'problem.too_large': 'The file is too large.',
    'problem.paper_too_long': 'It has {rows} rows, a PDF takes {most}. Export CSV or XLSX instead.',
    'problem.exhausted': 'Too many requests. Wait a moment and try again.',
    'problem.unavailable': 'The service is away. Try again soon; repeating has no double effect.',
    'problem.expired':
      'No answer came in time; the outcome is unknown. Try again: repeating has no double effect.',
    'problem.cancelled': 'Cancelled.',
    'problem.internal': 'Something went wrong on our side and was recorded. Try again later.',
    'problem.unknown': 'This was not done.',
    'rule.required': 'Required',
    'rule.too_long': 'Too long',
    'rule.too_short': 'Too short',
    'rule.not_a_date': 'Not a date; write it like 2026-12-01',
    'rule.not_a_uuid': 'Not a valid id',
    'rule.out_of_range': 'Outside the allowed range',
    'rule.pattern': 'Not in the expected form',
  },
);

type Findable = {
  find(key: string, values?: Readonly<Record<string, MessageValue>>): string | undefined;
};

const explained: Findable[] = [problemWords];

/** Lets a noun's words explain its own reasons: `problem.<reason>` with the facts as values. */
export function explain(nounWords: Findable): void {
  if (!explained.includes(nounWords)) explained.unshift(nounWords);
}

function found(key: string, values: Readonly<Record<string, MessageValue>>): string | undefined {
  for (const one of explained) {
    const text = one.find(key, values);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What to tell the person about a problem, in their language. */
export function problemText(problem: Problem): string {
  const { reason, facts } = problem;
  const family = familyOf(reason);
  const known =
    found(`problem.${reason}`, facts) ??
    (family === undefined ? undefined : found(`problem.${family}`, facts));
  const sent = problem.detail || problem.title;
  return known ?? (sent === '' ? problemWords('problem.unknown') : sent);
}

/** What to tell beside a field: our words for the rule in Chinese, else the server's repair. */
export function fieldErrorText(problem: Problem | undefined, field: string): string | undefined {
  const error = problem?.errors.find((one) => one.field.replace(/^\//, '') === field);
  if (error === undefined) return undefined;
  const known = found(`rule.${error.rule}`, {});
  if (language() === 'en' && error.repair !== '') return error.repair;
  return known ?? (error.repair || problemWords('problem.invalid'));
}
