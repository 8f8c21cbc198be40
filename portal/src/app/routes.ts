import { inject } from '@angular/core';
import type { Route, Routes } from '@angular/router';
import { mayCall } from './session/caller';
import type { Caller } from './session/caller';
import { allow } from './session/allow';
import { Session } from './session/session';
import type { SearchSource } from './shell/palette-state';
import { t } from './shell/words';
import type { IconName } from './ui/icon-names';

/** A place of the left rail; also the root of its pages. */
export type Place = {
  /** First part of the address. */
  path: string;
  /** Its name in the language now: `() => t('place.cases')` of `shell/words.ts`. */
  name: () => string;
  icon: IconName;
  /** Who sees it and may enter, in the grammar of the contract: `creditor:*`, `agency_manager`. */
  roles: readonly string[];
  /** Pinyin initials, so that the palette finds 案件 by `aj`. */
  initials: string;
  /** The noun's `routes.ts`, with its `Routes` as the default export. */
  load: () => Promise<{ default: Routes }>;
  /** Adds the noun's things to the palette's search. */
  search?: () => Promise<SearchSource>;
  /** Not in the rail: reached from another place or the person's menu, and by the palette. */
  isInside?: true;
  /** In the rail all the same for whom it is the daily work. */
  railFor?: readonly string[];
};

/** Every place, in the order of the rail. A role sees at most eight of them there. */
export const places: readonly Place[] = [
  {
    path: 'today',
    name: () => t('place.today'),
    icon: 'today',
    roles: ['creditor:*', 'agency:*'],
    initials: 'jr',
    load: () => import('./today/routes'),
  },
  {
    path: 'receivables',
    name: () => t('place.receivables'),
    icon: 'receipt_long',
    roles: ['creditor:*'],
    initials: 'yszk',
    load: () => import('./receivables/routes'),
    search: () => import('./receivables/search').then((file) => file.receivableSearch),
  },
  {
    path: 'customers',
    name: () => t('place.customers'),
    icon: 'domain',
    roles: ['creditor:*'],
    initials: 'khxy',
    load: () => import('./customers/routes'),
    search: () => import('./customers/search').then((file) => file.customerSearch),
  },
  {
    path: 'placements',
    name: () => t('place.offers'),
    icon: 'inbox',
    roles: ['agency:*'],
    initials: 'wtyy',
    load: () => import('./placements/routes'),
  },
  {
    path: 'tenders',
    name: () => t('place.tenders'),
    icon: 'handshake',
    roles: ['agency:*'],
    initials: 'zhb',
    load: () => import('./tenders/routes'),
  },
  {
    path: 'cases',
    name: () => t('place.cases'),
    icon: 'work',
    roles: ['creditor:*'],
    initials: 'aj',
    load: () => import('./cases/routes'),
    search: () => import('./cases/search').then((file) => file.caseSearch),
  },
  {
    path: 'cases',
    name: () => t('place.myCases'),
    icon: 'work',
    roles: ['agency:*'],
    initials: 'wdaj',
    load: () => import('./cases/routes'),
    search: () => import('./cases/search').then((file) => file.caseSearch),
  },
  {
    path: 'agencies',
    name: () => t('place.agencies'),
    icon: 'storefront',
    roles: ['creditor:*'],
    initials: 'csjg',
    load: () => import('./agencies/routes'),
    search: () => import('./agencies/search').then((file) => file.agencySearch),
  },
  {
    path: 'ranking',
    name: () => t('place.ranking'),
    icon: 'leaderboard',
    roles: ['creditor:*'],
    initials: 'jgpm',
    load: () => import('./ranking/routes'),
    isInside: true,
  },
  {
    path: 'placements',
    name: () => t('place.placements'),
    icon: 'send',
    roles: ['creditor:*'],
    initials: 'ww',
    load: () => import('./placements/routes'),
    isInside: true,
  },
  {
    path: 'tenders',
    name: () => t('place.tenders'),
    icon: 'handshake',
    roles: ['creditor:*'],
    initials: 'zhb',
    load: () => import('./tenders/routes'),
    isInside: true,
  },
  {
    path: 'reports',
    name: () => t('place.reports'),
    icon: 'assignment',
    roles: ['creditor:*'],
    initials: 'zb',
    load: () => import('./reports/routes'),
    isInside: true,
  },
  {
    path: 'reports',
    name: () => t('place.reports'),
    icon: 'assignment',
    roles: ['agency:*'],
    initials: 'zb',
    load: () => import('./reports/routes'),
  },
  {
    path: 'commission',
    name: () => t('place.statements'),
    icon: 'request_quote',
    roles: ['creditor:*'],
    initials: 'dzd',
    load: () => import('./commission/routes'),
    isInside: true,
  },
  {
    path: 'commission',
    name: () => t('place.commission'),
    icon: 'payments',
    roles: ['agency:*'],
    initials: 'yj',
    load: () => import('./commission/routes'),
  },
  {
    path: 'litigation',
    name: () => t('place.litigation'),
    icon: 'gavel',
    roles: ['legal_officer', 'supervisor', 'director', 'general_manager', 'credit_manager'],
    initials: 'ss',
    load: () => import('./litigation/routes'),
    search: () => import('./litigation/search').then((file) => file.matterSearch),
  },
  {
    path: 'calendar-feeds',
    name: () => t('place.calendarFeeds'),
    icon: 'calendar_month',
    roles: ['creditor:org_admin'],
    initials: 'tsrl',
    load: () => import('./litigation/deadlines/colleagues-feeds-routes'),
    isInside: true,
  },
  {
    path: 'review',
    name: () => t('place.review'),
    icon: 'rule',
    roles: ['association:*'],
    initials: 'sc',
    load: () => import('./blacklist/review-routes'),
  },
  {
    path: 'blacklist',
    name: () => t('place.blacklist'),
    icon: 'block',
    roles: ['creditor:*'],
    initials: 'hmd',
    load: () => import('./blacklist/routes'),
    search: () => import('./blacklist/search').then((file) => file.listingSearch),
  },
  {
    path: 'blacklist',
    name: () => t('place.list'),
    icon: 'table_rows',
    roles: ['association:*'],
    initials: 'md',
    load: () => import('./blacklist/routes'),
    search: () => import('./blacklist/search').then((file) => file.listingSearch),
  },
  {
    path: 'insight',
    name: () => t('place.insight'),
    icon: 'monitoring',
    roles: ['creditor:*'],
    initials: 'fx',
    load: () => import('./insight/routes'),
  },
  {
    path: 'members',
    name: () => t('place.members'),
    icon: 'groups',
    roles: ['association:*'],
    initials: 'hy',
    load: () => import('./blacklist/members-routes'),
  },
  {
    path: 'list-insight',
    name: () => t('place.insight'),
    icon: 'monitoring',
    roles: ['association:*'],
    initials: 'fx',
    load: () => import('./blacklist/insight-routes'),
  },
  {
    path: 'standing',
    name: () => t('place.standing'),
    icon: 'leaderboard',
    roles: ['agency:*'],
    initials: 'pj',
    load: () => import('./agencies/standing-routes'),
  },
  {
    path: 'settings',
    name: () => t('place.settings'),
    icon: 'settings',
    roles: ['creditor:*', 'agency:*', 'association:*'],
    initials: 'sz',
    load: () => import('./settings/routes'),
    isInside: true,
    railFor: ['org_admin'],
  },
  {
    path: 'health',
    name: () => t('place.health'),
    icon: 'dns',
    roles: ['platform_admin'],
    initials: 'yxzk',
    load: () => import('./platform/health-routes'),
  },
  {
    path: 'organisations',
    name: () => t('place.organisations'),
    icon: 'apartment',
    roles: ['platform_admin'],
    initials: 'jg',
    load: () => import('./platform/organisations-routes'),
    search: () => import('./platform/organisation-search').then((file) => file.organisationSearch),
  },
  {
    path: 'parked',
    name: () => t('place.parked'),
    icon: 'inbox',
    roles: ['platform_admin'],
    initials: 'dclsj',
    load: () => import('./platform/parked-routes'),
  },
  {
    path: 'jobs',
    name: () => t('place.jobs'),
    icon: 'schedule',
    roles: ['platform_admin'],
    initials: 'htrw',
    load: () => import('./platform/jobs-routes'),
  },
  {
    path: 'rules',
    name: () => t('place.rules'),
    icon: 'rule',
    roles: ['platform_admin'],
    initials: 'gz',
    load: () => import('./platform/rules-routes'),
  },
  {
    path: 'audit',
    name: () => t('place.audit'),
    icon: 'history',
    roles: ['platform_admin'],
    initials: 'sj',
    load: () => import('./platform/audit-routes'),
  },
];

