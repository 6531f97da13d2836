import type { PictureKindName } from '@libs/tasks'
import { aMedia, aRun, aTask } from '@libs/testing'
import type { RunReport, TaskFacts } from '@libs/workflow'
import fc from 'fast-check'
import { type RunNews, ToldSoFar } from './told-so-far'

type Report = RunReport<PictureKindName>

const run = aRun(aMedia())

function aReport(tasks: readonly Partial<TaskFacts>[], state: Report['run']['state'] = 'processing'): Report {
  const made = tasks.map((facts, index) => aTask(run, 'coverBySnapshot', { index, ...facts }))
  return { run: { ...run, state }, tasks: made as Report['tasks'] }
}

function allNews(told: ToldSoFar, report: Report): readonly RunNews[] {
  const news: RunNews[] = []
  for (let next = told.next(report); next !== undefined; next = told.next(report)) news.push(next)
  return news
}

const shown = (news: readonly RunNews[]) =>
  news.map((each) => (each.about === 'runEnded' ? 'end' : `${each.about} ${each.task.index}`))

describe('what a listener is told', () => {
  it('is how every task is, then what changes, then each end once', () => {
    const first = aReport([{ state: 'dispatched', progressPercent: 5 }, {}])
    const told = new ToldSoFar(first, undefined)
    expect(shown(allNews(told, first))).toEqual(['progress 0', 'progress 1'])
    expect(allNews(told, first)).toEqual([])
    const second = aReport([{ state: 'dispatched', progressPercent: 6 }, {}])
    expect(shown(allNews(told, second))).toEqual(['progress 0'])
    const third = aReport([{ state: 'succeeded', progressPercent: 100 }, { state: 'dispatched' }])
    expect(shown(allNews(told, third))).toEqual(['taskEnded 0', 'progress 1'])
    const last = aReport([{ state: 'succeeded' }, { state: 'failed', progressPercent: 40 }], 'finished')
    expect(shown(allNews(told, last))).toEqual(['taskEnded 1', 'end'])
    expect([allNews(told, last), told.isOver]).toEqual([[], true])
  })

  it('goes on behind any event, whoever tells it, and nothing is told twice', () => {
    const facts = fc.record({
      state: fc.constantFrom('waiting', 'dispatched', 'succeeded', 'failed'),
      progressPercent: fc.integer({ min: 0, max: 100 }),
    })
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 400 }), fc.nat(), (tasks, cut) => {
        const isEnded = tasks.every(({ state }) => state === 'succeeded' || state === 'failed')
        const report = aReport(tasks, isEnded ? 'finished' : 'processing')
        const whole = allNews(new ToldSoFar(report, undefined), report)
        const seen = whole.slice(0, 1 + (cut % whole.length))
        const back = new ToldSoFar(report, seen.at(-1)?.id)
        expect([...seen, ...allNews(back, report)]).toEqual(whole)
        expect(back.isOver).toBe(isEnded)
      }),
      { numRuns: 50 },
    )
  })

  it.each(['', 'x', 'at-', 'at-AA', 'at-AAAAAA', 'at-??', 'end', 'end, end', '\u0000'])(
    'is all there is for whoever brings back %j, which is nothing of it',
    (lastEventId) => {
      const report = aReport([{}, {}])
      expect(shown(allNews(new ToldSoFar(report, lastEventId), report))).toEqual(['progress 0', 'progress 1'])
    },
  )
})
