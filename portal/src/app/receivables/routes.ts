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
  // Where customers stood before they became a place of their own.
  { path: 'customers', pathMatch: 'full', redirectTo: '/customers' },
  { path: 'customers/:customerId', redirectTo: '/customers/:customerId' },
] satisfies Routes;
