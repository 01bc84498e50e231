import type { Backend, DayView, DraftView, ObservationView, Topic } from '../../backend'
import type { Toasts } from '../../ui/toasts.svelte'
import { Findings } from './findings.svelte'
import { foldID, FOLDED, messageID, stillOpened } from './gathered'
import { Mail, type Taking } from './mail.svelte'
import { Reading } from './reading'
import { afterAction, follow, inPlace, keepSelection, moved, rowsOf, type Row } from './rows'
import { putUnder } from './taking'
import { changed, tidy, wordsOf, type Editing, type GapWords } from './typing'

/** Where to be after something was done: on the next row that is open, on the same, or where the rows before and after say. */
type Then = 'next' | 'stay' | ((acted: Row, before: readonly Row[], after: readonly Row[]) => string)

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

  readonly mail = new Mail()
  readonly rows = $derived(rowsOf(this.view, this.unfolded, this.mail.opened))
  readonly row = $derived(this.rows.find((row) => row.id === this.selected))
  readonly observations = $derived(new Map((this.view?.observed ?? []).map((o) => [o.id, o])))

  readonly findings: Findings
  readonly reading: Reading

  #queue: Promise<void> = Promise.resolve()
  #stale: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly backend: Backend,
    readonly toasts: Toasts,
  ) {
    this.findings = new Findings(backend)
    this.reading = new Reading((day) => backend.Day(day))
  }

  /** The draft selected, if a draft is. */
  get draft(): DraftView | undefined {
    return this.row?.draft
  }

  /** The row that the row selected is within, if it is in one. */
  get within(): Row | undefined {
    return this.rows.find((row) => row.id === this.row?.of)
  }

  /** What the row selected rests on, or is. */
  get evidence(): ReadonlySet<string> {
    const { draft, message, fold } = this.row ?? {}
    return new Set(message ? [message.id] : (draft?.evidence ?? fold?.observations))
  }

  /** The draft selected, if it may still be changed. */
  get open(): DraftView | undefined {
    return this.draft?.state === 'drafted' ? this.draft : undefined
  }

  /** Whether a dialog is open over the day. */
  get covered(): boolean {
    return this.approving || [this.choosing, this.splitting, this.merging].some((id) => id !== '')
  }

  /** Shows a day; "" is the one to look at first. Stays where it is when what was typed there cannot be saved. */
  async show(day: string): Promise<void> {
    if (!(await this.finishTyping())) return
    this.reading.go(day)
    await this.refresh()
  }

  /** Reads the day again: the one on its way here, while there is one. */
  async refresh(): Promise<void> {
    try {
      const view = await this.reading.read(this.view?.day ?? '')
      if (!view) return
      this.problem = ''
      this.#take(view)
      void this.findings.read(view.day)
    } catch (cause) {
      if (this.view) this.toasts.wrong(wordsOf(cause))
      else this.problem = wordsOf(cause)
    }
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
    this.mail.anchor = ''
    this.selected = id
  }

  move(by: number): void {
    this.select(moved(this.rows, this.selected, by))
  }

  /** Shows an observation's draft, or itself where it is a row, or alone when nothing was made of it. */
  inspect(o: ObservationView): void {
    const fold = this.view?.folded.find((f) => f.observations.includes(o.id))
    if (fold) this.mail.open(FOLDED, foldID(fold))
    if (this.rows.some((row) => row.id === messageID(o.id))) {
      this.select(messageID(o.id))
      this.revealed++
      return
    }
    if (o.draft && this.rows.some((row) => row.id === o.draft)) return this.select(o.draft)
    this.inspected = o.id
  }

  /**
   * Does something to the row selected, reads the day again, and moves on or stays. Things are done one after the other;
   * what was meant for a day, or for the row with that id, is not done once it was left.
   */
  act(does: (row: Row) => Promise<unknown> | undefined, then: Then, say: string | (() => string) = '', id = ''): void {
    const asked = this.view?.day
    this.enqueue(async () => {
      const row = this.row
      if (!row || this.view?.day !== asked || (id !== '' && row.id !== id)) return
      const here = this.reading.journey
      if (this.editing?.id === row.id) await this.#save() // whatever is done to a draft is done to its words
      const doing = does(row)
      if (!doing) return
      await doing
      const before = this.rows
      const same = await this.again(here)
      if (same && then === 'next') this.select(afterAction(before, this.rows, row.id))
      else if (same && typeof then === 'function') this.select(then(row, before, this.rows))
      if (same) this.revealed++
      const says = typeof say === 'string' ? say : say()
      if (says) this.toasts.done(says)
    })
  }

  /** Asks for the matter of a row, or of messages that are taken out of one. */
  askMatter(id: string, taking?: Taking): void {
    this.mail.asked = taking
    this.choosing = id
  }

  /** Puts the question of a matter aside. */
  leaveMatter(): void {
    this.mail.asked = undefined
    this.choosing = ''
  }

  /** Gives the chosen row its matter; a draft that wanted one is then left for the next. */
  setMatter(id: string, number: string): void {
    const asked = this.mail.asked
    this.leaveMatter()
    if (asked) return putUnder(this, asked, number)
    const row = this.rows.find((candidate) => candidate.id === id)
    if (row?.gap) {
      this.wordsFor(id).matter = number
      this.typingInto = id
      return
    }
    this.selected = id
    const then = row?.section === 'need' && number !== '' ? 'next' : 'stay'
    this.act(() => this.backend.SetMatter(id, number), then, '', id)
  }

  undo(): void {
    this.enqueue(async () => {
      const what = await this.backend.Undo()
      await this.refresh()
      this.toasts.done(what ? `Taken back: ${what}` : 'Nothing to take back.')
    })
  }

  /** Begins to rewrite the narrative of the draft selected, once what was typed into another is saved. */
  startEditing(): void {
    const draft = this.open
    if (!draft || this.editing?.id === draft.id) return
    if (this.editing) {
      void this.finishTyping().then((saved) => {
        if (saved && this.open?.id === draft.id) this.startEditing()
      })
      return
    }
    this.editing = { id: draft.id, text: draft.narrative, was: draft.narrative }
    this.findings.rest(draft.id, draft.narrative)
  }

  /**
   * Saves the narrative being written, if it changed, and tells whether nothing is left to save. The words stay in the
   * field when saving fails, and nothing that rests on them may go on then.
   */
  finishTyping(): Promise<boolean> {
    const editing = this.editing
    if (!editing) return Promise.resolve(true)
    if (!changed(editing)) {
      this.editing = null
      return Promise.resolve(true)
    }
    return this.enqueue(() => this.#save()).then((done) => done && this.editing === null)
  }

  /** Saves the narrative being written. Words typed meanwhile stay in the field. */
  async #save(): Promise<void> {
    const editing = this.editing
    if (!editing) return
    const text = tidy(editing.text)
    if (changed(editing)) {
      await this.backend.SetNarrative(editing.id, text)
      editing.was = text
    }
    if (this.editing === editing && !changed(editing)) this.editing = null
    await this.refresh()
  }

  wordsFor(id: string): GapWords {
    return (this.gapWords[id] ??= { text: '', matter: '' })
  }

  /** Does one thing after the other, and tells what went wrong. The answer is whether nothing did. */
  enqueue(job: () => Promise<void>): Promise<boolean> {
    const done = () => {
      this.toasts.mended()
      return true
    }
    const failed = (cause: unknown) => {
      this.toasts.wrong(wordsOf(cause))
      return false
    }
    const doing = this.#queue.then(job).then(done, failed)
    this.#queue = doing.then(() => undefined)
    return doing
  }

  /** Reads the day again, and tells whether nobody went to another day since that journey. */
  async again(journey: number): Promise<boolean> {
    await this.refresh()
    return journey === this.reading.journey
  }

  #take(view: DayView): void {
    const same = this.view?.day === view.day
    const before = same ? this.rows : []
    const opened = same ? this.mail.opened : new Set<string>()
    const looked = before.find((row) => row.id === (this.row?.of ?? this.selected))
    const edited = before.find((row) => row.id === this.editing?.id)
    const closed = rowsOf(view, this.unfolded)
    const kept = follow(looked, closed)?.draft
    if (looked?.draft && kept) kept.candidates = inPlace(looked.draft.candidates, kept.candidates)
    this.view = view
    this.mail.opened = stillOpened(opened, before, closed)
    this.mail.keep(this.rows)
    this.selected = keepSelection(before, this.rows, this.selected)
    const still = (id: string) => this.rows.some((row) => row.id === id && row.draft?.state === 'drafted')
    if (!still(this.splitting)) this.splitting = ''
    if (!still(this.merging)) this.merging = ''
    const now = (id: string) =>
      follow(
        before.find((row) => row.id === id),
        this.rows,
      )
    this.choosing = now(this.choosing)?.id ?? ''
    if (!this.choosing) this.mail.asked = undefined
    this.timing = now(this.timing)?.id ?? ''
    if (!same) {
      this.inspected = ''
      this.gapWords = {}
      this.typingInto = ''
      this.approving = false
    }
    if (!this.editing) return
    const written = follow(edited, this.rows)
    if (written?.draft?.state === 'drafted') {
      this.editing.id = written.id
      return
    }
    if (this.editing.text.trim() !== this.editing.was) this.orphan = this.editing.text.trim()
    this.editing = null
  }
}
