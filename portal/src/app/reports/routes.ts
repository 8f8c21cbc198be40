import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./reports-page').then((file) => file.ReportsPage) },
  {
    path: ':reportId',
    loadComponent: () => import('./report-page').then((file) => file.ReportPage),
  },
] satisfies Routes;
