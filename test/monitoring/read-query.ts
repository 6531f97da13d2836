import { parser } from '@prometheus-io/lezer-promql'

type SyntaxNode = ReturnType<typeof parser.parse>['topNode']

/** A series that an expression asks for, with the labels that it is chosen or grouped by. */
export interface AskedSeries {
  readonly name: string
  readonly labels: readonly string[]
}

/** @throws Error where the expression is no PromQL */
export function readQuery(expression: string): readonly AskedSeries[] {
  const textOf = ({ from, to }: SyntaxNode) => expression.slice(from, to)
  const asked: AskedSeries[] = []
  parser.parse(expression).iterate({
    enter: ({ node, type }) => {
      if (type.isError) throw new Error(`no PromQL from character ${node.from} on: ${expression}`)
      if (type.name !== 'VectorSelector') return
      const [name] = namesBelow(node, 'Identifier').map(textOf)
      const groups = parentsOf(node).flatMap((parent) => parent.getChildren('AggregateModifier'))
      const labels = [node, ...groups].flatMap((part) => namesBelow(part, 'LabelName')).map(textOf)
      asked.push({ name: name ?? '', labels: [...new Set(labels)] })
    },
  })
  return asked
}

function namesBelow(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  node.cursor().iterate((each) => {
    if (each.name === name) found.push(each.node)
  })
  return found
}

function parentsOf({ parent }: SyntaxNode): readonly SyntaxNode[] {
  return parent === null ? [] : [parent, ...parentsOf(parent)]
}
