import type { DraftFinding } from '../../backend'

/** A run of a narrative, with the severity of what is wrong with it; "" when nothing is. */
export interface Run {
  text: string
  severity: '' | 'error' | 'warning' | 'note'
}

const RANK = { '': 0, note: 1, warning: 2, error: 3 }
type Severity = keyof typeof RANK

/** The worst of some findings, "" when there are none. */
export function worst(findings: readonly DraftFinding[]): Severity {
  return findings.reduce<Severity>(
    (most, f) => (RANK[f.severity as Severity] > RANK[most] ? (f.severity as Severity) : most),
    '',
  )
}

/** Whether nothing worse than a note was found. */
export function clean(findings: readonly DraftFinding[]): boolean {
  return RANK[worst(findings)] < RANK.warning
}

/** The first finding whose fix one key applies. */
export function fixable(findings: readonly DraftFinding[]): DraftFinding | undefined {
  return findings.find((f) => f.fix)
}

/** A narrative cut where findings begin and end; the runs come to the whole text. What is about all of it marks nothing in it. */
export function runs(text: string, findings: readonly DraftFinding[]): Run[] {
  const spans = findings.filter((f) => f.from < f.to && f.to <= text.length && f.to - f.from < text.length)
  const cuts = [...new Set([0, text.length, ...spans.flatMap((f) => [f.from, f.to])])].sort((a, b) => a - b)
  const out: Run[] = []
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i] ?? 0, cuts[i + 1] ?? 0]
    const severity = worst(spans.filter((f) => f.from <= from && to <= f.to))
    const last = out.at(-1)
    if (last?.severity === severity) last.text += text.slice(from, to)
    else out.push({ text: text.slice(from, to), severity })
  }
  return out
}

/** "A", "A and B", "A, B and C". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
