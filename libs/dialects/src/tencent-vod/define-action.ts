import { AppError, type ErrorCode, type SubAppId } from '@libs/kernel'
import { EnterSubApp } from '@libs/workflow'
import { z } from 'zod'
import type { Action, ActionScope, Caller } from '../dialect'
import { checkParameters } from '../parameters/check-parameters'
import { integer } from './protocol/fields'
import { VendorRefusal } from '../parameters/vendor-refusal'
import { subAppIdOf } from './task-ids'

interface ActionSteps<Schema extends z.ZodType, UseCase, Command, Result> {
  /** What the vendor's documentation lists; anything else is refused. */
  readonly parameters: Schema
  readonly useCase: new (...parameters: never[]) => UseCase
  /** Whether it is about sub-applications rather than in one. */
  readonly isOfAccount?: boolean
  readonly isRead?: true
  /** @throws AppError naming the vendor's field */
  toCommand(parameters: z.output<Schema>, caller: Caller): Command
  execute(useCase: UseCase, command: Command): Promise<Result>
  toResponse(result: Result, scope: ActionScope): object
  /** The vendor's codes for refusals that this action has words of its own for. */
  readonly refusals?: Readonly<Partial<Record<ErrorCode, string>>>
  /** The vendor's name for a field that a use case refused, where it takes the parameters to tell. */
  fieldName?(field: string, parameters: z.output<Schema>): string | undefined
}

function toSubAppId(appId: number, context: z.RefinementCtx): SubAppId {
  const subAppId = subAppIdOf(appId)
  if (subAppId !== undefined) return subAppId
  context.addIssue({ code: 'custom', message: 'There is no such sub-application.' })
  return z.NEVER
}

/** The sub-application that a call is about, by its AppId (Tencent Cloud VOD, "Subapplications"). */
export const subject = integer.transform(toSubAppId)

/** Where a call is to act: omitted or 0, where its key is at home. */
const actsIn = integer.transform((id, context) => (id === 0 ? undefined : toSubAppId(id, context))).optional()

/** The parameters of an action, with those that every action has. */
export function actionParameters<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...shape, SubAppId: actsIn })
}

/** An action out of three pure steps and the use case between them. */
export function defineAction<Schema extends z.ZodType, UseCase, Command, Result>(
  steps: ActionSteps<Schema, UseCase, Command, Result>,
): Action {
  return {
    parameters: steps.parameters,
    ...(steps.isRead && { isRead: true }),
    async perform(raw, scope) {
      const parameters = checkParameters(steps.parameters, raw)
      const caller = steps.isOfAccount === true ? scope.caller : await enter(parameters, scope)
      try {
        const command = steps.toCommand(parameters, caller)
        return steps.toResponse(await steps.execute(scope.find(steps.useCase), command), { ...scope, caller })
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        const field = (thrown.field && steps.fieldName?.(thrown.field, parameters)) ?? thrown.field
        const { code, message } = thrown
        throw new VendorRefusal(code, message, { ...(field && { field }), cause: thrown }, steps.refusals?.[code])
      }
    },
  }
}

async function enter(parameters: unknown, { caller, find }: ActionScope): Promise<Caller> {
  const { SubAppId: asked } = z.object({ SubAppId: z.custom<SubAppId>().optional() }).parse(parameters)
  return { ...caller, subAppId: await find(EnterSubApp).execute(caller.subAppId, asked) }
}
