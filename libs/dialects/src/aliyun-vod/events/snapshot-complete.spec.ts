import { aMedia, anOutput, aRun, aTask, ExampleFileUrls } from '@libs/testing'
import type { PictureKindName } from '@libs/tasks'
import type { SucceededTask, Task } from '@libs/workflow'
import { encodeSnapshotComplete } from './snapshot-complete'

const urls = new ExampleFileUrls()
const media = aMedia({ coverKey: 'covers/1.jpg' })
const finishedAt = new Date('2026-01-02T03:04:05.600Z')
const run = aRun(media, { state: 'finished', finishedAt })
const told = { EventTime: '2026-01-02T03:04:05Z', EventType: 'SnapshotComplete', SubType: 'SpecifiedTime' }

function eventOf(task: Task<PictureKindName>): object {
  return encodeSnapshotComplete({ type: 'procedureStateChanged', report: { run, tasks: [task] }, media }, urls)
}

it('tells of a job that failed why, and of no files', () => {
  const fault = { code: 'media.notAccessible', detail: 'The source cannot be read.' } as const
  const failed = { ...aTask(run, 'sampleSnapshot'), state: 'failed', fault } as Task<PictureKindName>
  expect(eventOf(failed)).toEqual({
    ...told,
    VideoId: media.id,
    Status: 'fail',
    ErrorCode: 'InvalidParameter.ResourceNotFound',
    ErrorMessage: fault.detail,
  })
})

it('tells of a job that succeeded its files, and the cover of its video', () => {
  const task = { ...aTask(run, 'sampleSnapshot'), state: 'succeeded', output: anOutput.sampleSnapshot }
  expect(eventOf(task as SucceededTask<'sampleSnapshot'>)).toEqual({
    ...told,
    VideoId: media.id,
    Status: 'success',
    CoverUrl: 'http://files.example.com/covers/1.jpg',
    SnapshotInfos: [
      {
        Status: 'success',
        SnapshotType: 'NormalSnapshot',
        SnapshotCount: 1,
        SnapshotFormat: 'artifacts/0/1/still-0.jpg',
        SnapshotRegular: 'http://files.example.com/artifacts/0/1/still-0.jpg',
        JobId: run.id,
      },
    ],
  })
})
