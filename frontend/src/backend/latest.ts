/**
 * The questions that are asked for one place on the page: a list, a dialog, a field. An answer is only used by the
 * question that is still the latest for its place; a later question, or letting the place go, outdates those before.
 */
export class Latest {
  #asked = 0

  /** Begins a question, and returns what tells whether it is still the latest. */
  begin(): () => boolean {
    const mine = ++this.#asked
    return () => mine === this.#asked
  }

  /** Lets the place go: it is closed, or is for something else now. */
  drop(): void {
    this.#asked++
  }

  /** Asks, and uses the answer or the refusal if nobody asked again meanwhile. Tells whether an answer was used. */
  async ask<T>(
    question: () => Promise<T>,
    take: (answer: T) => void,
    refused: (cause: unknown) => void = () => {},
  ): Promise<boolean> {
    const latest = this.begin()
    let answer: T
    try {
      answer = await question()
    } catch (cause) {
      if (latest()) refused(cause)
      return false
    }
    if (!latest()) return false
    take(answer)
    return true
  }
}
