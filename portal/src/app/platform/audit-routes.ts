import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./audit-page').then((file) => file.AuditPage) },
  {
    path: 'repairs',
    loadComponent: () => import('./repairs-page').then((file) => file.RepairsPage),
  },
] satisfies Routes;
