import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { OrgKind } from '../session/caller';
import { t } from './words';

/** The services that tell of their own parts, in the order in which data flows through them. */
export const serviceNames = ['credit', 'cases', 'agencies', 'blacklist', 'litigation'] as const;
export type ServiceName = (typeof serviceNames)[number];

const servicesByKind: Readonly<Record<OrgKind, readonly ServiceName[]>> = {
  creditor: serviceNames,
  agency: ['cases', 'agencies'],
  association: ['blacklist'],
  platform: serviceNames,
};

/** The services whose rules say something about the work of an organisation of this kind. */
export function servicesOf(kind: OrgKind): readonly ServiceName[] {
  return servicesByKind[kind];
}

export function serviceWords(name: ServiceName): string {
  return t.find(`service.${name}`) ?? name;
}

/** Which service a page is about, kept in the URL as `?service=cases`. */
export type ServiceUrl = { name: Signal<ServiceName>; show(name: ServiceName): void };

/**
 * Ties a page to the service in its URL; call it where the page's fields are made. Another service
 * has other events and jobs, so filters and page are left behind.
 */
export function serviceUrl(): ServiceUrl {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  return {
    name: computed(
      () => serviceNames.find((name) => name === params().get('service')) ?? serviceNames[0],
    ),
    show: (service) => void router.navigate([], { relativeTo: route, queryParams: { service } }),
  };
}
