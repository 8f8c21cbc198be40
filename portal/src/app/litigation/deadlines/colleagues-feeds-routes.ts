import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./colleagues-feeds-page').then((file) => file.ColleaguesFeedsPage),
  },
] satisfies Routes;
