import type { Routes } from '@angular/router';
import { modelReaders, policyWriters } from '../ratings/credit-nav';
import { allow } from '../session/allow';

export default [
  { path: '', loadComponent: () => import('./customers-page').then((file) => file.CustomersPage) },
  {
    path: 'ratings',
    loadComponent: () => import('../ratings/ratings-page').then((file) => file.RatingsPage),
  },
  {
    path: 'warnings',
    loadComponent: () => import('../ratings/warnings-page').then((file) => file.WarningsPage),
  },
  {
    path: 'admissions',
    loadComponent: () => import('../ratings/admissions-page').then((file) => file.AdmissionsPage),
  },
  {
    path: 'admissions/:admissionId',
    loadComponent: () => import('../ratings/admission-page').then((file) => file.AdmissionPage),
  },
  {
    path: 'policy',
    loadComponent: () => import('../ratings/policy-page').then((file) => file.PolicyPage),
  },
  {
    path: 'policy/new',
    canMatch: [allow(policyWriters)],
    loadComponent: () => import('../ratings/policy-edit-page').then((file) => file.PolicyEditPage),
  },
  {
    path: 'models',
    canMatch: [allow(modelReaders)],
    loadComponent: () => import('../models/models-page').then((file) => file.ModelsPage),
  },
  {
    path: 'models/:modelId',
    canMatch: [allow(modelReaders)],
    loadComponent: () => import('../models/model-page').then((file) => file.ModelPage),
  },
  {
    path: ':customerId',
    loadComponent: () => import('./customer-page').then((file) => file.CustomerPage),
  },
] satisfies Routes;
