interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const clearBelow = '\x1b[0J'
const up = (lines: number): string => (lines === 0 ? '' : `\x1b[${lines}A\r`)

/** What the demo says, with lines at the foot of a terminal that are drawn anew as they change. */
export class Screen {
  private drawn: readonly string[] = []

  constructor(private readonly output: Output) {}

  /** Without one, nothing is drawn. */
  get isTerminal(): boolean {
    return this.output.isTTY === true
  }

  /** Above what is drawn. */
  say(line: string): void {
    this.output.write(
      `${up(this.drawn.length)}${this.drawn.length > 0 ? clearBelow : ''}${line}\n${this.textOf(this.drawn)}`,
    )
  }

  /** In place of what was drawn before. */
  draw(lines: readonly string[]): void {
    if (!this.isTerminal) return
    this.output.write(`${up(this.drawn.length)}${this.drawn.length > 0 ? clearBelow : ''}${this.textOf(lines)}`)
    this.drawn = lines
  }

  /** Leaves what is drawn as it is. */
  settle(): void {
    this.drawn = []
  }

  /** A line that wraps would be two to go up. */
  private textOf(lines: readonly string[]): string {
    const widest = (this.output.columns ?? 80) - 1
    return lines.map((line) => `${line.slice(0, widest)}\n`).join('')
  }
}
