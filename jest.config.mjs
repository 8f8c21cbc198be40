/** One runner for everything: services, scripts and flows on Node; the portal in jsdom. */
export default {
  // Real parts start and stop in tests; on a busy machine that takes a while.
  testTimeout: 300_000,
  // Suites leave memory behind; a worker that holds this much makes room for a new one.
  workerIdleMemoryLimit: '2GB',
  testSequencer: '<rootDir>/scripts/jest-order.mjs',
  projects: [
    {
      displayName: 'services',
      rootDir: import.meta.dirname,
      roots: ['<rootDir>/services', '<rootDir>/test', '<rootDir>/scripts'],
      testMatch: ['**/*.test.ts'],
      testEnvironment: 'node',
      testRunner: '<rootDir>/scripts/jest-bare.mjs',
      transform: {},
    },
    '<rootDir>/portal/jest.config.mjs',
  ],
};
