import type { DayView } from '../../backend'

/** Asks for the day that the person is on or on the way to, and drops the answers that nobody waits for any more. */
export class Reading {
  journey = 0 // counts when another day is gone to

  #to = '' // "" is the day to look at first
  #asked = 0
  #answered = 0

  constructor(private readonly ask: (day: string) => Promise<DayView>) {}

  /** Another day is asked for from now on. */
  go(day: string): void {
    this.#to = day
    this.journey++
  }

  /**
   * The day; undefined when a later question was answered already, or another day was gone to meanwhile. A day that
   * cannot be read is not gone to: it is here again that is asked for next.
   */
  async read(here: string): Promise<DayView | undefined> {
    const asked = ++this.#asked
    const journey = this.journey
    const late = () => journey !== this.journey || asked < this.#answered
    try {
      const view = await this.ask(this.#to)
      if (late()) return undefined
      this.#answered = asked
      this.#to = view.day
      return view
    } catch (cause) {
      if (late()) return undefined
      this.#to = here
      throw cause
    }
  }
}
