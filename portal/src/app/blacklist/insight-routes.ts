import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./insight/list-insight-page').then((file) => file.ListInsightPage),
  },
] satisfies Routes;
