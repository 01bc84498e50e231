import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Backend, CandidateView, DayView, DraftView, GapView } from '../../backend'
import type { Toasts } from '../../ui/toasts.svelte'
import { Day } from './day.svelte'
import { deciding } from './deciding'
import { explain } from './exceptions'
import { accept, discard } from './verbs'

const MORNING = { start: '2026-11-19T09:00:00Z', end: '2026-11-19T10:00:00Z' }
const NOON = { start: '2026-11-19T11:30:00Z', end: '2026-11-19T12:30:00Z' }

const draft = (id: string, more: Partial<DraftView> = {}) =>
  ({
    id,
    state: 'drafted',
    matter: '',
    needs: 'it has no matter',
    narrative: `Narrative of ${id}`,
    billed_minutes: 12,
    evidence: [`of-${id}`],
    candidates: [],
    spans: [MORNING],
    asks: [],
    ...more,
  }) as unknown as DraftView
const on = (day: string, drafts: DraftView[] = [], gaps: GapView[] = []) =>
  ({
    day,
    needs: drafts,
    gaps,
    ready: [],
    done: [],
    observed: [],
    folded: [],
    matters: [],
    summary: { ready_count: 1 },
  }) as unknown as DayView
const candidate = (matter: string, confidence = 0.4) =>
  ({ matter, name: matter, confidence, reasons: [] }) as CandidateView

const backend = {
  Day: vi.fn<(day: string) => Promise<DayView>>(),
  CheckDay: () => Promise.resolve({ findings: [], guidelines: [], problems: [] }),
  SetNarrative: vi.fn<(id: string, text: string) => Promise<void>>(),
  Accept: vi.fn<(id: string) => Promise<void>>(),
  Discard: vi.fn<(id: string) => Promise<void>>(),
  Explain: vi.fn<() => Promise<void>>(),
}
const toasts = { done: vi.fn(), wrong: vi.fn(), mended: vi.fn() }
let day: Day

beforeEach(() => {
  vi.resetAllMocks()
  day = new Day(backend as unknown as Backend, toasts as unknown as Toasts)
})

const settle = () => new Promise((resolve) => setTimeout(resolve))
const run = (id: string) =>
  deciding(day)
    .find((action) => action.id === id)
    ?.run()

/** Calls whose answers come when, and in the order that, the test wants. */
function asked() {
  const answers: { day: string; resolve: (view: DayView) => void; reject: (cause: Error) => void }[] = []
  backend.Day.mockImplementation(
    (name) => new Promise((resolve, reject) => void answers.push({ day: name, resolve, reject })),
  )
  const all = (order: number[]) => {
    for (const i of order) {
      const question = answers[i]
      question?.resolve(on(question.day === '' ? 'A' : question.day))
    }
    return settle()
  }
  return { answers, all }
}

describe('the day gone to last is the day shown', () => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]
  const news = () => void day.refresh()
  const goTo = (name: string) => () => void day.show(name)
  const stories: Record<string, (() => void)[]> = {
    'news after the key': [goTo('B'), news, news],
    'news before the key': [news, goTo('B'), news],
    'news before, and the key at once': [news, news, goTo('B')],
    'two days on': [goTo('C'), goTo('B'), news],
    'there and back': [goTo('A'), news, goTo('B')],
  }
  for (const [name, story] of Object.entries(stories))
    for (const order of orders)
      test(`${name}; the answers come as ${order.join(', ')}`, async () => {
        backend.Day.mockResolvedValue(on('A'))
        await day.show('')
        const { answers, all } = asked()
        for (const step of story) {
          step()
          await settle()
        }
        await all(order)
        expect([answers.length, day.view?.day]).toEqual([3, 'B'])
      })

  test('a day that cannot be read leaves the one shown', async () => {
    backend.Day.mockResolvedValue(on('A'))
    await day.show('')
    backend.Day.mockRejectedValueOnce(new Error('no'))
    await day.show('B')
    await day.refresh()
    expect([day.view?.day, backend.Day.mock.lastCall]).toEqual(['A', ['A']])
  })

  test('what was done on the day before selects nothing on the next', async () => {
    backend.Day.mockImplementation((name) =>
      Promise.resolve(on(name || 'A', name === 'B' ? [draft('b1'), draft('b2')] : [draft('a1'), draft('a2')])),
    )
    await day.show('A')
    let done = () => {}
    backend.Discard.mockReturnValue(new Promise((resolve) => (done = resolve)))
    discard(day)
    await day.show('B')
    day.select('b2')
    done()
    await settle()
    expect([day.view?.day, day.selected]).toEqual(['B', 'b2'])
  })

  test('a key struck on one day does nothing to the next', async () => {
    backend.Day.mockImplementation((name) => Promise.resolve(on(name, [draft(`of-${name}`), draft(`too-${name}`)])))
    await day.show('A')
    let done = () => {}
    backend.Accept.mockReturnValue(new Promise((resolve) => (done = resolve)))
    day.select('of-A')
    accept(day)
    discard(day)
    await day.show('B')
    done()
    await settle()
    expect([day.view?.day, backend.Discard.mock.calls]).toEqual(['B', []])
  })
})

