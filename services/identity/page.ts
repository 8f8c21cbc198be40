/** The provider's pages: sign in, sign out, and what went wrong. They work without JavaScript. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Language = 'zh-CN' | 'en';

const words = {
  'zh-CN': {
    signIn: '登录',
    subtitle: '应收账款与商账追收',
    user: '用户名或邮箱',
    password: '密码',
    invalid: '用户名或密码不正确。多次失败后账号会暂时锁定，请稍后再试。',
    other: 'English',
    otherLanguage: 'en',
    gone: '登录页面已过期',
    goneWhy: '这次登录已完成或等待过久，请重新开始。',
    again: '返回并重新登录',
    failed: '无法继续登录',
    failedWhy: '请返回 Recourse 重新登录；如仍失败，请把下面的原因告诉管理员。',
    leave: '退出登录？',
    leaveYes: '退出',
    leaveNo: '继续使用',
    left: '您已退出登录',
    demo: '演示环境：账号由启动程序列出。',
  },
  en: {
    signIn: 'Sign in',
    subtitle: 'Receivables and recovery',
    user: 'User name or email',
    password: 'Password',
    invalid:
      'User name or password is wrong. An account is locked for a while after several failures.',
    other: '中文',
    otherLanguage: 'zh-CN',
    gone: 'This sign-in page has expired',
    again: 'Back, and sign in again',
    goneWhy: 'This sign-in is finished or waited too long. Please start again.',
    failed: 'Signing in cannot go on',
    failedWhy:
      'Go back to Recourse and sign in again. If it still fails, tell your administrator why:',
    leave: 'Sign out?',
    leaveYes: 'Sign out',
    leaveNo: 'Stay signed in',
    left: 'You are signed out',
    demo: 'Demo system: the start program lists the accounts.',
  },
} as const;

/** Neutral surfaces, one ink-blue primary, red for what went wrong (portal.md, Look). */
const style = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1b1f27;--soft:#59606e;
--line:#c3c8d1;--field:#767e8d;--primary:#1f3d7a;--on:#fff;--bad:#b3261e;--badbg:#fdecea}
@media (prefers-color-scheme:dark){:root{--page:#12151b;--card:#1b1f27;--ink:#e8eaef;--soft:#a7aebb;
--line:#444b59;--field:#8b93a3;--primary:#a9c1ff;--on:#0e1f49;--bad:#ffb4ab;--badbg:#3a1614}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--page);
color:var(--ink);font:14px/1.5 "PingFang SC","Noto Sans SC","Segoe UI",system-ui,sans-serif}
main{width:100%;max-width:360px;background:var(--card);border:1px solid var(--line);
border-radius:12px;padding:32px}
.brand{display:flex;align-items:center;gap:12px;margin:0 0 24px}
.brand svg{width:32px;height:32px;flex:none}
.brand b{display:block;font-size:18px;line-height:1.2}.brand span{color:var(--soft)}
h1{font-size:20px;line-height:1.3;margin:0 0 16px}
p{margin:0 0 16px}
label{display:block;margin:0 0 4px;font-weight:600}
input{width:100%;height:40px;margin:0 0 16px;padding:0 12px;font:inherit;color:inherit;
background:transparent;border:1px solid var(--field);border-radius:8px}
button,.button{display:inline-flex;align-items:center;justify-content:center;width:100%;
min-height:40px;padding:8px 16px;margin:0 0 8px;font:inherit;font-weight:600;cursor:pointer;
color:var(--on);background:var(--primary);border:1px solid var(--primary);border-radius:8px;
text-decoration:none}
button.quiet{color:var(--primary);background:transparent}
:focus-visible{outline:3px solid var(--primary);outline-offset:2px}
.bad{padding:8px 12px;border-radius:8px;color:var(--bad);background:var(--badbg)}
.foot{display:flex;justify-content:space-between;align-items:center;gap:16px;margin:16px 0 0;
color:var(--soft)}
.foot a{color:var(--primary);min-height:24px;white-space:nowrap}
code{word-break:break-word}
`;

const mark = `<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"
fill="#1f3d7a"/><path d="M10 24V8h7a5 5 0 0 1 1.6 9.7L23 24h-4l-4-6h-1.5v6zm3.500-9H17a2 2 0 0 0
0-4h-3.500z" fill="#fff"/></svg>`;

/** Nothing but our own style may load; forms lead to us and, after signing in, to the portal. */
export function contentPolicy(formTargets: readonly string[]): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const forms = ["'self'", ...formTargets].join(' ');
  return (
    `default-src 'none'; style-src 'sha256-${hash}'; form-action ${forms}; ` +
    "base-uri 'none'; frame-ancestors 'none'"
  );
}

