import { words } from '../session/language';

/** Why people of an organisation cannot be listed or decided about, told to one of them. */
export const colleagueRefusals = words(
  {
    'problem.own_login': '不能暂停自己的账号。请由另一位机构管理员操作。',
    'problem.last_org_admin': '本机构须至少保留一位可登录的机构管理员。请先指定另一位管理员。',
    'problem.suspended_by_platform': '该同事由平台暂停，只能由平台恢复。请联系平台。',
    'problem.user_not_active': '该同事已被暂停。请刷新后查看。',
    'problem.user_not_suspended': '该同事没有被暂停。请刷新后查看。',
    'problem.user_not_found': '本机构没有这位同事，账号可能已删除。请刷新后查看。',
    'problem.organisation_not_active': '本机构当前不是正常状态，请联系平台。',
    'problem.organisation_not_found': '身份服务里没有本机构的登记，请联系平台。',
    'problem.identity_refused': '身份服务拒绝了请求，请联系平台。',
    'problem.directory_not_configured': '此系统没有连接人员目录，请联系平台。',
  },
  {
    'problem.own_login': 'You cannot suspend your own login; another administrator can.',
    'problem.last_org_admin':
      'An organisation keeps at least one administrator who can sign in. Appoint another first.',
    'problem.suspended_by_platform':
      'The platform has suspended this person; ask the platform to let them in again.',
    'problem.user_not_active': 'This person is suspended already. Reload to see it.',
    'problem.user_not_suspended': 'This person is not suspended. Reload to see it.',
    'problem.user_not_found':
      'Your organisation has no such person; the login may be gone. Reload to see it.',
    'problem.organisation_not_active': 'Your organisation is not active. Ask the platform.',
    'problem.organisation_not_found':
      'The identity provider has no record of your organisation. Ask the platform.',
    'problem.identity_refused': 'The identity provider refused. Ask the platform.',
    'problem.directory_not_configured':
      'No directory of people is connected to this system. Ask the platform.',
  },
);
