import { Module } from '@nestjs/common'
import { DialectHost } from './dialect-host'

/** Needs the use cases for callers, `Clock` and `FileUrls` from global modules; `mountDialects` opens the door. */
@Module({ providers: [DialectHost] })
export class DialectsModule {}
