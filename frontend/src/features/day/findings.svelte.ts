import { Latest, type Backend, type DraftFinding, type DraftView, type GuidelineInView } from '../../backend'

const PAUSE = 150 // ms without a key before what was typed is checked

/** What the guidelines say of the day's drafts, and of the narrative being typed. */
export class Findings {
  typed = $state.raw<readonly DraftFinding[]>([]) // on the narrative being typed
  words = $state('') // the narrative that those are about
  problems = $state.raw<readonly string[]>([])
  known = $state(false) // the day was checked as it is now

  #of = $state.raw<ReadonlyMap<string, readonly DraftFinding[]>>(new Map())
  #guidelines = $state.raw<readonly GuidelineInView[]>([])
  #soon: ReturnType<typeof setTimeout> | undefined
  readonly #day = new Latest()
  readonly #typing = new Latest()

  constructor(private readonly backend: Pick<Backend, 'CheckDay' | 'CheckDraft'>) {}

  /** What was found on a draft as it is stored. */
  of(id: string): readonly DraftFinding[] {
    return this.#of.get(id) ?? []
  }

  /** The titles of what a draft was checked against. */
  against(draft: DraftView): string[] {
    return this.#guidelines.filter((g) => holds(g, draft)).map((g) => g.title)
  }

  /** Checks a day. Until the answer is there, nothing counts as clean. */
  async read(day: string): Promise<void> {
    this.known = false
    await this.#day.ask(
      () => this.backend.CheckDay(day),
      (answer) => {
        this.#of = byDraft(answer.findings)
        this.#guidelines = answer.guidelines
        this.problems = answer.problems
        this.known = true
      },
      () => (this.#of = new Map()), // unknown: nothing is shown, and nothing is clean
    )
  }

  /** Checks what is being typed, once the person pauses. */
  type(id: string, narrative: string): void {
    clearTimeout(this.#soon)
    this.#typing.drop() // what was found is about other words
    const check = () =>
      this.#typing.ask(
        () => this.backend.CheckDraft(id, narrative),
        (found) => this.#found(found, narrative),
        () => this.#found([], narrative),
      )
    this.#soon = setTimeout(() => void check(), PAUSE)
  }

  /** Forgets what was typed. What is known of the draft's own narrative holds until there are other words. */
  rest(id = '', narrative = ''): void {
    clearTimeout(this.#soon)
    this.#typing.drop()
    this.#found(this.of(id), narrative)
  }

  #found(typed: readonly DraftFinding[], narrative: string): void {
    this.typed = typed
    this.words = narrative
  }
}

function byDraft(findings: readonly DraftFinding[]): ReadonlyMap<string, readonly DraftFinding[]> {
  const of = new Map<string, DraftFinding[]>()
  for (const f of findings) of.set(f.draft, [...(of.get(f.draft) ?? []), f])
  return of
}

/** Whether a guideline is for a draft's matter or client, on its day. It only decides what is named, not what is checked. */
function holds(g: GuidelineInView, draft: DraftView): boolean {
  if ((g.from !== '' && draft.day < g.from) || (g.until !== '' && draft.day > g.until)) return false
  if (g.matters.length > 0) return g.matters.includes(draft.matter)
  if (g.clients.length > 0) return g.clients.some((client) => client.toLowerCase() === draft.client.toLowerCase())
  return true
}
