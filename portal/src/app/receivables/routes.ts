import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./receivables-page').then((file) => file.ReceivablesPage),
  },
  {
    path: 'imports',
    loadChildren: () => import('../imports/routes'),
  },
  {
    path: 'customers',
    loadChildren: () => import('../customers/routes'),
  },
] satisfies Routes;
