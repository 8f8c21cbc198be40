import type { FaultKind } from '@recourse/kit/fault.ts';

/** The languages a problem can be told in; the first is taken when a caller asks for neither. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** What each kind of fault means, in a line. */
export const titles: Readonly<Record<Language, Readonly<Record<FaultKind, string>>>> = {
  'zh-CN': {
    invalid: '请求有误',
    unauthenticated: '请先登录',
    denied: '没有权限',
    missing: '找不到该内容，或你无权查看',
    exists: '该编号已用于其他内容',
    stale: '内容已被他人修改',
    refused: '当前状态不允许此操作',
    exhausted: '请求过于频繁',
    unavailable: '服务暂时不可用',
    expired: '未能及时答复，结果未知',
    cancelled: '请求已取消',
    internal: '系统出错',
  },
  en: {
    invalid: 'The request is wrong',
    unauthenticated: 'Sign in first',
    denied: 'Not allowed',
    missing: 'No such thing, or none that you may see',
    exists: 'The id is in use for something else',
    stale: 'Somebody changed it meanwhile',
    refused: 'Its present state does not allow this',
    exhausted: 'Too many requests',
    unavailable: 'The service is away',
    expired: 'No answer in time, the outcome is unknown',
    cancelled: 'The request was cancelled',
    internal: 'Something went wrong on our side',
  },
};

/** What a program's author does about each kind; shown in the API description. */
export const advice: Readonly<Record<FaultKind, string>> = {
  invalid: 'The request itself is wrong. Correct it by `errors`; sending it again helps nothing.',
  unauthenticated: 'No token, or one that is not good. Get a new token and send again.',
  denied: 'The roles in the token do not allow this operation.',
  missing: 'There is no such thing, or the caller may not know of it. The two look the same.',
  exists: 'The id in the path was used before with other content. Make a new id.',
  stale: 'The version named in `If-Match` is not the present one. Read again, then decide.',
  refused: 'The state of things does not allow it; `reason` and `facts` say why.',
  exhausted: 'A limit is used up. Wait for `Retry-After` seconds.',
  unavailable: 'Something is away. Send again with the same id after `Retry-After` seconds.',
  expired: 'The outcome is unknown. Send again with the same id: nothing happens twice.',
  cancelled: 'The caller went away before the answer was there.',
  internal: 'A defect on our side. It was logged under `requestId`.',
};

/**
 * What to do about the gateway's own reasons; other reasons are the services' and the portal's
 * words.
 */
const details: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  fields_invalid: {
    'zh-CN': '请按 errors 中的提示逐项修改。',
    en: 'Correct each field that errors names.',
  },
  body_not_json: { 'zh-CN': '请求体不是有效的 JSON。', en: 'The body is not valid JSON.' },
  body_not_an_object: {
    'zh-CN': '请求体必须是 JSON 对象。',
    en: 'The body must be a JSON object.',
  },
  body_too_large: { 'zh-CN': '请求体过大。', en: 'The body is too large.' },
  file_too_large: { 'zh-CN': '文件过大。', en: 'The file is too large.' },
  content_type_not_supported: {
    'zh-CN': '请使用 application/json。',
    en: 'Send application/json.',
  },
  method_not_allowed: {
    'zh-CN': '该地址不支持此方法。',
    en: 'This address does not know this method.',
  },
  route_unknown: { 'zh-CN': '没有这个地址。', en: 'There is no such address.' },
  idempotency_key_required: {
    'zh-CN': '请在 Idempotency-Key 头或 requestId 中给出 UUID。',
    en: 'Name the change by a UUID in the Idempotency-Key header or in requestId.',
  },
  idempotency_key_not_a_uuid: {
    'zh-CN': 'Idempotency-Key 必须是小写的 UUID。',
    en: 'Idempotency-Key must be a UUID in lower case.',
  },
  idempotency_key_differs: {
    'zh-CN': 'Idempotency-Key 与 requestId 不一致。',
    en: 'Idempotency-Key and requestId name different changes.',
  },
  if_match_not_a_version: {
    'zh-CN': 'If-Match 必须是先前读到的 ETag。',
    en: 'If-Match must be an ETag that was read before.',
  },
  token_missing: { 'zh-CN': '请求没有携带令牌。', en: 'The request carries no token.' },
  token_expired: { 'zh-CN': '登录已过期。', en: 'The token has expired.' },
  role_not_allowed: {
    'zh-CN': '你的角色不能执行此操作。',
    en: 'None of your roles may do this.',
  },
  rate_limited: { 'zh-CN': '请稍候再试。', en: 'Wait a moment before the next request.' },
  request_id_used_with_other_content: {
    'zh-CN': '同一请求编号已用于不同的内容。',
    en: 'This request id was used before with other content.',
  },
};

/** A sentence about a reason in a language, when the gateway knows one. */
export function detailOf(reason: string, language: Language): string | undefined {
  return Object.hasOwn(details, reason) ? details[reason]?.[language] : undefined;
}

type Wish = { tag: string; weight: number };

function wishFrom(part: string): Wish {
  const [tag = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase());
  const quality = parameters.find((one) => one.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}

/**
 * The language that an `Accept-Language` header asks for most; Chinese when it asks for neither.
 */
export function languageOf(header: string | undefined): Language {
  if (header === undefined || header.length > 200) return languages[0];
  const wishes = header
    .split(',')
    .map(wishFrom)
    .filter((wish) => wish.weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { tag } of wishes) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return languages[0];
}
