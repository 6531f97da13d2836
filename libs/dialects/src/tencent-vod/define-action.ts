import { AppError, mainSubApp } from '@libs/kernel'
import { z } from 'zod'
import type { Action, ActionScope, Caller } from '../dialect'
import { checkParameters } from './protocol/parameters'
import { integer } from './protocol/fields'
import { appIdOf } from './task-ids'

interface ActionSteps<Schema extends z.ZodType, UseCase, Command, Result> {
  /** What the vendor's documentation lists; anything else is refused. */
  readonly parameters: Schema
  readonly useCase: new (...parameters: never[]) => UseCase
  /** @throws AppError naming the vendor's field */
  toCommand(parameters: z.output<Schema>, caller: Caller): Command
  execute(useCase: UseCase, command: Command): Promise<Result>
  toResponse(result: Result, scope: ActionScope): object
  /** The vendor's name for a field that a use case refused, where it takes the parameters to tell. */
  fieldName?(field: string, parameters: z.output<Schema>): string | undefined
}

/** Omitted, 0 and the account's AppId mean the main application (Tencent Cloud VOD, "Subapplications"). */
const subAppId = integer
  .refine((id) => id === 0 || id === appIdOf(mainSubApp), 'There is no such sub-application.')
  .optional()

/** The parameters of an action, with those that every action has. */
export function actionParameters<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...shape, SubAppId: subAppId })
}

/** An action out of three pure steps and the use case between them. */
export function defineAction<Schema extends z.ZodType, UseCase, Command, Result>(
  steps: ActionSteps<Schema, UseCase, Command, Result>,
): Action {
  return {
    async perform(raw, scope) {
      const parameters = checkParameters(steps.parameters, raw)
      const command = steps.toCommand(parameters, scope.caller)
      try {
        return steps.toResponse(await steps.execute(scope.find(steps.useCase), command), scope)
      } catch (thrown) {
        const field = thrown instanceof AppError && thrown.field && steps.fieldName?.(thrown.field, parameters)
        if (!(thrown instanceof AppError) || !field) throw thrown
        throw new AppError(thrown.code, thrown.message, { field, cause: thrown })
      }
    },
  }
}
