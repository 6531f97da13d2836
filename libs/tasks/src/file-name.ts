import { AppError } from '@libs/kernel'
import { z } from 'zod'

const longest = 200
const indexDigits = 5
/** What a storage key may hold: nothing that a URL or a line of WebVTT would have to escape, and nothing that hides or climbs. */
const segments = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){0,7}$/

function isObjectName(name: string): boolean {
  return segments.test(name) && !name.includes('..')
}

/** The name of a file as storages have it, without placeholders. */
export const objectName = z.string().max(longest).refine(isObjectName, {
  message: 'Letters, digits, ".", "_", "-" and "/" are expected, each part beginning with a letter or a digit.',
})

/** The name of a WebVTT file; it is relative to where the task's files are. */
export const vttFileName = objectName.refine((name) => name.endsWith('.vtt'), 'The name of a WebVTT ends in ".vtt".')

/**
 * A pattern for the names of a task's files, such as `shots/{index}.{format}`: `{index}` counts from 00001, `{format}` is the
 * extension that goes with the format. The names are relative to where the task's files are.
 */
export const fileName = z
  .string()
  .max(longest)
  .refine((pattern) => isObjectName(nameFile(pattern, 0, 'jpg')) && !pattern.endsWith('.vtt'), {
    message:
      'Letters, digits, ".", "_", "-" and "/" are expected, each part beginning with a letter or a digit, {index} and ' +
      '{format} among them, and no ".vtt".',
  })

/** @param index of the file among its like, from 0 */
export function nameFile(pattern: string, index: number, format: string): string {
  return pattern.replaceAll('{index}', String(index + 1).padStart(indexDigits, '0')).replaceAll('{format}', format)
}

/** @throws AppError `task.invalidConfiguration` when several files would have the same name */
export function refuseOneNameForMany(pattern: string | undefined, count: number, field: string): void {
  if (count < 2 || pattern === undefined || pattern.includes('{index}')) return
  throw new AppError('task.invalidConfiguration', `The name of ${count} files needs {index}.`, { field })
}
