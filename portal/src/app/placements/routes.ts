import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./placements-page').then((file) => file.PlacementsPage),
  },
] satisfies Routes;
