import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./audit-page').then((file) => file.AuditPage) },
] satisfies Routes;