describe('nothing that rests on words goes on when they cannot be saved', () => {
  beforeEach(async () => {
    backend.Day.mockImplementation((name) => Promise.resolve(on(name || 'A', [draft('a'), draft('b')])))
    await day.show('A')
    day.select('a')
    day.startEditing()
    if (day.editing) day.editing.text = 'What was typed'
    backend.SetNarrative.mockRejectedValue(new Error('the disk is full'))
  })
  const kept = () => {
    expect(day.editing).toMatchObject({ id: 'a', text: 'What was typed' })
    expect(toasts.wrong).toHaveBeenCalledWith('The disk is full')
  }

  test('approving', async () => {
    await run('approve')
    expect(day.approving).toBe(false)
    kept()
    backend.SetNarrative.mockResolvedValue()
    await run('approve')
    expect([day.approving, day.editing]).toEqual([true, null])
  })
  test('splitting and merging', async () => {
    await run('split')
    await run('merge')
    expect([day.splitting, day.merging]).toEqual(['', ''])
    kept()
  })
  test('going to another day', async () => {
    await day.show('B')
    expect(day.view?.day).toBe('A')
    kept()
  })
  test('accepting or discarding the draft', async () => {
    accept(day)
    discard(day)
    await settle()
    expect(backend.Accept.mock.calls.length + backend.Discard.mock.calls.length).toBe(0)
    kept()
  })
  test('writing another', async () => {
    day.select('b')
    day.startEditing()
    await settle()
    kept()
  })

  test('words typed while others are saved are not lost', async () => {
    let saved = () => {}
    backend.SetNarrative.mockReturnValue(new Promise((resolve) => (saved = resolve)))
    const saving = day.finishTyping()
    await settle()
    if (day.editing) day.editing.text += ' and more'
    saved()
    expect(await saving).toBe(false)
    expect(day.editing?.text).toBe('What was typed and more')
  })
})

describe('after a gap was filled', () => {
  const gap = { ...NOON, seconds: 3600 }
  const said = { narrative: 'Call', spans: [NOON] }
  for (const [name, after, want] of [
    [
      'the new draft is selected',
      [draft('a'), draft('other', { spans: [MORNING] }), draft('new', said), draft('z')],
      'new',
    ],
    ['the draft that took it in is selected', [draft('a', { spans: [MORNING, NOON] }), draft('z')], 'a'],
  ] as const)
    test(name, async () => {
      backend.Day.mockResolvedValueOnce(on('A', [draft('a'), draft('z')], [gap]))
      await day.show('A')
      const id = `gap:${gap.start}`
      day.select(id)
      day.wordsFor(id).text = 'Call'
      backend.Day.mockResolvedValue(on('A', [...after]))
      backend.Explain.mockResolvedValue()
      explain(day, id)
      await settle()
      expect(day.selected).toBe(want)
    })
})

test('while a draft stays selected, no candidate takes the place of another', async () => {
  const matters = () => day.open?.candidates.map((c) => c.matter)
  const show = (id: string, ...names: string[]) => {
    const candidates = names.map((name) => candidate(name))
    backend.Day.mockResolvedValueOnce(on('A', [draft(id, { evidence: ['o'], candidates }), draft('b')]))
    return day.refresh()
  }
  await show('a', 'M1', 'M2')
  await show('a', 'M2', 'M1')
  expect(matters()).toEqual(['M1', 'M2'])
  await show('a', 'M3', 'M2')
  expect(matters(), 'one that nothing speaks for any more keeps its key').toEqual(['M1', 'M2', 'M3'])
  await show('drawn-anew', 'M3', 'M2', 'M1')
  expect(matters()).toEqual(['M1', 'M2', 'M3'])
  day.select('b')
  await show('drawn-anew', 'M3', 'M1')
  day.select('drawn-anew')
  expect(matters(), 'it was left: the best comes first').toEqual(['M3', 'M1'])
})
