import { loadAll } from 'js-yaml'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder, foldersIn, repository } from './source-tree'

type Manifest = Record<string, unknown>

const folder = 'deploy/kubernetes'
/** Apps that nobody deploys: the launcher, and tools that are run by hand. */
const notDeployed = ['standalone', 'doctor', 'janitor']

const read = (path: string): readonly Manifest[] =>
  loadAll(readFileSync(join(repository, path), 'utf8')) as readonly Manifest[]

/** What is at a path such as `spec.template`; undefined where there is nothing. */
function at(manifest: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Manifest | undefined)?.[key], manifest)
}

/** As a strategic merge does it with what these patches hold: lists of named things by name. */
function merge(into: unknown, patch: unknown): unknown {
  if (Array.isArray(into) && Array.isArray(patch)) return mergeLists(into, patch)
  if (!isObject(into) || !isObject(patch)) return patch
  const merged = Object.entries(patch).map(([key, value]) => [key, key in into ? merge(into[key], value) : value])
  return { ...into, ...(Object.fromEntries(merged) as Manifest) }
}

function mergeLists(into: readonly unknown[], patch: readonly unknown[]): readonly unknown[] {
  const alike = (one: unknown) => (other: unknown) => at(other, 'name') === at(one, 'name')
  const more = patch.filter((one) => !into.some(alike(one)))
  return [...into.map((one) => merge(one, patch.find(alike(one)) ?? {})), ...more]
}

const isObject = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const written = ['api', 'conductor', 'workers', 'migrate'].flatMap((name) => read(`${folder}/base/${name}.yaml`))
const patches = ['app', 'database', 'worker'].map((name) => read(`${folder}/base/patches/${name}.yaml`)[0])

/** Every app as kustomize makes it, by its name. */
const apps = new Map(
  written
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map((app) => {
      const [common, database, worker] = patches
      const role = at(app, 'metadata.labels') as Manifest
      const own = role['stillflow/role'] === 'worker' ? worker : database
      const whole = app['kind'] === 'Job' ? app : [common, own].reduce<unknown>(merge, app)
      return [String(at(app, 'metadata.name')), whole] as const
    }),
)

const podOf = (app: unknown): unknown => at(app, 'spec.template.spec')
const containerOf = (app: unknown): unknown => (at(podOf(app), 'containers') as unknown[])[0]
const namesOf = (list: unknown): readonly string[] => ((list ?? []) as Manifest[]).map(({ name }) => String(name))

/** Every setting that a schema of the apps or a place in the image knows. */
const knownSettings = new Set(
  [...filesUnder('libs'), ...filesUnder('apps')]
    .filter((path) => path.endsWith('.ts') && !path.includes('spec'))
    .flatMap((path) => [...readFileSync(join(repository, path), 'utf8').matchAll(/^\s+([A-Z][A-Z0-9_]{3,}): /gm)])
    .map(([, name]) => name),
)

it('every app that is deployed is there, and runs its own program', () => {
  expect([...apps.keys()].sort()).toEqual(foldersIn('apps').filter((app) => !notDeployed.includes(app)))
  for (const [name, app] of apps) {
    expect(at(containerOf(app), 'args')).toEqual(['node', `dist/apps/${name}/src/main.js`])
    expect(at(containerOf(app), 'image')).toBe('stillflow')
  }
})

it.each([...apps])('%s is confined, and knows the database only where it is no worker', (name, app) => {
  expect(at(podOf(app), 'securityContext')).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  })
  expect(at(containerOf(app), 'securityContext')).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
  expect(at(containerOf(app), 'resources.limits.memory')).toBeDefined()
  const told = namesOf(at(containerOf(app), 'env'))
  expect(told.includes('DATABASE_URL')).toBe(!name.startsWith('worker-'))
  expect(told.includes('MASTER_KEY')).toBe(!name.startsWith('worker-'))
  expect(told.filter((setting) => !knownSettings.has(setting))).toEqual([])
})

it.each([...apps].filter(([name]) => name !== 'migrate'))(
  '%s is probed where it answers, and may end in order',
  (_name, app) => {
    const container = containerOf(app)
    const env = (at(container, 'env') as { name: string; value: string }[]).map(({ name, value }) => [name, value])
    const { HEALTH_PORT, DRAIN_SECONDS, SHUTDOWN_GRACE_SECONDS } = Object.fromEntries(env) as Record<string, string>
    expect(at(container, 'ports')).toContainEqual({ name: 'health', containerPort: Number(HEALTH_PORT) })
    for (const [probe, path] of [
      ['startup', '/healthz'],
      ['liveness', '/healthz'],
      ['readiness', '/readyz'],
    ]) {
      expect(at(container, `${probe}Probe.httpGet`)).toEqual({ path, port: 'health' })
    }
    expect(at(podOf(app), 'terminationGracePeriodSeconds')).toBeGreaterThanOrEqual(
      Number(DRAIN_SECONDS) + Number(SHUTDOWN_GRACE_SECONDS) + 9,
    )
  },
)

it.each(['base', 'example'])('%s sets nothing that no app knows', (name) => {
  const [kustomization] = read(`${folder}/${name}/kustomization.yaml`)
  const literals = at((at(kustomization, 'configMapGenerator') as unknown[])[0], 'literals') as string[]
  const settings = literals.map((literal) => literal.slice(0, literal.indexOf('=')))
  // The last is read by the store's own library.
  expect(settings.filter((setting) => !knownSettings.has(setting) && setting !== 'AWS_REGION')).toEqual([])
})

it('every app is in the networks that compose has it in', () => {
  const [compose] = read('docker-compose.yml')
  const composed = (name: string): readonly unknown[] => {
    const service = (at(compose, 'services') as Manifest)[name]
    return (at(service, 'networks') ?? at(service, '<<.networks')) as unknown[]
  }
  for (const [name, app] of apps) {
    const labels = Object.keys(at(app, 'spec.template.metadata.labels') as Manifest)
    const networks = labels.filter((label) => label.startsWith('stillflow/network-')).map((label) => label.slice(18))
    expect([name, networks.sort()]).toEqual([name, [...composed(name)].sort()])
  }
})

it('each worker is scaled by the age of what waits for its kind', () => {
  const scaled = read(`${folder}/autoscaling/scaled-objects.yaml`).map((one) =>
    String(at(one, 'spec.scaleTargetRef.name')),
  )
  expect(scaled.sort()).toEqual([...apps.keys()].filter((name) => name.startsWith('worker-')).sort())
  const figures = readFileSync(join(repository, 'libs/conductor/src/conductor-metrics.ts'), 'utf8')
  const { executeQueues } = jest.requireActual<{ executeQueues: Record<string, string> }>(
    '../../libs/queue/src/wire/names',
  )
  for (const one of read(`${folder}/autoscaling/scaled-objects.yaml`)) {
    const query = String(at((at(one, 'spec.triggers') as unknown[])[0], 'metadata.query'))
    const [, figure = '', kind = ''] = /^max\((\w+)\{kind="(\w+)", state="waiting"\}\)$/.exec(query) ?? []
    expect(figures).toContain(`'${figure}'`)
    expect(executeQueues[kind]?.replace('execute-', 'worker-')).toBe(at(one, 'spec.scaleTargetRef.name'))
  }
})
