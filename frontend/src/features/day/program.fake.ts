import { enabled } from '../../actions/action'
import type { Backend, CandidateView, DayView, DraftView, FoldedView, GapView, ObservationView } from '../../backend'
import { dayActions } from './actions'
import type { Day } from './day.svelte'

export const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20']
export const [BEFORE, HERE, AFTER] = DAYS as [string, string, string]
export const at = (hour: number) => `2026-11-19T${String(hour).padStart(2, '0')}:00:00Z`

/** For tests: a program in short: three days of drafts, what is decided about them, and answers that come when the test says. */
export class Program {
  drafts: DraftView[] = []
  gaps: GapView[] = []
  observed: ObservationView[] = []
  decided: [string, string][] = []
  refuses = ''
  #before: DraftView[][] = []
  #restore = new Map<number, ObservationView[]>() // what was observed before that many decisions
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

  /** A row of mail, of messages each with who it is with. */
  row(id: string, messages: Record<string, string>, more: Partial<DraftView> = {}): DraftView {
    const evidence = Object.entries(messages).map(([message, who]) => this.message(message, who).id)
    return this.draft(id, { matter: '', evidence, row: rowOf(evidence), ...more })
  }

  message(id: string, who: string, folded = ''): ObservationView {
    const start = at(8 + this.observed.length)
    const made = {
      id,
      kind: 'mail_received',
      start,
      end: start,
      subject: `About ${id}`,
      who,
      who_at: who,
      with: [who],
      folded,
    }
    this.observed.push(made as unknown as ObservationView)
    return made as unknown as ObservationView
  }

  /** What is folded, by sender and reason. */
  folds(): FoldedView[] {
    const folded = this.observed.filter((o) => o.folded)
    return [...new Set(folded.map((o) => `${o.who} ${o.folded}`))].map((key) => {
      const of = folded.filter((o) => `${o.who} ${o.folded}` === key)
      return {
        sender: of[0]?.who ?? '',
        reason: of[0]?.folded ?? '',
        count: of.length,
        observations: of.map((o) => o.id),
      }
    })
  }

  // What is left of a row is drawn up anew, under another id.
  #takeOut(id: string, ids: string[], to: Partial<DraftView>): string {
    const row = this.drafts.find((d) => d.id === id)
    if (!row || !ids.every((o) => row.evidence.includes(o))) throw new Error('look at the day again')
    this.#decide('TakeOut', ids.join(' '))
    const rest = row.evidence.filter((o) => !ids.includes(o))
    const left = { ...row, id: `${id}'`, evidence: rest, row: rowOf(rest) }
    const made = { ...row, id: `taken ${ids.join(' ')}`, evidence: ids, row: undefined, ...to }
    this.drafts = this.drafts.flatMap((d) => (d !== row ? [d] : rest.length > 0 ? [left, made] : [made]))
    return made.id
  }

  #unfold(ids: string[]): void {
    this.#decide('Unfold', ids.join(' '))
    const were = this.observed
    this.observed = were.map((o) => (ids.includes(o.id) ? { ...o, folded: '' } : o))
    this.#restore.set(this.#before.length, were)
    this.draft(`work ${ids.join(' ')}`, { matter: '', evidence: ids })
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
      observed: day === HERE ? this.observed : [],
      folded: day === HERE ? this.folds() : [],
      matters: [],
      can_undo: this.#before.length > 0 ? 'something' : '',
      summary: { ready_count: open.filter((d) => !d.needs).length, folded_count: 0 },
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
      TakeOut: (id: string, ids: string[], matter: string, aside: boolean, own: boolean) =>
        this.#answer('TakeOut', () =>
          this.#takeOut(id, ids, aside || own ? { state: 'discarded', private: own } : { matter }),
        ),
      Unfold: (ids: string[]) => this.#answer('Unfold', () => this.#unfold(ids)),
      Undo: () =>
        this.#answer('Undo', () => {
          this.observed = this.#restore.get(this.#before.length) ?? this.observed
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
const rowOf = (evidence: readonly string[]) => ({ by: 'other', title: 'other mail', messages: evidence.length })
const lacks = (d: DraftView) => (d.matter === '' ? 'it has no matter' : (d.asks[0]?.text ?? ''))

/** Strikes a key on the day's page, as the keyboard does. */
export function strikeOn(day: Day, key: string): void {
  const action = dayActions(day).find((a) => a.keys.includes(key) && enabled(a))
  void action?.run()
}
