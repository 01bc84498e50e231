import type { ApprovalView, Backend, DayView, DraftView, ObservationView, Topic } from '../../backend'
import { count, step } from '../../format/duration'
import type { Toasts } from '../../ui/toasts.svelte'
import { Findings } from './findings.svelte'
import { afterAction, follow, keepSelection, moved, rowsOf, type Row } from './rows'

/** A narrative being rewritten. */
export interface Editing {
  id: string
  text: string
  was: string
}

/** What was typed into a gap so far. */
export interface GapWords {
  text: string
  matter: string
}

/** The day on the screen: what the program says of it, and where the person is in it. */
export class Day {
  view = $state.raw<DayView | null>(null)
  problem = $state('')
  selected = $state('')
  inspected = $state('') // an observation that no draft was made of
  lit = $state.raw<ReadonlySet<string>>(new Set()) // observations under the pointer
  litDraft = $state('') // the draft under the pointer
  unfolded = $state(false) // the discarded drafts are shown
  editing = $state<Editing | null>(null)
  revealed = $state(0) // counts when the selected row has to be in sight, wherever it went
  orphan = $state('') // words typed for a draft that is no more
  timing = $state('') // the draft whose time is being typed
  gapWords = $state<Record<string, GapWords>>({})
  typingInto = $state('') // the gap that has the cursor
  choosing = $state('') // the row for which a matter is being chosen
  approving = $state(false)
  splitting = $state('') // the draft that is being split
  merging = $state('') // the draft that others are merged with

  readonly rows = $derived(rowsOf(this.view, this.unfolded))
  readonly row = $derived(this.rows.find((row) => row.id === this.selected))
  readonly observations = $derived(new Map((this.view?.observed ?? []).map((o) => [o.id, o])))

  readonly findings: Findings

