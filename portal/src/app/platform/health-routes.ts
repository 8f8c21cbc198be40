import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./health-page').then((file) => file.HealthPage) },
] satisfies Routes;
