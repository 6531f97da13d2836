import { readFile, writeFile } from 'node:fs/promises'

const short = (value: number): string => String(Number(value.toPrecision(2)))
const isNumber = (value: number | Readonly<Record<string, number>>): value is number => typeof value === 'number'

/** Puts measured values in the place of those in a source file, whose types stay as they are. */
export async function writeConstants(
  path: string,
  constants: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
): Promise<void> {
  const source = await readFile(path, 'utf8')
  const lines = Object.entries(constants).map(([name, value]) =>
    isNumber(value)
      ? `  ${name}: ${short(value)},`
      : `  ${name}: { ${Object.entries(value)
          .map(([key, each]) => `${key}: ${short(each)}`)
          .join(', ')} },`,
  )
  await writeFile(path, source.replace(/} = {[^]*$/, `} = {\n${lines.join('\n')}\n}\n`))
}
