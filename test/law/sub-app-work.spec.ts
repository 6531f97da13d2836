import {
  AdmitOnce,
  CallerUseCases,
  EnterSubApp,
  FindAccessKey,
  ManageSubApps,
  ReceiveUpload,
  UnitOfWork,
} from '@libs/workflow'
import { MODULE_METADATA } from '@nestjs/common/constants'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder, repository } from './source-tree'

interface Provider {
  readonly provide: { readonly name: string }
  readonly inject: readonly unknown[]
}

describe('all rows are seen', () => {
  it('by those use cases of callers alone that cannot know a sub-application before', () => {
    const providers = Reflect.getMetadata(MODULE_METADATA.PROVIDERS, CallerUseCases) as readonly Provider[]
    const seeing = providers.filter(({ inject }) => inject.includes(UnitOfWork)).map(({ provide }) => provide)
    expect(new Set(seeing)).toEqual(new Set([FindAccessKey, AdmitOnce, EnterSubApp, ManageSubApps, ReceiveUpload]))
  })

  it('by no door itself', () => {
    const doors = [...filesUnder('libs/dialects/src'), ...filesUnder('libs/rest/src')]
    expect(doors.filter((file) => /\bUnitOfWork\b/.test(readFileSync(join(repository, file), 'utf8')))).toEqual([])
  })
})
