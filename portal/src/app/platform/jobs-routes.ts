import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./jobs-page').then((file) => file.JobsPage) },
] satisfies Routes;
