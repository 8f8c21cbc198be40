import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./cases-page').then((file) => file.CasesPage) },
  {
    path: 'promises',
    loadComponent: () => import('./promises-page').then((file) => file.PromisesPage),
  },
  {
    path: 'closings',
    loadComponent: () => import('./closings-page').then((file) => file.ClosingsPage),
  },
  {
    path: 'closings/:closingId',
    loadComponent: () => import('./closing-page').then((file) => file.ClosingPage),
  },
  { path: ':caseId', loadComponent: () => import('./case-page').then((file) => file.CasePage) },
] satisfies Routes;
