import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./organisations-page').then((file) => file.OrganisationsPage),
  },
  {
    path: ':orgId',
    loadComponent: () => import('./organisation-page').then((file) => file.OrganisationPage),
  },
] satisfies Routes;
