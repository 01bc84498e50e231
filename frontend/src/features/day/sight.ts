import { clean } from './findings'
import type { Findings } from './findings.svelte'
import type { Row } from './rows'

/** Whether a row may be accepted without a look of its own: it is ready, and was checked and found clean. */
export function acceptable(row: Row, findings: Pick<Findings, 'known' | 'of'>): boolean {
  const waits = row.section === 'ready' && row.draft?.state === 'drafted' && !row.draft.accepted
  return waits && findings.known && clean(findings.of(row.id))
}

/** The ids of the rows that can be seen whole in the drafts column. */
export function rowsInSight(): ReadonlySet<string> {
  const column = document.querySelector('[data-drafts]')?.getBoundingClientRect()
  const rows = [...document.querySelectorAll<HTMLElement>('[data-drafts] [data-row]')]
  const seen = rows.filter((row) => {
    const box = row.getBoundingClientRect()
    return column !== undefined && box.top >= column.top - 1 && box.bottom <= column.bottom + 1
  })
  return new Set(seen.map((row) => row.dataset.row ?? ''))
}
