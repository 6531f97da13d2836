import { mainSubApp, type MediaId } from '@libs/kernel'
import { EventEmitter, once } from 'node:events'
import { openDatabase } from './open-database'

it('tells who finds every connection in use for too long to come again', async () => {
  const { unitOfWork, subAppWork, close } = await openDatabase(1, 'caller')
  const none = 'none' as MediaId
  const signals = new EventEmitter()
  try {
    const held = unitOfWork.run(async () => {
      signals.emit('begun')
      await once(signals, 'over')
    })
    await once(signals, 'begun')
    const looks = [
      subAppWork.run(mainSubApp, ({ media }) => media.findOfRun(none)),
      unitOfWork.stores.media.findOfRun(none),
    ]
    const refused = { status: 'rejected', reason: { code: 'request.overload', retry: true } }
    expect(await Promise.allSettled(looks)).toMatchObject([refused, refused])
    signals.emit('over')
    await held
    expect(await unitOfWork.stores.media.findOfRun(none)).toBeUndefined()
  } finally {
    signals.emit('over')
    await close()
  }
})
