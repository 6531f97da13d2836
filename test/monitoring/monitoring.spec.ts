import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { apps } from '../../apps/standalone/src/apps/apps'
import { knownSeries, ownFigures } from './known-series'
import { readQuery } from './read-query'

const root = join(__dirname, '..', '..')
const read = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8')

const alert = z.object({
  alert: z.string().regex(/^Stillflow/),
  expr: z.string(),
  labels: z.object({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.object({ summary: z.string(), runbook: z.string() }),
})
const alertRules = z.object({ groups: z.tuple([z.object({ rules: z.array(alert) })]) })
const { rules } = alertRules.parse(parse(read('monitoring', 'alerts.yml'))).groups[0]

const panel = z.object({
  id: z.int(),
  title: z.string(),
  type: z.enum(['stat', 'timeseries']),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  datasource: z.object({ uid: z.literal('${datasource}') }),
  targets: z.array(z.object({ expr: z.string(), datasource: z.object({ uid: z.literal('${datasource}') }) })).min(1),
})
const { panels } = z.object({ panels: z.array(panel) }).parse(JSON.parse(read('monitoring', 'dashboard.json')))

const expressions = [
  ...rules.map(({ alert: name, expr }) => [name, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
]

describe('what Prometheus and Grafana are given', () => {
  const known = knownSeries()

  it.each(expressions)('%s asks for what the apps tell: %s', (_name, expression) => {
    const asked = readQuery(expression.replaceAll('$__rate_interval', '5m'))
    const missing = asked.flatMap(({ name, labels }) => {
      const there = known.get(name)
      return there === undefined
        ? [name]
        : labels.filter((label) => !there.includes(label)).map((one) => `${name} ${one}`)
    })
    expect(asked.length).toBeGreaterThan(0)
    expect(missing).toEqual([])
  })

  it('every figure is in the table of docs/operations.md, and nothing else is', () => {
    const described = [...read('docs', 'operations.md').matchAll(/^\| `(stillflow_\w+)`/gm)].map(([, name]) => name)
    expect(described.toSorted()).toEqual(ownFigures().toSorted())
  })

  it('every alert has a test of its own, and a line in docs/operations.md', () => {
    const [tests, docs] = [read('monitoring', 'alerts.test.yml'), read('docs', 'operations.md')]
    expect(rules.filter(({ alert: name }) => !docs.includes(`\`${name}\``))).toEqual([])
    expect(rules.filter(({ alert: name }) => !tests.includes(`alertname="${name}"`))).toEqual([])
  })

  it('the dashboard is one screen, and no panel lies on another one', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    for (const { x, y, w, h } of panels.map(({ gridPos }) => gridPos))
      expect([x + w <= 24, y + h <= 25]).toEqual([true, true])
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  })

  it('every app is asked for its figures', () => {
    const config = parse(read('monitoring', 'prometheus.yml')) as {
      scrape_configs: [{ static_configs: [{ targets: string[] }] }]
    }
    const { targets } = config.scrape_configs[0].static_configs[0]
    expect(targets.toSorted()).toEqual(
      Object.keys(apps)
        .map((app) => `${app}:8081`)
        .toSorted(),
    )
  })
})

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

// Debian has it in the package `prometheus`. Without it the rules' syntax and names are tested above all the same.
describe(`promtool${hasPromtool ? '' : ' (skipped: it is not installed)'}`, () => {
  const tried = hasPromtool ? it : it.skip

  tried.each([
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ])('%s %s %s', (...args) => {
    const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: join(root, 'monitoring'), encoding: 'utf8' })
    expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
  })
})
