import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./agencies-page').then((file) => file.AgenciesPage) },
  {
    path: ':agencyId',
    loadComponent: () => import('./agency-page').then((file) => file.AgencyPage),
  },
] satisfies Routes;
