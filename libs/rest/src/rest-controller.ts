import type { KeyScope } from '@libs/workflow'
import { applyDecorators, Controller, UseGuards, UsePipes } from '@nestjs/common'
import { ApiSecurity, ApiTags } from '@nestjs/swagger'
import { CheckInput } from './check-input'
import { ScopeGuard } from './access/scope-guard'

interface Door {
  /** What a key has to be for to look (GET, HEAD). */
  readonly looking?: KeyScope
  /** And to do anything else. */
  readonly acting: KeyScope
  /** What the document puts it under, one of those that `openapi/document.ts` lists; by default the path's beginning. */
  readonly tag?: string
}

/** A controller under `/v1`: keys that are not for it are refused, and input is checked. */
export function RestController(path: string, { looking = 'read', acting, tag }: Door): ClassDecorator {
  return applyDecorators(
    Controller(`v1/${path}`),
    UseGuards(new ScopeGuard(looking, acting)),
    UsePipes(new CheckInput()),
    // Of both, `openapi/document.ts` takes the one that an operation's method needs.
    ApiSecurity('basic', [looking, acting]),
    ApiTags(tag ?? path.replace(/\/.*/, '')),
  )
}