/** The places of a caller, in order. */
export function placesOf(caller: Caller): Place[] {
  return places.filter((place) => mayCall(caller, place.roles));
}

/** Those of them that stand in the rail. */
export function railOf(caller: Caller): Place[] {
  return placesOf(caller).filter(
    (place) => place.isInside !== true || mayCall(caller, place.railFor ?? []),
  );
}

/** The start page: the first place that the caller may enter. */
function home(): string {
  const session = inject(Session);
  const first = session.isIn() ? placesOf(session.caller())[0] : undefined;
  return first === undefined ? '/welcome' : `/${first.path}`;
}

/** One route per address: places that share one (`案件`, `我的案件`) are one page with two names. */
function placeRoutes(): Route[] {
  const rolesByPath = new Map<string, string[]>();
  for (const { path, roles } of places) {
    rolesByPath.set(path, [...(rolesByPath.get(path) ?? []), ...roles]);
  }
  return places
    .filter((place, at) => places.findIndex((other) => other.path === place.path) === at)
    .map((place) => ({
      path: place.path,
      canMatch: [allow(rolesByPath.get(place.path) ?? [])],
      loadChildren: place.load,
    }));
}

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: home },
  ...placeRoutes(),
  {
    path: 'welcome',
    data: { kind: 'nothing' },
    loadComponent: () => import('./shell/message-page').then((file) => file.MessagePage),
  },
  {
    path: 'forbidden',
    data: { kind: 'forbidden' },
    loadComponent: () => import('./shell/message-page').then((file) => file.MessagePage),
  },
  {
    path: '**',
    data: { kind: 'notFound' },
    loadComponent: () => import('./shell/message-page').then((file) => file.MessagePage),
  },
];
