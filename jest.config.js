const { readFileSync } = require('node:fs')

// The product's own compiler settings; its `paths` are the one place that says where @libs/<room> is.
const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'))

/** Packages that have no CommonJS: Node requires them as they are, jest has to be told. */
const esm = '@tus|srvx'

const project = (displayName, settings) => ({
  displayName,
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }],
    [`/node_modules/(${esm})/.+\\.m?js$`]: ['@swc/jest', { ...swc, swcrc: false }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  ...settings,
})

const withServices = {
  globalSetup: '<rootDir>/test/services/start-services.ts',
  globalTeardown: '<rootDir>/test/services/stop-services.ts',
  setupFilesAfterEnv: ['<rootDir>/test/services/allow-minutes.ts', '<rootDir>/test/services/empty-redis.ts'],
}

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  testTimeout: 20_000,
  reporters: ['default', '<rootDir>/test/services/count-by-backend.cjs'],
  projects: [
    project('unit', {
      roots: [
        '<rootDir>/libs',
        '<rootDir>/apps',
        '<rootDir>/test/law',
        '<rootDir>/test/tencent',
        '<rootDir>/test/monitoring',
      ],
      testMatch: ['**/*.spec.ts'],
    }),
    project('medium', {
      ...withServices,
      roots: ['<rootDir>/libs', '<rootDir>/apps'],
      testMatch: ['**/*.medium-spec.ts'],
    }),
    project('e2e', {
      ...withServices,
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.e2e-spec.ts'],
    }),
  ],
}
