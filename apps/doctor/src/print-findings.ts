import type { Finding } from './finding'

const words: Readonly<Record<Finding['verdict'], string>> = { well: 'ok', look: 'look', broken: 'bad' }

/** A line for each finding, with what to do below it, and a sum at the end. */
export function printFindings(findings: readonly Finding[]): string {
  const widest = Math.max(...findings.map(({ about }) => about.length))
  const lines = findings.flatMap(({ verdict, about, text, advice }) => [
    `  ${words[verdict].padEnd(4)}  ${about.padEnd(widest)}  ${text}`,
    ...(advice === undefined ? [] : [`${' '.repeat(widest + 10)}-> ${advice}`]),
  ])
  return [...lines, '', sumOf(findings), ''].join('\n')
}

function sumOf(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']): number => findings.filter((one) => one.verdict === verdict).length
  const [broken, look] = [count('broken'), count('look')]
  if (broken + look === 0) return 'All is well.'
  const sums = [
    ...(broken === 0 ? [] : [`${broken} ${broken === 1 ? 'thing does' : 'things do'} not work`]),
    ...(look === 0 ? [] : [`${look} ${look === 1 ? 'wants' : 'want'} a look`]),
  ]
  return `${sums.join(', ')}.`
}
