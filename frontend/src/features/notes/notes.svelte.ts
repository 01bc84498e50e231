import { Latest, type Backend, type MatterView, type NotePartView } from '../../backend'
import { count } from '../../format/duration'
import type { Toasts } from '../../ui/toasts.svelte'

const PAUSE = 150 // ms without a key before what was typed is read

/** A note being typed: the line, the day it is about, and how the program understands it so far. */
export class Notes {
  open = $state(false)
  text = $state('')
  day = $state('') // "" is today
  parts = $state.raw<readonly NotePartView[]>([])
  problem = $state('')
  matters = $state.raw<readonly MatterView[]>([])
  busy = $state(false)

  #soon: ReturnType<typeof setTimeout> | undefined
  readonly #line = new Latest() // what is typed, as the program understands it
  readonly #names = new Latest()
  readonly #opening = new Latest() // the dialog, each time that it is shown

  constructor(
    private readonly backend: Backend,
    private readonly toasts: Toasts,
  ) {}

  show(): void {
    this.day = ''
    this.open = true
    this.#opening.drop()
    void this.#names.ask(
      () => this.backend.Matters(),
      (matters) => (this.matters = matters),
      () => (this.matters = []), // numbers are shown in place of names
    )
    this.typed()
  }

  /** Puts the note aside. What was typed is there again when the next is begun. */
  close(): void {
    this.open = false
    this.#opening.drop()
    this.#rest()
  }

  about(day: string): void {
    this.day = day
    this.typed(0)
  }

  /** Has what was typed read, once the person pauses. */
  typed(pause = PAUSE): void {
    this.#rest()
    if (this.text.trim() === '') {
      this.parts = []
      this.problem = ''
      return
    }
    this.#soon = setTimeout(() => void this.#read(), pause)
  }

  #read(): Promise<boolean> {
    return this.#line.ask(
      () => this.backend.ReadNote(this.text, this.day),
      (parts) => {
        this.parts = parts
        this.problem = ''
      },
      (cause) => (this.problem = wordsOf(cause)),
    )
  }

  #rest(): void {
    clearTimeout(this.#soon)
    this.#line.drop()
  }

  /** Takes the note: each part becomes a draft. Words typed meanwhile are another note, and stay. */
  async take(): Promise<void> {
    const text = this.text
    if (this.busy || text.trim() === '') return
    this.busy = true
    this.#rest()
    const here = this.#opening.begin()
    try {
      const parts = await this.backend.TakeNote(text, this.day)
      if (this.text === text) {
        this.text = ''
        this.parts = []
        if (here()) this.close()
      }
      this.toasts.done(said(parts))
    } catch (cause) {
      if (here()) this.problem = wordsOf(cause)
      else this.toasts.wrong(wordsOf(cause))
    } finally {
      this.busy = false
    }
  }
}

/** What became of a note, in words; what its only open question is, when there is one. */
export function said(parts: readonly NotePartView[]): string {
  const drafts = parts.filter((part) => part.draft !== '').length
  if (drafts === 0) return 'Noted. Better evidence has that time already.'
  const noted = `Noted: ${count(drafts, 'draft')}. U takes it back.`
  const needs = parts.map((part) => part.needs).filter(Boolean)
  if (needs.length === 1) return `${noted} ${upper(needs[0] ?? '')}${/[.?]$/.test(needs[0] ?? '') ? '' : '.'}`
  return needs.length > 0 || parts.some((part) => part.asks.length > 0) ? `${noted} They ask you something.` : noted
}

function wordsOf(cause: unknown): string {
  return upper(cause instanceof Error ? cause.message : String(cause))
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
