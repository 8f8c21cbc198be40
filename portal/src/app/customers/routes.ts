import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./customers-page').then((file) => file.CustomersPage) },
  {
    path: ':customerId',
    loadComponent: () => import('./customer-page').then((file) => file.CustomerPage),
  },
] satisfies Routes;
