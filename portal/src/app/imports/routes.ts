import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./imports-page').then((file) => file.ImportsPage) },
  {
    path: 'new',
    loadComponent: () => import('./new-import-page').then((file) => file.NewImportPage),
  },
  {
    path: ':importId',
    loadComponent: () => import('./import-page').then((file) => file.ImportPage),
  },
] satisfies Routes;