/** Text for HTML content and quoted attributes. */
function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** `kc_locale` as in Keycloak, then what the portal asked for, then what the browser prefers. */
export function pickLanguage(req: IncomingMessage, asked?: string): Language {
  const query = new URL(req.url ?? '/', 'http://localhost').searchParams.get('kc_locale');
  const wanted = query ?? asked ?? req.headers['accept-language'] ?? '';
  for (const tag of wanted.split(/[\s,]+/)) {
    if (/^en\b/i.test(tag)) return 'en';
    if (/^zh\b/i.test(tag)) return 'zh-CN';
  }
  return 'zh-CN';
}

function page(language: Language, title: string, content: string): string {
  const { subtitle } = words[language];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<title>${safe(title)} · Recourse</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><style>${style}</style></head><body><main>
<div class="brand">${mark}<div><b>Recourse</b><span>${subtitle}</span></div></div>
${content}</main></body></html>`;
}

export type LoginPage = {
  language: Language;
  /** Where the form goes; the language stays in it. */
  action: string;
  user: string;
  failed: boolean;
  /** The same page in the other language. */
  otherAddress: string;
};

/** The form has Keycloak's names, so what fills in Keycloak's page fills in this one. */
export function loginPage(o: LoginPage): string {
  const word = words[o.language];
  const bad = o.failed ? `<p class="bad" role="alert" id="input-error">${word.invalid}</p>` : '';
  const told = o.failed ? ' aria-invalid="true" aria-describedby="input-error"' : '';
  return page(
    o.language,
    word.signIn,
    `<h1>${word.signIn}</h1>${bad}
<form id="kc-form-login" action="${safe(o.action)}" method="post">
<label for="username">${word.user}</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none"
spellcheck="false" required value="${safe(o.user)}"${o.failed ? '' : ' autofocus'}${told}>
<label for="password">${word.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password"
required${o.failed ? ' autofocus' : ''}${told}>
<button id="kc-login" type="submit">${word.signIn}</button></form>
<div class="foot"><span>${word.demo}</span>
<a lang="${word.otherLanguage}" href="${safe(o.otherAddress)}">${word.other}</a></div>`,
  );
}

/** Asked when somebody opens the sign-out address by hand; without a form, the answer. */
export function logoutPage(language: Language, form: string | undefined): string {
  const word = words[language];
  if (form === undefined) return page(language, word.left, `<h1>${word.left}</h1>`);
  return page(
    language,
    word.leave,
    `<h1>${word.leave}</h1>${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">${word.leaveYes}</button>
<button class="quiet" type="submit" form="op.logoutForm">${word.leaveNo}</button>`,
  );
}

export function errorPage(language: Language, why: string): string {
  const word = words[language];
  return page(
    language,
    word.failed,
    `<h1>${word.failed}</h1><p>${word.failedWhy}</p>
<p class="bad" role="alert"><code>${safe(why)}</code></p>`,
  );
}

export function expiredPage(language: Language, back: string): string {
  const word = words[language];
  return page(
    language,
    word.gone,
    `<h1>${word.gone}</h1><p>${word.goneWhy}</p>
<a class="button" href="${safe(back)}">${word.again}</a>`,
  );
}
