import { AppError } from '@libs/kernel'
import { z } from 'zod'

const longestBytes = 600
const indexDigits = 5
/** Disks have no longer ones. */
const longestPartBytes = 255
/** No control characters, line ends or halves of characters; no backslash, and no braces, which are those of patterns. */
const part = /^[^.\p{C}\p{Zl}\p{Zp}\\{}/][^\p{C}\p{Zl}\p{Zp}\\{}/]*$/u

const expectation =
  `At most ${longestBytes} bytes of UTF-8 are expected, in parts of ${longestPartBytes} between slashes, none of which is ` +
  'empty, begins with a dot, or has a control character, a backslash or a brace'

/** Whether storages may have a file or a folder of this name: one that neither hides nor climbs. */
export function isNamePart(name: string): boolean {
  return part.test(name) && Buffer.byteLength(name) <= longestPartBytes
}

function isObjectName(name: string): boolean {
  return Buffer.byteLength(name) <= longestBytes && name.split('/').every(isNamePart)
}

/** The name of a file as storages have it, without placeholders. */
export const objectName = z
  .string()
  .max(longestBytes)
  .refine(isObjectName, { message: `${expectation}.` })

/** The name of a WebVTT file; it is relative to where the task's files are. */
export const vttFileName = objectName.refine((name) => name.endsWith('.vtt'), 'The name of a WebVTT ends in ".vtt".')

/**
 * A pattern for the names of a task's files, such as `shots/{index}.{format}`: `{index}` counts from 00001, `{format}` is the
 * extension that goes with the format. The names are relative to where the task's files are.
 */
export const fileName = z
  .string()
  .max(longestBytes)
  .refine((pattern) => isObjectName(nameFile(pattern, 0, 'jpg')) && !pattern.endsWith('.vtt'), {
    message: `${expectation}, but for {index} and {format}, and no ".vtt" at the end.`,
  })

/** A file's name, relative to where it is linked from, as URLs and WebVTT have it: what they would read otherwise is escaped. */
export function escapeName(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}

/** @param index of the file among its like, from 0 */
export function nameFile(pattern: string, index: number, format: string): string {
  return pattern.replaceAll('{index}', String(index + 1).padStart(indexDigits, '0')).replaceAll('{format}', format)
}

/** @throws AppError `task.invalidConfiguration` when several files would have the same name */
export function refuseOneNameForMany(pattern: string | undefined, count: number, field: string): void {
  if (count < 2 || pattern === undefined || pattern.includes('{index}')) return
  throw new AppError('task.invalidConfiguration', `The name of ${count} files needs {index}.`, { field })
}
