import { beforeEach, describe, expect, test } from 'vitest'
import { Toasts } from '../../ui/toasts.svelte'
import { Day } from './day.svelte'
import { explain } from './exceptions'
import { at, BEFORE, DAYS, Program, settled, strikeOn } from './program.fake'

let program: Program
let day: Day

async function open(): Promise<void> {
  day = new Day(program.backend(), new Toasts())
  await day.show('')
}
const strike = (key: string) => strikeOn(day, key)

beforeEach(() => {
  program = new Program()
})

describe('where one is after each decision', () => {
  beforeEach(async () => {
    const asks = [{ about: 'day', text: 'Was it done on 2026-11-18?' }]
    program.draft('n1', { matter: '', candidates: [{ matter: 'M1', name: 'M1', confidence: 0.4, reasons: [] }] })
    program.draft('n2', { asks, asked_day: BEFORE })
    program.draft('r1')
    program.draft('r2')
    program.draft('gone', { state: 'discarded' })
    program.draft('there', { day: BEFORE })
    await open()
    day.unfolded = true
  })

  test.each([
    ['1', 'n1', 'SetMatter', 'n2'],
    ['d', 'n2', 'TakeDay', 'r1'],
    ['Enter', 'n2', 'Accept', 'r1'],
    ['x', 'n1', 'Discard', 'n2'],
    ['x', 'n2', 'Discard', 'r1'],
    ['Enter', 'r1', 'Accept', 'r2'],
    ['x', 'r1', 'Discard', 'r2'],
    ['x', 'r2', 'Discard', 'n1'], // the last: round to what was passed over
    ['p', 'r1', 'SetPrivate', 'r2'],
    ['+', 'r1', 'SetMinutes', 'r1'],
    ['-', 'r1', 'SetMinutes', 'r1'],
    ['Shift+e', 'r1', 'SafeWording', 'r1'],
    ['r', 'gone', 'Restore', 'gone'],
  ])('%s on %s: %s, then on %s', async (key, on, method, then) => {
    day.select(on)
    strike(key)
    await settled()
    expect(program.decided).toEqual([[method, on]])
    expect(day.selected).toBe(then)
  })

  test('undo brings the draft back, and what is selected stays', async () => {
    day.select('r1')
    strike('x')
    await settled()
    strike('u')
    await settled()
    expect(day.rows.map((row) => row.id)).toEqual(['n1', 'n2', 'r1', 'r2', 'gone'])
    expect(day.selected).toBe('r2')
  })

  test('a refusal moves nothing', async () => {
    program.refuses = 'Discard'
    day.select('r1')
    strike('x')
    await settled()
    expect([day.selected, day.rows.length, day.toasts.shown[0]?.text]).toEqual(['r1', 5, 'The disk is full'])
  })

  test('keys struck faster than answers come go down the list, each row once', async () => {
    program.hold('Accept')
    day.select('r1')
    strike('Enter')
    strike('Enter')
    await settled()
    await program.release()
    expect(program.decided).toEqual([
      ['Accept', 'r1'],
      ['Accept', 'r2'],
    ])
  })

  test('a matter is for the row that it was chosen for, and for no other that comes under the cursor', async () => {
    program.hold('Discard')
    day.select('n1')
    strike('x')
    strike('1')
    await settled()
    await program.release()
    await settled()
    expect(program.decided).toEqual([['Discard', 'n1']])
  })
})

test('filling a gap selects its draft: the next key is about that work', async () => {
  const gap = { start: at(11), end: at(12), seconds: 3600 }
  program.draft('other client')
  program.gaps = [gap]
  await open()
  const id = `gap:${gap.start}`
  day.select(id)
  day.wordsFor(id).text = 'Call with the clerk'
  program.hold('Explain')
  explain(day, id)
  await settled()
  await program.release()
  await settled()
  strike('x')
  await settled()
  expect(program.decided).toEqual([
    ['Explain', gap.start],
    ['Discard', `filled ${gap.start}`],
  ])
})

test('tied candidates keep their keys while news comes, and the key takes the one that it was shown with', async () => {
  const of = (...names: string[]) => names.map((matter) => ({ matter, name: matter, confidence: 0.4, reasons: [] }))
  const lost = program.draft('n', { matter: '', candidates: of('M1', 'M2') })
  await open()
  const shown = day.open?.candidates[0]?.matter
  lost.candidates = of('M2', 'M1')
  await day.refresh()
  strike('1')
  await settled()
  expect([shown, program.drafts[0]?.matter]).toEqual(['M1', 'M1'])
})

// Whatever is struck, and in whatever order the answers come: a row is selected as long as there is one, what is decided
// is on the day that the page shows, and no words are lost.
test.each(Array.from({ length: 60 }, (_, i) => i + 1))('keys and late answers in any order, %i', async (seed) => {
  let state = seed
  const pick = (n: number) => (state = (state * 48271) % 2147483647) % n
  for (const d of DAYS) for (const n of [1, 2, 3]) program.draft(`${d} ${n}`, { day: d, matter: n === 1 ? '' : 'M' })
  await open()
  for (let i = 0; i < 25; i++) {
    const decided = program.decided.length
    const key = ['j', 'k', 'x', '+', 'Enter', '[', ']', 'u', 'news', 'p'][pick(10)] ?? 'j'
    if (pick(3) === 0) program.hold('Day')
    const shown = day.view?.day
    if (key === 'news') void day.refresh()
    else strike(key)
    day.choosing = ''
    await settled()
    for (const [, id] of program.decided.slice(decided)) expect(id.slice(0, 10)).toBe(shown)
    const turned = pick(2) === 0
    const n = program.waiting
    await program.release(turned ? (at) => n - 1 - at : undefined)
    await settled()
    if (day.rows.length > 0) expect(day.row, `after ${key}`).toBeDefined()
    for (const row of day.rows) if (row.draft) expect(row.draft.day).toBe(day.view?.day)
  }
})
