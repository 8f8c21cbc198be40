import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./rules-page').then((file) => file.RulesPage) },
] satisfies Routes;
