import { describe, expect, test } from 'vitest'
import { enabled } from '../../actions/action'
import type { Backend, DayView, DraftView } from '../../backend'
import { Toasts } from '../../ui/toasts.svelte'
import { answers } from './asks'
import { Day } from './day.svelte'
import { deciding } from './deciding'

const draft = (more: Partial<DraftView>) =>
  ({
    id: 'd',
    state: 'drafted',
    matter: '2024-0113',
    billed_minutes: 12,
    narrative: 'Telephone conference',
    needs: 'it needs something',
    candidates: [],
    asks: [],
    evidence: [],
    spans: [],
    ...more,
  }) as unknown as DraftView
const ask = (...about: string[]) => about.map((a) => ({ about: a, text: `a question about ${a}` }))
const keys = (d: DraftView) => answers(d).map((answer) => answer.key)

describe('a draft that asks shows the keys that answer, by what it asks', () => {
  test.each([
    ['time', ['Enter', 'h']],
    ['words', ['Enter', 'e']],
    ['work', ['Enter', 'x']],
    ['what a later program asks about', ['Enter']],
  ])('%s', (about, want) => {
    expect(keys(draft({ asks: ask(about) }))).toEqual(want)
  })
  test('the day that a note names, and this one', () => {
    const named = answers(draft({ asks: ask('day'), asked_day: '2026-11-18' }))
    expect(named.map((a) => a.key)).toEqual(['d', 'Enter'])
    expect(named[0]?.words).toContain('18')
    expect(named[1]?.words).toBe('no, this day')
    expect(keys(draft({ asks: ask('day', 'words'), asked_day: '2026-11-18' }))).toEqual(['d', 'Enter', 'e'])
  })
  test('each once, when it asks several things', () => {
    expect(keys(draft({ asks: ask('words', 'time', 'words') }))).toEqual(['Enter', 'e', 'h'])
  })
})

test('what it lacks comes before what it asks', () => {
  const all = { asks: ask('words'), matter: '', billed_minutes: 0, narrative: '' }
  expect(keys(draft(all))).toEqual(['m'])
  expect(keys(draft({ ...all, matter: 'M' }))).toEqual(['h'])
  expect(keys(draft({ ...all, matter: 'M', billed_minutes: 6 }))).toEqual(['e'])
  expect(keys(draft({ needs: 'matter M is closed; reopen it or choose another' }))).toEqual(['m'])
  expect(keys(draft({ needs: '' }))).toEqual([])
})

test('likely matters have their numbers, three at most', () => {
  const candidates = ['A', 'B', 'C', 'D'].map((matter) => ({
    matter,
    name: `${matter} v. Z`,
    confidence: 0,
    reasons: [],
  }))
  expect(answers(draft({ matter: '', candidates })).map((a) => `${a.key} ${a.words}`)).toEqual([
    '1 A v. Z',
    '2 B v. Z',
    '3 C v. Z',
    'm another',
  ])
})

// A key that is shown must do something when it is struck, whatever the draft wants.
test('every key that a row shows is a key of the page for that row', () => {
  const some = <T>(...of: T[]) => of
  const likely = ['A', 'B'].map((matter) => ({ matter, name: matter, confidence: 0.4, reasons: [] }))
  for (const matter of some('', 'M'))
    for (const billed_minutes of some(0, 6, 12))
      for (const narrative of some('', 'Call'))
        for (const asks of some(
          ask(),
          ask('time'),
          ask('day'),
          ask('day', 'words'),
          ask('words', 'work'),
          ask('work', 'time', 'words'),
        ))
          for (const candidates of some([], likely)) {
            const asked_day = asks.some((a) => a.about === 'day') ? '2026-11-18' : undefined
            const d = draft({ matter, billed_minutes, narrative, asks, candidates, asked_day })
            const day = new Day({} as Backend, new Toasts())
            day.view = { needs: [d], gaps: [], ready: [], done: [], folded: [], summary: {} } as unknown as DayView
            day.selected = d.id
            expect(answers(d)).not.toEqual([])
            for (const { key } of answers(d)) {
              const does = deciding(day).filter((a) => a.keys.includes(key) && enabled(a))
              expect(does, `${key} on ${JSON.stringify(d)}`).toHaveLength(1)
            }
          }
})