  #asked = 0
  #shown = 0
  #queue: Promise<void> = Promise.resolve()
  #stale: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly backend: Backend,
    readonly toasts: Toasts,
  ) {
    this.findings = new Findings(backend)
  }

  /** The draft selected, if a draft is. */
  get draft(): DraftView | undefined {
    return this.row?.draft
  }

  /** The draft selected, if it may still be changed. */
  get open(): DraftView | undefined {
    return this.draft?.state === 'drafted' ? this.draft : undefined
  }

  /** Whether a dialog is open over the day. */
  get covered(): boolean {
    return this.approving || [this.choosing, this.splitting, this.merging].some((id) => id !== '')
  }

  /** Shows a day; "" is the one to look at first. */
  async show(day: string): Promise<void> {
    await this.finishTyping()
    await this.#read(day)
  }

  /** Reads the day again. */
  async refresh(): Promise<void> {
    await this.#read(this.view?.day ?? '')
  }

  /** Answers news of something stale: reads again soon, once for a burst of news. */
  stale(topic: Topic): void {
    if (topic === 'timers') return // what they ran is observed too, and told as such
    if (topic === 'sources' && (this.view?.sources ?? 0) > 0) return
    clearTimeout(this.#stale)
    this.#stale = setTimeout(() => void this.refresh(), 60)
  }

  select(id: string): void {
    if (this.editing && this.editing.id !== id) void this.finishTyping()
    if (this.timing !== id) this.timing = ''
    this.inspected = ''
    this.selected = id
  }

  move(by: number): void {
    this.select(moved(this.rows, this.selected, by))
  }

  /** Shows an observation's draft, or the observation alone when nothing was made of it. */
  inspect(o: ObservationView): void {
    if (o.draft && this.rows.some((row) => row.id === o.draft)) return this.select(o.draft)
    this.inspected = o.id
  }

  /** Does something to a row, reads the day again, and moves on or stays. Things are done one after the other. */
  act(does: (row: Row) => Promise<unknown> | undefined, then: 'next' | 'stay', say = ''): void {
    this.enqueue(async () => {
      const row = this.row
      const doing = row && does(row)
      if (!row || !doing) return
      await doing
      const before = this.rows
      await this.refresh()
      if (then === 'next') this.select(afterAction(before, this.rows, row.id))
      this.revealed++
      if (say) this.toasts.done(say)
    })
  }

  accept(): void {
    this.act((row) => {
      if (!row.draft || row.draft.state !== 'drafted') return undefined
      return row.draft.accepted ? Promise.resolve() : this.backend.Accept(row.id)
    }, 'next')
  }

  safe(): void {
    this.act((row) => this.backend.SafeWording(row.id), 'stay', 'Worded without names and subjects. U takes it back.')
  }

  discard(): void {
    this.act((row) => this.backend.Discard(row.id), 'next', 'Discarded. U brings it back.')
  }

  restore(): void {
    this.act((row) => this.backend.Restore(row.id), 'stay', 'Back among the drafts.')
  }

  /** Sets a draft aside as the person's own time, or takes that back. */
  togglePrivate(): void {
    if (this.draft?.private) this.act((row) => this.backend.SetPrivate(row.id, false), 'stay', 'Back among the drafts.')
    else this.act((row) => this.backend.SetPrivate(row.id, true), 'next', 'Your own time: not billed. U takes it back.')
  }

  stepMinutes(direction: 1 | -1): void {
    this.act((row) => {
      if (!row.draft) return undefined
      const minutes = step(row.draft.billed_minutes, direction)
      if (minutes !== row.draft.billed_minutes) return this.backend.SetMinutes(row.id, minutes)
      this.toasts.done('One increment is the least. X discards the draft.')
      return undefined
    }, 'stay')
  }

  setMinutes(id: string, minutes: number): void {
    this.timing = ''
    this.enqueue(async () => {
      await this.backend.SetMinutes(id, minutes)
      await this.refresh()
    })
  }

  /** Gives the chosen row its matter; a draft that wanted one is then left for the next. */
  setMatter(id: string, number: string): void {
    this.choosing = ''
    const row = this.rows.find((candidate) => candidate.id === id)
    if (row?.gap) {
      this.wordsFor(id).matter = number
      this.typingInto = id
      return
    }
    this.selected = id
    this.act(() => this.backend.SetMatter(id, number), row?.section === 'need' && number !== '' ? 'next' : 'stay')
  }

  undo(): void {
    this.enqueue(async () => {
      const what = await this.backend.Undo()
      await this.refresh()
      this.toasts.done(what ? `Taken back: ${what}` : 'Nothing to take back.')
    })
  }

  startEditing(): void {
    if (!this.open) return
    this.editing = { id: this.open.id, text: this.open.narrative, was: this.open.narrative }
    this.findings.rest(this.open.id)
  }

  /** Saves the narrative being written, if it changed. The words stay in the field when saving fails. */
  finishTyping(): Promise<void> {
    const editing = this.editing
    if (!editing) return Promise.resolve()
    const text = editing.text.trim().replace(/\s+/g, ' ')
    if (text === editing.was || text === '') {
      this.editing = null
      return Promise.resolve()
    }
    return this.enqueue(async () => {
      await this.backend.SetNarrative(editing.id, text)
      if (this.editing?.id === editing.id) this.editing = null
      await this.refresh()
    })
  }

  wordsFor(id: string): GapWords {
    return (this.gapWords[id] ??= { text: '', matter: '' })
  }

  /** Makes a draft of what was typed into a gap. */
  explain(id: string): void {
    const gap = this.rows.find((row) => row.id === id)?.gap
    const words = this.wordsFor(id)
    if (!gap || words.text.trim() === '') return
    this.enqueue(async () => {
      await this.backend.Explain(gap.start, gap.end, words.text.trim(), words.matter)
      this.gapWords = Object.fromEntries(Object.entries(this.gapWords).filter(([key]) => key !== id))
      const before = this.rows
      await this.refresh()
      this.select(afterAction(before, this.rows, id))
    })
  }

  /** What approving the day would freeze now. */
  preview(): Promise<ApprovalView> {
    return this.backend.PreviewApproval(this.view?.day ?? '')
  }

  /** Approves exactly the list with this digest. Rejects, with words for the person, when it is no longer the list. */
  async approve(list: ApprovalView): Promise<void> {
    const frozen = await this.backend.Approve(list.day, list.digest)
    this.approving = false
    const before = this.rows
    await this.refresh()
    this.select(afterAction(before, this.rows, this.selected))
    const entries = count(frozen.count, 'entry', 'entries')
    const amount = frozen.amount ? ` · ${frozen.amount}` : ''
    this.toasts.done(`${entries} approved and locked: ${frozen.hours} hours${amount}`)
  }

  /** Does one thing after the other, and tells what went wrong. */
  enqueue(job: () => Promise<void>): Promise<void> {
    const done = () => this.toasts.mended()
    const failed = (cause: unknown) => this.toasts.wrong(wordsOf(cause))
    this.#queue = this.#queue.then(job).then(done, failed)
    return this.#queue
  }

  /** Asks for a day and shows the answer, unless a later question was answered already. */
  async #read(day: string): Promise<void> {
    const asked = ++this.#asked
    try {
      const view = await this.backend.Day(day)
      if (asked < this.#shown) return
      this.#shown = asked
      this.problem = ''
      this.#take(view)
      void this.findings.read(view.day)
    } catch (cause) {
      if (this.view) this.toasts.wrong(wordsOf(cause))
      else this.problem = wordsOf(cause)
    }
  }

  #take(view: DayView): void {
    const same = this.view?.day === view.day
    const before = same ? this.rows : []
    const edited = before.find((row) => row.id === this.editing?.id)
    this.view = view
    this.selected = keepSelection(before, this.rows, this.selected)
    const still = (id: string) => this.rows.some((row) => row.id === id && row.draft?.state === 'drafted')
    if (!still(this.splitting)) this.splitting = ''
    if (!still(this.merging)) this.merging = ''
    if (!same) {
      this.inspected = ''
      this.gapWords = {}
    }
    if (!this.editing) return
    const now = follow(edited, this.rows)
    if (now?.draft?.state === 'drafted') {
      this.editing.id = now.id
      return
    }
    if (this.editing.text.trim() !== this.editing.was) this.orphan = this.editing.text.trim()
    this.editing = null
  }
}

/** What went wrong, in words. */
export function wordsOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
