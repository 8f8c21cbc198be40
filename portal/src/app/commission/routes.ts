import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./statements-page').then((file) => file.StatementsPage),
  },
  {
    path: ':statementId',
    loadComponent: () => import('./statement-page').then((file) => file.StatementPage),
  },
] satisfies Routes;
