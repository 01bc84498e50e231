/** A line that tells the person something and goes away by itself. */
export interface Toast {
  id: number
  kind: 'done' | 'wrong'
  text: string
}

const MOST = 3

/** The lines shown at the moment, newest last. */
export class Toasts {
  shown = $state.raw<readonly Toast[]>([])
  #next = 1

  /** Tells that something was done. */
  done(text: string): void {
    this.#show('done', text, 4_000)
  }

  /** Tells what went wrong; it stays long enough to be read twice. */
  wrong(text: string): void {
    this.#show('wrong', text, 5_000 + text.length * 90)
  }

  /** Takes away what went wrong: it works again. */
  mended(): void {
    this.shown = this.shown.filter((toast) => toast.kind !== 'wrong')
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }

  #show(kind: Toast['kind'], text: string, forMillis: number): void {
    const id = this.#next++
    // What was done last is what matters; what went wrong stays until it is read.
    const others = this.shown.filter((toast) => toast.text !== text && (toast.kind === 'wrong' || kind === 'wrong'))
    this.shown = [...others, { id, kind, text }].slice(-MOST)
    setTimeout(() => this.dismiss(id), forMillis)
  }
}
