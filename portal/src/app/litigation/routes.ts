import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./matters/matters-page').then((file) => file.MattersPage),
  },
  {
    path: 'deadlines',
    loadComponent: () => import('./deadlines/deadlines-page').then((file) => file.DeadlinesPage),
  },
  {
    path: 'limitation',
    loadComponent: () => import('./limitation/debts-page').then((file) => file.DebtsPage),
  },
  {
    path: 'limitation/:debtId',
    loadComponent: () => import('./limitation/debt-page').then((file) => file.DebtPage),
  },
  {
    path: 'calculators',
    loadComponent: () =>
      import('./calculators/calculators-page').then((file) => file.CalculatorsPage),
  },
  {
    path: ':matterId',
    loadComponent: () => import('./matters/matter-page').then((file) => file.MatterPage),
  },
] satisfies Routes;
