import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./tenders-page').then((file) => file.TendersPage) },
  {
    path: ':tenderId',
    loadComponent: () => import('./tender-page').then((file) => file.TenderPage),
  },
] satisfies Routes;
