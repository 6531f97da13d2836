import type { SubAppId } from '@libs/kernel'
import { EnterSubApp } from '@libs/workflow'
import { z } from 'zod'
import type { Action, ActionScope, Caller } from '../dialect'
import { checkParameters } from '../parameters/check-parameters'
import { string } from '../parameters/fields'
import { FormText } from '../parameters/form-text'
import { parseStructured } from './structured-text'

/** Number of the vendor's default application, `app-1000000`; sub-applications are counted from it. */
const firstAppNumber = 1_000_000
const appIdPattern = /^app-(\d{7,10})$/

/** A sub-application as the vendor's AppId. */
export function appIdOf(subAppId: SubAppId): string {
  return `app-${firstAppNumber + subAppId}`
}

const appId = string(64).transform((text, context) => {
  const subAppId = Number(appIdPattern.exec(text)?.[1]) - firstAppNumber
  if (subAppId >= 0 && subAppId < 2 ** 31) return subAppId as SubAppId
  context.addIssue({ code: 'custom', message: `There is no application "${text}".` })
  return z.NEVER
})

/** As they came, by name. */
export type RawParameters = Readonly<Record<string, unknown>>

interface ActionSteps<Schema extends z.ZodType, UseCase, Command, Result> {
  readonly parameters: Schema
  readonly useCase: new (...parameters: never[]) => UseCase
  /** Parameters that are JSON as text, where they are not flattened into several. */
  readonly structured?: readonly string[]
  /** Which of the parameters are looked at, where that depends on them. */
  heeded?(raw: RawParameters): RawParameters
  /** @throws AppError naming the vendor's field */
  toCommand(parameters: z.output<Schema>, caller: Caller): Command
  execute(useCase: UseCase, command: Command): Promise<Result>
  toResponse(result: Result, scope: ActionScope): object
}

/** The parameters of an action, and where it acts; others are not looked at, as at the vendor's gateway. */
export function actionParameters<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ ...shape, AppId: appId.optional() })
}

/** An action out of three pure steps and the use case between them. */
export function defineAction<Schema extends z.ZodType, UseCase, Command, Result>(
  steps: ActionSteps<Schema, UseCase, Command, Result>,
): Action {
  return {
    parameters: steps.parameters,
    async perform(raw, scope) {
      const parameters = checkParameters(steps.parameters, unfolded(raw, steps))
      const caller = await enter(parameters, scope)
      const command = steps.toCommand(parameters, caller)
      return steps.toResponse(await steps.execute(scope.find(steps.useCase), command), { ...scope, caller })
    },
  }
}

function unfolded(
  raw: unknown,
  {
    structured = [],
    heeded = (all) => all,
  }: Pick<ActionSteps<z.ZodType, never, never, never>, 'structured' | 'heeded'>,
): unknown {
  if (typeof raw !== 'object' || raw === null) return raw
  const members = Object.entries(heeded(Object.fromEntries(Object.entries(raw)))).map(([name, value]) =>
    value instanceof FormText && structured.includes(name)
      ? [name, parseStructured(value.text, name)]
      : ([name, value] as const),
  )
  return Object.fromEntries(members)
}

async function enter(parameters: unknown, { caller, find }: ActionScope): Promise<Caller> {
  const { AppId: asked } = z.object({ AppId: z.custom<SubAppId>().optional() }).parse(parameters)
  return { ...caller, subAppId: await find(EnterSubApp).execute(caller.subAppId, asked) }
}
