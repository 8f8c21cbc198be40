import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./agency-page').then((file) => file.AgencyPage) },
] satisfies Routes;
