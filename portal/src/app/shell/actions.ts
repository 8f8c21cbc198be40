import { mayCall } from '../session/caller';
import type { Caller } from '../session/caller';
import type { IconName } from '../ui/icon-names';
import type { Hit } from './palette-state';
import { t } from './words';

/** Something a person can begin from anywhere, or on the page of one thing; `roles` as its RPC. */
type Offer = {
  key: `action.${string}`;
  icon: IconName;
  roles: readonly string[];
  /** Pinyin initials of its Chinese name. */
  initials: string;
  /** Its address; `id` is the thing of the page, empty away from such a page. */
  go: (id: string) => string;
};

const workers = ['collector', 'supervisor', 'director', 'agency_agent', 'agency_manager'];
const openers = ['collector', 'supervisor', 'director', 'credit_manager', 'creditor:org_admin'];
const listers = ['legal_officer', 'credit_manager', 'director'];

const everywhere: readonly Offer[] = [
  {
    key: 'action.import',
    icon: 'upload',
    roles: [...openers, 'finance'],
    initials: 'dryszk',
    go: () => '/receivables/imports/new',
  },
  {
    key: 'action.openCases',
    icon: 'work',
    roles: openers,
    initials: 'la',
    go: () => '/cases?dialog=open',
  },
  {
    key: 'action.assign',
    icon: 'groups',
    roles: ['supervisor', 'director'],
    initials: 'fpaj',
    go: () => '/cases?handlings=HANDLING_INTERNAL',
  },
  {
    key: 'action.matter',
    icon: 'gavel',
    roles: ['legal_officer'],
    initials: 'xjss',
    go: () => '/litigation?dialog=open',
  },
  {
    key: 'action.listing',
    icon: 'block',
    roles: listers,
    initials: 'sbhmd',
    go: () => '/blacklist/new',
  },
  {
    key: 'action.report',
    icon: 'assignment',
    roles: ['agency_manager', 'agency_agent'],
    initials: 'xzb',
    go: () => '/reports?dialog=write',
  },
];

const dialogOf =
  (name: string) =>
  (caseId: string): string =>
    `/cases/${caseId}?dialog=${name}`;

const onCase: readonly Offer[] = [
  {
    key: 'action.contact',
    icon: 'call',
    roles: workers,
    initials: 'jllx',
    go: dialogOf('contact'),
  },
  {
    key: 'action.payment',
    icon: 'payments',
    roles: [...workers, 'finance'],
    initials: 'djsk',
    go: dialogOf('payment'),
  },
  {
    key: 'action.promise',
    icon: 'handshake',
    roles: workers,
    initials: 'djcn',
    go: dialogOf('promise'),
  },
  {
    key: 'action.letter',
    icon: 'mail',
    roles: [...workers, 'legal_officer'],
    initials: 'djhj',
    go: dialogOf('letter'),
  },
  {
    key: 'action.place',
    icon: 'send',
    roles: ['supervisor', 'director', 'general_manager'],
    initials: 'ww',
    go: dialogOf('place'),
  },
  {
    key: 'action.assignThis',
    icon: 'groups',
    roles: ['supervisor', 'director'],
    initials: 'zdfzr',
    go: dialogOf('assign'),
  },
  {
    key: 'action.sue',
    icon: 'gavel',
    roles: ['legal_officer'],
    initials: 'qs',
    go: (caseId) => `/litigation?dialog=open&on=${caseId}`,
  },
  {
    key: 'action.listThis',
    icon: 'block',
    roles: listers,
    initials: 'sbhmd',
    go: (caseId) => `/blacklist/new?case=${caseId}`,
  },
];

const caseAddress = /^\/cases\/([0-9a-f]{8}-[0-9a-f-]{27})(?:$|[?#])/;

/** What a caller can begin at an address: what concerns the page's case first, then the rest. */
export function actionsAt(caller: Caller, url: string): Hit[] {
  const caseId = caseAddress.exec(url)?.[1] ?? '';
  const offered = caseId === '' ? everywhere : [...onCase, ...everywhere];
  return offered
    .filter((one) => mayCall(caller, one.roles))
    .map(({ key, icon, initials, go }) => ({
      id: key.replaceAll('.', '-'),
      title: t.find(key) ?? key,
      icon,
      also: initials,
      go: go(caseId),
    }));
}
