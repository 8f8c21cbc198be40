import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./ranking-page').then((file) => file.RankingPage) },
] satisfies Routes;
