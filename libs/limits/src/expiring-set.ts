/** Members for a time, and never more than so many: the oldest make room. */
export class ExpiringSet {
  private readonly untilMs = new Map<string, number>()

  constructor(private readonly most: number) {}

  add(member: string, forMs: number): void {
    this.untilMs.delete(member)
    this.untilMs.set(member, performance.now() + forMs)
    for (const oldest of this.untilMs.keys()) {
      if (this.untilMs.size <= this.most) return
      this.untilMs.delete(oldest)
    }
  }

  has(member: string): boolean {
    const untilMs = this.untilMs.get(member)
    if (untilMs === undefined) return false
    if (untilMs > performance.now()) return true
    this.untilMs.delete(member)
    return false
  }
}
