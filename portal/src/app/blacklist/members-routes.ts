import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./members/members-page').then((file) => file.MembersPage),
  },
] satisfies Routes;
