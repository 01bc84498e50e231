import { Latest, type Backend, type MatterView, type TimerView, type Topic } from '../../backend'
import { stopwatch, worked } from '../../format/duration'
import type { Toasts } from '../../ui/toasts.svelte'

const REREAD = 60_000 // ms: so often a running timer is asked for again, in case the machine slept

/** The stopwatches: what the program says of them, and the seconds that have passed since it said so. */
export class Timers {
  list = $state.raw<readonly TimerView[]>([])
  matters = $state.raw<readonly MatterView[]>([])
  open = $state(false) // the dialog is shown
  problem = $state('') // what went wrong last, for the dialog

  readonly running = $derived(this.list.find((timer) => timer.state === 'running'))
  readonly paused = $derived(this.list.filter((timer) => timer.state === 'paused'))
  readonly stopped = $derived(this.list.filter((timer) => timer.state === 'stopped'))

  #since = $state(0) // ms since the list was read
  #read = 0
  readonly #reading = new Latest()
  readonly #names = new Latest()

  constructor(
    private readonly backend: Backend,
    private readonly toasts: Toasts,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Reads the timers again. */
  async refresh(): Promise<void> {
    await this.#reading.ask(
      () => this.backend.Timers(),
      (list) => {
        this.list = list
        this.#read = this.clock()
        this.#since = 0
      }, // the page itself says what is wrong
    )
  }

  stale(topic: Topic): void {
    if (topic === 'timers') void this.refresh()
  }

  /** Counts on; to be called every second while one runs. */
  tick(): void {
    this.#since = this.clock() - this.#read
    if (this.#since > REREAD) void this.refresh()
  }

  /** Seconds on a timer now. */
  seconds(timer: TimerView): number {
    return timer.seconds + (timer.state === 'running' ? this.#since / 1000 : 0)
  }

  show(): void {
    this.open = true
    this.problem = ''
    void this.refresh()
    void this.#names.ask(
      () => this.backend.Matters(),
      (matters) => (this.matters = matters.filter((m) => !m.closed)),
      () => (this.matters = []), // a timer runs without a matter too
    )
  }

  /** Starts a timer; the one that runs is paused. */
  start(label: string, matter: string): Promise<boolean> {
    return this.#do(() => this.backend.StartTimer(label.trim(), matter))
  }

  goOn(timer: TimerView): Promise<boolean> {
    return this.#do(() => this.backend.SwitchTimer(timer.id))
  }

  stop(timer: TimerView): Promise<boolean> {
    return this.#do(async () => {
      const stopped = await this.backend.StopTimer(timer.id)
      this.toasts.done(`Stopped at ${worked(Math.round(stopped.seconds))}. It is among today's drafts.`)
    })
  }

  /** Counts what was left out while the machine slept. */
  keep(timer: TimerView): Promise<boolean> {
    return this.#do(() => this.backend.KeepTimer(timer.id))
  }

  discard(timer: TimerView): Promise<boolean> {
    return this.#do(async () => {
      await this.backend.DiscardTimer(timer.id)
      this.toasts.done('Thrown away. Its time is not counted.')
    })
  }

  async #do(does: () => Promise<unknown>): Promise<boolean> {
    this.problem = ''
    try {
      await does()
      await this.refresh()
      return true
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause)
      this.problem = text.charAt(0).toUpperCase() + text.slice(1)
      if (!this.open) this.toasts.wrong(this.problem)
      return false
    }
  }
}

/** What a timer is called: its label, else its matter. */
export function called(timer: TimerView): string {
  return timer.label || timer.matter_name || timer.matter || 'no label yet'
}

/** What a timer left out and may still count. */
export function leftOut(timer: TimerView): boolean {
  return timer.asleep.some((stretch) => stretch.can_keep)
}

/** What the header shows: "0:12:34". */
export function face(timers: Timers): string {
  return timers.running ? stopwatch(timers.seconds(timers.running)) : ''
}
