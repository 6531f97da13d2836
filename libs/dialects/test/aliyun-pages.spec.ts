import type { PictureKindName } from '@libs/tasks'
import { aMedia, anOutput, aRun, aTask, ExampleFileUrls } from '@libs/testing'
import type { SucceededTask, Task } from '@libs/workflow'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { membersIn } from '../../../test/tencent/parameters'
import { snapshotConfig } from '../src/aliyun-ims/codecs/snapshot-config.codec'
import { spriteConfig } from '../src/aliyun-vod/codecs/sprite-config.codec'
import { templateConfig } from '../src/aliyun-vod/codecs/template-config.codec'
import { dialects } from '../src/dialects'
import { references } from './reference/aliyun-reference'

/** What is not taken has a row of its own all the same, which begins like this. */
const notTaken = /^not (supported|looked at)/

/** By name, what the table under a heading says of it; several may share a row. */
type Table = Readonly<Record<string, string>>

function tableIn(section: string): Table {
  const rows = [...section.matchAll(/^\| (`[^|]+) \| ([^|]+)\|$/gm)]
  return Object.fromEntries(
    rows.flatMap(([, names = '', says = '']) => {
      const [first = '', ...others] = [...names.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name)
      const owner = first.slice(0, first.lastIndexOf('.') + 1)
      return [first, ...others.map((name) => owner + name)].map((name) => [name, says.trim()])
    }),
  )
}

interface Page {
  readonly actions: Readonly<Record<string, Table>>
  readonly structures: Readonly<Record<string, Table>>
  readonly notServed: Table
}

function readPage(name: string): Page {
  const page = readFileSync(join(__dirname, `../../../docs/${name}.md`), 'utf8')
  const chapters = new Map(page.split(/^## /m).map((chapter) => [chapter.split('\n')[0] ?? '', chapter]))
  const tables = (chapter: string) => {
    const sections = (chapters.get(chapter) ?? '').split(/^### /m).slice(1)
    return Object.fromEntries(sections.map((section) => [section.split('\n')[0] ?? '', tableIn(section)]))
  }
  return {
    actions: tables('Actions'),
    structures: tables('Structures'),
    notServed: tableIn(chapters.get('Not served') ?? ''),
  }
}

/** The members of a schema of objects within objects, `A.B`; a sprite's own are told apart. */
function pathsIn(schema: z.ZodType, before = ''): readonly string[] {
  if (schema instanceof z.ZodPipe && schema.out instanceof z.ZodDiscriminatedUnion) {
    return [...new Set(schema.out.options.flatMap((option) => pathsIn(z.custom<z.ZodType>().parse(option), before)))]
  }
  const members = membersIn(schema)
  if (members === undefined || before.endsWith('SpriteSnapshotConfig.')) return [before.slice(0, -1)]
  return Object.entries(members).flatMap(([name, member]) => pathsIn(member, `${before}${name}.`))
}

function isOfPictures(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

const place = { Type: 'Media', Media: '1' }
const written = JSON.stringify({ Name: 'n', Input: place, Output: place, TemplateId: 't' })

/** The members of callbacks about jobs of which all is known: one that was made, and one that has failed. */
function toldBy(name: keyof typeof references): readonly string[] {
  const media = aMedia({ coverKey: 'cover.jpg' })
  const facts = { dialect: name, written, sessionContext: 'x', queue: 'q', finishedAt: new Date() }
  const run = aRun(media, { ...facts, state: 'finished' })
  const done = { ...aTask(run, 'imageSprites'), state: 'succeeded', output: anOutput.imageSprites } as SucceededTask
  const failed = aTask(run, 'sampleSnapshot', { state: 'failed', fault: { code: 'media.noVideo', detail: 'x' } })
  const told = [done, failed].filter(isOfPictures).map((task) => {
    const report = { run, tasks: [task] }
    const body = dialects[name].renderEvent({ type: 'procedureStateChanged', media, report }, new ExampleFileUrls())
    const event = z.looseObject({ MessageBody: z.looseObject({}).optional() }).parse(JSON.parse(body))
    return Object.keys(event.MessageBody ?? event)
  })
  return [...new Set(told.flat())]
}

describe.each(['aliyun-vod', 'aliyun-ims'] as const)('docs/%s.md', (name) => {
  const page = readPage(name)
  const reference = references[name]
  const { actions } = dialects[name]
  const structures: Readonly<Record<string, readonly string[]>> =
    name === 'aliyun-vod'
      ? { TemplateConfig: pathsIn(templateConfig), SpriteSnapshotConfig: pathsIn(spriteConfig) }
      : {
          TemplateConfig: pathsIn(snapshotConfig),
          SpriteSnapshotConfig: pathsIn(snapshotConfig.shape.SpriteSnapshotConfig),
        }

  /** A row for all that the vendor has, and for nothing else; what is not taken says so, and all else is taken. */
  function expectTold(table: Table = {}, ofVendor: readonly string[] = [], taken: readonly string[] = []): void {
    expect(ofVendor).toEqual(expect.arrayContaining([...taken]))
    expect(Object.keys(table).toSorted()).toEqual(ofVendor.toSorted())
    const refused = Object.keys(table).filter((row) => notTaken.test(table[row] ?? ''))
    expect(refused.toSorted()).toEqual(ofVendor.filter((row) => !taken.includes(row)).toSorted())
  }

  it('has every action of the vendor’s with every parameter, and no other', () => {
    expect(Object.keys(page.actions)).toEqual(Object.keys(actions))
    expect(Object.keys(page.actions).toSorted()).toEqual(Object.keys(reference.actions).toSorted())
  })

  it.each(Object.entries(actions))('has the parameters of %s', (action, { parameters }) => {
    const taken = Object.keys(membersIn(parameters) ?? {}).filter((member) => member !== 'AppId')
    expectTold(page.actions[action], reference.actions[action], taken)
  })

  it('has the structures inside of parameters', () => {
    expect(Object.keys(page.structures)).toEqual(expect.arrayContaining(Object.keys(reference.structures)))
    for (const [structure, taken] of Object.entries(structures)) {
      expectTold(page.structures[structure], reference.structures[structure], taken)
    }
    expect(Object.keys(page.structures['UserData'] ?? {})).toEqual(reference.structures['UserData'])
  })

  it('has what callbacks tell', () => {
    const told = toldBy(name).toSorted()
    const { SnapshotComplete: ofVendor, MessageBody: ofOurs } = page.structures
    expect(Object.keys(ofVendor ?? ofOurs ?? {}).toSorted()).toEqual(told)
    expect(reference.structures['SnapshotComplete']?.toSorted() ?? told).toEqual(told)
  })

  it('names what is not served', () => {
    expect(Object.keys(page.notServed).toSorted()).toEqual(reference.notServed.toSorted())
    for (const action of reference.notServed) expect(actions).not.toHaveProperty(action)
  })
})
