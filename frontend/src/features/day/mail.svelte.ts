import { isGathered } from './gathered'
import type { Row } from './rows'
import type { DraftView } from '../../backend'

/** Messages of one draft that are decided about by themselves. */
export interface Taking {
  draft: DraftView
  ids: readonly string[]
}

/** Which rows of a day's mail are open, and which messages of one of them are chosen to be decided about together. */
export class Mail {
  opened = $state.raw<ReadonlySet<string>>(new Set())
  chosen = $state.raw<ReadonlySet<string>>(new Set()) // observations, all within one row
  anchor = '' // the row at which a range of messages began
  asked = $state.raw<Taking | undefined>() // what a matter is being chosen for, when it is not a whole row

  open(...rows: string[]): void {
    this.opened = new Set([...this.opened, ...rows])
  }

  close(row: string): void {
    this.opened = new Set([...this.opened].filter((id) => id !== row))
  }

  /** Chooses these messages and no others. */
  choose(messages: Iterable<string>): void {
    this.chosen = new Set(messages)
  }

  /** Lets go of what is no longer to be seen, or no longer in the row that the first of the chosen stands in. */
  keep(rows: readonly Row[]): void {
    const seen = rows.filter((row) => row.message && this.chosen.has(row.message.id))
    const together = seen.filter((row) => row.of === seen[0]?.of)
    if (together.length !== this.chosen.size) this.choose(together.map((row) => row.message?.id ?? ''))
  }

  /** The chosen ones of these messages. */
  among(messages: readonly string[]): string[] {
    return messages.filter((id) => this.chosen.has(id))
  }

  /** What a key decides about: the chosen messages of the row that one is on or within, else the one that one is on. */
  taking(row: Row | undefined, within: Row | undefined): Taking | undefined {
    const draft = (row?.of ? within : row)?.draft
    if (!draft || !isGathered(draft)) return undefined
    const chosen = this.among(draft.evidence)
    const ids = chosen.length > 0 ? chosen : row?.message ? [row.message.id] : []
    return ids.length > 0 ? { draft, ids } : undefined
  }

  /** The folded messages that a key decides about: the chosen ones of the sender, else the one, else all of the sender. */
  unfolding(row: Row | undefined, within: Row | undefined): readonly string[] {
    const fold = row?.fold ?? (row?.message && within?.fold)
    if (!fold) return []
    const chosen = this.among(fold.observations)
    if (chosen.length > 0) return chosen
    return row?.message ? [row.message.id] : fold.observations
  }
}
