import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./settings-page').then((file) => file.SettingsPage),
  },
  {
    path: 'rules',
    loadComponent: () => import('../platform/rules-page').then((file) => file.RulesPage),
  },
] satisfies Routes;
