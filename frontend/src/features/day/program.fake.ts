import { enabled } from '../../actions/action'
import type { Backend, CandidateView, DayView, DraftView, GapView } from '../../backend'
import { dayActions } from './actions'
import type { Day } from './day.svelte'

export const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20']
export const [BEFORE, HERE, AFTER] = DAYS as [string, string, string]
export const at = (hour: number) => `2026-11-19T${String(hour).padStart(2, '0')}:00:00Z`

/** For tests: a program in short: three days of drafts, what is decided about them, and answers that come when the test says. */
export class Program {
  drafts: DraftView[] = []
  gaps: GapView[] = []
  decided: [string, string][] = []
  refuses = ''
  #before: DraftView[][] = []
  #held: (() => void)[] = []
  #holding: string[] = []

  draft(id: string, more: Partial<DraftView> = {}): DraftView {
    const made = {
      id,
      day: HERE,
      state: 'drafted',
      matter: 'M',
      narrative: `Narrative of ${id}`,
      billed_minutes: 12,
      worked_seconds: 720,
      hours: '0.2',
      evidence: [`of-${id}`],
      candidates: [] as CandidateView[],
      spans: [],
      asks: [],
      accepted: false,
      private: false,
      ...more,
    } as unknown as DraftView
    this.drafts.push(made)
    return made
  }

  /** From now on answers to that method wait, until release. */
  hold(...methods: string[]): void {
    this.#holding = methods
  }

  /** Lets the answers that wait go, in that order: the first asked first, unless told otherwise. */
  async release(order = (n: number) => n): Promise<void> {
    this.#holding = []
    const held = this.#held
    this.#held = []
    for (let i = 0; i < held.length; i++) {
      held[order(i)]?.()
      await settled()
    }
  }

  get waiting(): number {
    return this.#held.length
  }

  view(day: string): DayView {
    const drafts = this.drafts.filter((d) => d.day === day).map((d) => ({ ...d, needs: lacks(d) }))
    const open = drafts.filter((d) => d.state === 'drafted')
    return {
      day,
      today: AFTER,
      prev_day: DAYS[DAYS.indexOf(day) - 1] ?? '',
      next_day: DAYS[DAYS.indexOf(day) + 1] ?? '',
      needs: open.filter((d) => d.needs),
      gaps: day === HERE ? this.gaps : [],
      ready: [{ matter: { number: 'M' }, drafts: open.filter((d) => !d.needs) }],
      done: drafts.filter((d) => d.state !== 'drafted'),
      observed: [],
      matters: [],
      can_undo: this.#before.length > 0 ? 'something' : '',
      summary: { ready_count: open.filter((d) => !d.needs).length },
    } as unknown as DayView
  }

  backend(): Backend {
    const changes = (name: string, to: (d: DraftView, arg: never) => Partial<DraftView>) => [
      name,
      (id: string, arg: never) =>
        this.#answer(name, () => {
          this.#decide(name, id)
          this.drafts = this.drafts.map((d) => (d.id === id ? { ...d, ...to(d, arg) } : d))
        }),
    ]
    return {
      ...Object.fromEntries([
        changes('Accept', () => ({ accepted: true, asks: [] })),
        changes('Discard', () => ({ state: 'discarded' })),
        changes('Restore', () => ({ state: 'drafted' })),
        changes('SetMatter', (_, matter: string) => ({ matter })),
        changes('SetMinutes', (_, billed_minutes: number) => ({ billed_minutes })),
        changes('SetNarrative', (_, narrative: string) => ({ narrative })),
        changes('SetPrivate', (_, on: boolean) => ({ private: on, state: on ? 'discarded' : 'drafted' })),
        changes('SafeWording', () => ({ narrative: 'Worded safely' })),
        changes('TakeDay', (d) => ({ day: d.asked_day, asked_day: undefined, asks: [] })),
      ]),
      Day: (day: string) => this.#answer('Day', () => this.view(day || HERE)),
      CheckDay: () => Promise.resolve({ findings: [], guidelines: [], problems: [] }),
      Explain: (start: string, end: string, narrative: string) =>
        this.#answer('Explain', () => {
          this.#decide('Explain', start)
          this.gaps = this.gaps.filter((gap) => gap.start !== start)
          this.draft(`filled ${start}`, { narrative, spans: [{ start, end }] })
        }),
      Split: (id: string) =>
        this.#answer('Split', () => {
          this.#decide('Split', id)
          this.draft(`${id} too`)
          return [id, `${id} too`]
        }),
      Merge: ([first, ...others]: string[]) =>
        this.#answer('Merge', () => {
          this.#decide('Merge', first ?? '')
          this.drafts = this.drafts.filter((d) => !others.includes(d.id))
        }),
      Undo: () =>
        this.#answer('Undo', () => {
          this.drafts = this.#before.pop() ?? this.drafts
          return 'it'
        }),
    } as unknown as Backend
  }

  #decide(name: string, id: string): void {
    if (this.refuses === name) throw new Error('the disk is full')
    this.#before.push(this.drafts)
    this.decided.push([name, id])
  }

  #answer<T>(method: string, does: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = () => {
        try {
          resolve(does())
        } catch (cause) {
          reject(cause as Error)
        }
      }
      if (this.#holding.includes(method)) this.#held.push(answer)
      else answer()
    })
  }
}

/** Waits until every answer that is there has been used. */
export const settled = () => new Promise((resolve) => setTimeout(resolve))
const lacks = (d: DraftView) => (d.matter === '' ? 'it has no matter' : (d.asks[0]?.text ?? ''))

/** Strikes a key on the day's page, as the keyboard does. */
export function strikeOn(day: Day, key: string): void {
  const action = dayActions(day).find((a) => a.keys.includes(key) && enabled(a))
  void action?.run()
}
