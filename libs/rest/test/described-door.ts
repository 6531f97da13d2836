import type { OpenAPIObject } from '@nestjs/swagger'
import { Test } from '@nestjs/testing'
import { describeRest } from '../src/openapi/document'
import { RestModule } from '../src/rest.module'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>

export interface NamedOperation {
  /** Such as `POST /v1/runs`. */
  readonly name: string
  readonly method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  readonly operation: Operation
}

/** What the door says of itself; nothing is asked of what its controllers stand on. */
export async function describeDoor(): Promise<OpenAPIObject> {
  const module = await Test.createTestingModule({ imports: [RestModule] })
    .useMocker(() => ({}))
    .compile()
  return describeRest(module.createNestApplication())
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const

/** Every operation of a document, in its order. */
export function operationsOf({ paths }: Pick<OpenAPIObject, 'paths'>): readonly NamedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ name: `${method.toUpperCase()} ${path}`, method, path, operation }]
    }),
  )
}
