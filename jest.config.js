/** Tests are TypeScript ES modules; swc strips the types, so a run needs no build. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  // Mutation testing works on copies of the project.
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
  // Two cores are enough for two files: most of them wait for their database as long as they compute.
  maxWorkers: 2,
  testTimeout: 30_000,
  // Modules of one file are not given back before the process ends: over all files that would be more than a heap holds.
  workerIdleMemoryLimit: '1GB',
};
