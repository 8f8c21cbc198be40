import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./insight-page').then((file) => file.InsightPage) },
] satisfies Routes;
