import type { Backend, MatterView, NotePartView } from '../../backend'
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
  #asked = 0

  constructor(
    private readonly backend: Backend,
    private readonly toasts: Toasts,
  ) {}

  show(): void {
    this.day = ''
    this.open = true
    this.backend.Matters().then(
      (matters) => (this.matters = matters),
      () => (this.matters = []), // numbers are shown in place of names
    )
    this.typed()
  }

  /** Puts the note aside. What was typed is there again when the next is begun. */
  close(): void {
    this.open = false
    this.#asked++
    clearTimeout(this.#soon)
  }

  about(day: string): void {
    this.day = day
    this.typed(0)
  }

  /** Has what was typed read, once the person pauses. */
  typed(pause = PAUSE): void {
    clearTimeout(this.#soon)
    this.#asked++
    if (this.text.trim() === '') {
      this.parts = []
      this.problem = ''
      return
    }
    this.#soon = setTimeout(() => void this.#read(), pause)
  }

  async #read(): Promise<void> {
    const mine = ++this.#asked
    try {
      const parts = await this.backend.ReadNote(this.text, this.day)
      if (mine !== this.#asked) return
      this.parts = parts
      this.problem = ''
    } catch (cause) {
      if (mine !== this.#asked) return
      this.problem = wordsOf(cause)
    }
  }

  /** Takes the note: each part becomes a draft. */
  async take(): Promise<void> {
    if (this.busy || this.text.trim() === '') return
    this.busy = true
    clearTimeout(this.#soon)
    this.#asked++
    try {
      const parts = await this.backend.TakeNote(this.text, this.day)
      this.close()
      this.text = ''
      this.parts = []
      this.toasts.done(said(parts))
    } catch (cause) {
      this.problem = wordsOf(cause)
    } finally {
      this.busy = false
    }
  }
}

/** What became of a note, in words. */
export function said(parts: readonly NotePartView[]): string {
  const drafts = parts.filter((part) => part.draft !== '').length
  if (drafts === 0) return 'Noted. Better evidence has that time already.'
  const asks = parts.some((part) => part.asks.length > 0) ? ' It asks you something.' : ''
  return `Noted: ${count(drafts, 'draft')}. U takes it back.${asks}`
}

function wordsOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
