import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = [
  '**/*.spec.ts',
  '**/*.medium-spec.ts',
  '**/*.e2e-spec.ts',
  'libs/*/test/**/*.ts',
  'libs/testing/**/*.ts',
  'test/**/*.ts',
]

const nodeGlobals = [
  ...[
    'process',
    'console',
    'module',
    'require',
    '__dirname',
    'Buffer',
    'URL',
    'fetch',
    'AbortSignal',
    'AbortController',
  ],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'performance'],
]

const lineLimit = (max) => ['error', { max, skipBlankLines: false, skipComments: false }]

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'demo-output/', '.stillflow/']),
  {
    // An exception to a rule is written here, where it is argued about once, never beside the code.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': lineLimit(250),
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 5 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // A Nest module is an empty class that carries its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
      // What a contract passes and an implementation does not need starts with an underscore, as tsc has it.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // It holds that signal.aborted, once seen false, stays false over every await.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Nest declares its options as classes and takes literals for them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // An async method that has nothing to await still turns a throw into a rejection, which its port promises.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: false } },
        { selector: 'class', format: ['PascalCase'], custom: { regex: '(Impl|Manager)$', match: false } },
        { selector: 'typeLike', format: ['PascalCase'] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings come through readEnv of @libs/kernel.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env'], message: 'Settings come through readEnv.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSAsExpression > TSAsExpression', message: 'A double cast tells the compiler a lie.' },
        { selector: 'TSEnumDeclaration', message: 'A union of literals needs no run-time code.' },
      ],
    },
  },
  {
    // Nobody edits what a generator writes: it has the generator's style, and as many lines as the API has members.
    files: ['libs/client/src/openapi-types.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/naming-convention': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
    },
  },
  {
    // Rooms log through what their app gives them; only launchers and tests speak to the terminal.
    files: ['libs/*/src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // The one door to the environment, and the test set-up that publishes through it.
    files: ['libs/kernel/src/read-env.ts', 'test/services/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': lineLimit(400),
      'max-lines-per-function': 'off',
      // expect(store.method) asks about the method, it does not call it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])),
    },
  },
)
