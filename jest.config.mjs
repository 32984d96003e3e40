import { availableParallelism } from 'node:os';

/** Jest runs TypeScript as ES modules under Node 24, whose own type stripping is the transform. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Windows has no signals to cancel a process with; see CONTRIBUTING.md.
  testPathIgnorePatterns: process.platform === 'win32' ? ['cancel\\.test\\.ts$'] : [],
  modulePathIgnorePatterns: ['<rootDir>/n8n-node/', '<rootDir>/.cache/'],
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: '<rootDir>/scripts/browser/say-if-missing.mjs',
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types-transform.mjs' },
  // More than there are processors: a test that runs the Action mostly waits.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Far more than any test takes: a machine that is busy must not fail one.
  testTimeout: 60_000,
};
