import { answerOf, type Client, type components, openClient, uploadMedia } from '@libs/client'
import { copyFileSync, mkdirSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Product } from '../start-product'
import type { DemoArguments } from './arguments'
import type { CallbackReceiver } from './callback-receiver'
import { collectTask, download } from './results/collect-results'
import { DemoFailure } from './demo-failure'
import { ensureProcedure } from './api/demo-procedure'
import { followRun, type Followed } from './follow-run'
import { renderPage, type PageSection } from './page/page'
import type { Screen } from './screen'

type Media = components['schemas']['Media']

export interface DemoTools {
  readonly receiver: CallbackReceiver
  readonly ffprobePath: string
  readonly screen: Screen
}

/**
 * Plays a customer of a running product: stores the procedure, registers the input with it, waits for the event and
 * leaves all there is to see in the output folder.
 * @throws DemoFailure, ApiProblem saying what was not as it should be
 */
export async function runDemo(args: DemoArguments, product: Product, tools: DemoTools): Promise<void> {
  const { receiver, screen } = tools
  const say = (line: string): void => screen.say(line)
  const api = openClient(product)
  const made = await ensureProcedure(api, args.procedure)
  say(`Procedure "${args.procedure}" ${made ? 'stored, with all four kinds of task' : 'is stored already'}`)
  await answerOf(api.PUT('/v1/event-config', { body: { mode: 'push', url: receiver.url } }))
  const { mediaId, runId } = await register(args, api, say)
  const followed = await followRun(runId, api, receiver, screen)

  prepare(args.outDir)
  writeFileSync(join(args.outDir, 'event.json'), followed.event)
  const about = await answerOf(api.GET('/v1/media/{mediaId}', { params: { path: { mediaId } } }))
  say('Fetching and checking every file …')
  const sections = await collectAll(followed, about, args, tools)
  const page = await writePage(sections, followed, about, args)
  const failed = sections.filter(({ fault }) => fault !== undefined)
  const pictures = sections.flatMap(({ figures }) => figures).length
  say(`${pictures} pictures checked. The event: ${join(args.outDir, 'event.json')}`)
  say(`Look at them: ${pathToFileURL(page).href}`)
  if (failed.length === 0) return
  throw new DemoFailure('taskFailed', failed.map(({ title, fault }) => `${title} failed: ${fault ?? ''}`).join('\n'))
}

async function register(
  { input, procedure }: DemoArguments,
  api: Client,
  say: (line: string) => void,
): Promise<{ readonly mediaId: string; readonly runId: string }> {
  say(`${'url' in input ? `Naming ${input.url}` : `Uploading ${input.file}`} with procedure "${procedure}" …`)
  const { mediaId, runId } =
    'url' in input
      ? await answerOf(api.POST('/v1/media', { body: { url: input.url, procedure } }))
      : await uploadMedia(api, await openAsBlob(input.file), basename(input.file), { procedure })
  if (runId === undefined) throw new DemoFailure('refused', `The procedure "${procedure}" was not run.`)
  return { mediaId, runId }
}

/** Removes what an earlier demo left there, and nothing else. */
function prepare(outDir: string): void {
  mkdirSync(outDir, { recursive: true })
  for (const name of ['pictures', 'event.json', 'index.html', 'player.js']) {
    rmSync(join(outDir, name), { recursive: true, force: true })
  }
}

async function collectAll(
  { report }: Followed,
  { info }: Media,
  { outDir }: DemoArguments,
  { ffprobePath }: DemoTools,
): Promise<PageSection[]> {
  const sections: PageSection[] = []
  for (const [index, task] of report.tasks.entries()) {
    sections.push(await collectTask(task, index + 1, { outDir, ffprobePath, durationMs: info?.durationMs ?? 0 }))
  }
  return sections
}

/** @returns the page's path */
async function writePage(
  sections: readonly PageSection[],
  { event }: Followed,
  { name, url }: Media,
  { input, bundled, outDir }: DemoArguments,
): Promise<string> {
  const pictures = sections.flatMap(({ figures }) => figures)
  const video = `video${extname('url' in input ? new URL(input.url).pathname : input.file)}`
  if (pictures.length > 0) {
    if ('file' in input) copyFileSync(input.file, join(outDir, video))
    else await download(url, join(outDir, video))
  }
  // The build for a plain script element: browsers load no modules from disk.
  const player = join(dirname(require.resolve('media-chrome')), '..', 'iife', 'index.js')
  copyFileSync(player, join(outDir, 'player.js'))
  const page = join(outDir, 'index.html')
  writeFileSync(
    page,
    renderPage({
      mediaName: name,
      videoSource: pictures.length > 0 ? video : undefined,
      poster: sections.find(({ title }) => title === 'cover by snapshot')?.figures[0]?.path,
      sections,
      event: JSON.stringify(JSON.parse(event.toString('utf8')), null, 2),
      attribution: bundled ? 'Big Buck Bunny © Blender Foundation, www.bigbuckbunny.org, CC BY 3.0' : undefined,
      playerScript: 'player.js',
    }),
  )
  return page
}
