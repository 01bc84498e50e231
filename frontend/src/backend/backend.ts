import type { Methods } from './types'

/** What the program says has gone stale; the page asks for it again. */
export type Topic = 'drafts' | 'observations' | 'matters' | 'outbox' | 'sources' | 'settings' | 'timers'

/** The program behind the page: what may be asked, and what it tells unasked. */
export interface Backend extends Methods {
  /** Calls back with each topic that goes stale, until the returned function is called. */
  onStale(tell: (topic: Topic) => void): () => void
}

/** What went wrong, in words for the person. */
export class BackendError extends Error {
  override name = 'BackendError'
}

/** A way to reach the program. */
export interface Transport {
  call(method: keyof Methods, args: unknown[]): Promise<unknown>
  onStale(tell: (topic: Topic) => void): () => void
}
