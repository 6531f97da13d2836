/**
 * Solves a small linear least squares problem by its normal equations.
 * @param rows what each measurement consists of
 * @param values what each came to
 * @returns the weight of each column
 */
export function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): readonly number[] {
  const width = rows[0]?.length ?? 0
  const sum = (of: (row: readonly number[], place: number) => number): number =>
    rows.reduce((total, row, place) => total + of(row, place), 0)
  const at = (row: readonly number[], column: number): number => row[column] ?? 0
  const matrix = Array.from({ length: width }, (_, i) => [
    ...Array.from({ length: width }, (__, j) => sum((row) => at(row, i) * at(row, j))),
    sum((row, place) => at(row, i) * (values[place] ?? 0)),
  ])
  for (const [pivot, pivotRow] of matrix.entries()) {
    for (const [other, row] of matrix.entries()) {
      if (other === pivot) continue
      const factor = at(row, pivot) / at(pivotRow, pivot)
      for (let column = pivot; column <= width; column += 1)
        row[column] = at(row, column) - factor * at(pivotRow, column)
    }
  }
  return matrix.map((row, place) => at(row, width) / at(row, place))
}
