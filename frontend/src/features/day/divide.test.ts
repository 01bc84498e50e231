import { expect, test } from 'vitest'
import type { DraftView } from '../../backend'
import { added, halves, mergeable, removed, shift, splittable, type Part } from './divide'
import type { Row } from './rows'

const draft = (more: Partial<DraftView>) =>
  ({ id: 'a', billed_minutes: 72, narrative: 'Draft motion', matter: 'M1', state: 'drafted', ...more }) as DraftView
const sum = (parts: readonly Part[]) => parts.reduce((total, part) => total + part.minutes, 0)
const minutes = (parts: readonly Part[]) => parts.map((part) => part.minutes)

test('two halves come to the whole, in whole increments where it has them', () => {
  expect(minutes(halves(draft({})))).toEqual([36, 36])
  expect(minutes(halves(draft({ billed_minutes: 18 })))).toEqual([12, 6])
  expect(minutes(halves(draft({ billed_minutes: 15 })))).toEqual([9, 6])
  expect(splittable(12)).toBe(true)
  expect(splittable(11)).toBe(false)
})

test('a narrative of two tasks is parted at its semicolon', () => {
  const parts = halves(draft({ narrative: 'Draft motion; review exhibits; call client' }))
  expect(parts.map((part) => part.narrative)).toEqual(['Draft motion', 'Review exhibits; call client'])
  expect(halves(draft({})).map((part) => part.narrative)).toEqual(['Draft motion', 'Draft motion'])
})

test('whatever is pressed, the parts sum to the whole and none is less than an increment', () => {
  for (const whole of [12, 15, 18, 72, 97]) {
    let parts: readonly Part[] = halves(draft({ billed_minutes: whole }))
    let seed = whole
    for (let i = 0; i < 400; i++) {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      const at = seed % parts.length
      const what = (seed >> 8) % 6
      if (what === 4) parts = added(parts)
      else if (what === 5) parts = removed(parts, at)
      else parts = shift(parts, at, what < 2 ? 1 : -1)
      expect(sum(parts)).toBe(whole)
      expect(parts.length).toBeGreaterThanOrEqual(2)
      expect(Math.min(...minutes(parts))).toBeGreaterThanOrEqual(6)
    }
  }
})

test('changing one changes the other', () => {
  const parts = halves(draft({}))
  expect(minutes(shift(parts, 0, 1))).toEqual([42, 30])
  expect(minutes(shift(parts, 1, 1))).toEqual([30, 42])
  const three = added(parts)
  expect(minutes(three)).toEqual([18, 36, 18])
  expect(minutes(removed(three, 0))).toEqual([54, 18])
  expect(minutes(removed(three, 2))).toEqual([18, 54])
})

test('only drafts of the same matter merge, the one below first', () => {
  const row = (id: string, more: Partial<DraftView> = {}): Row => ({
    id,
    section: 'ready',
    draft: draft({ id, ...more }),
  })
  const gap = { id: 'gap:x', section: 'gap' } as Row
  const rows = [row('n'), row('a'), row('other', { matter: 'M2' }), row('b'), row('done', { state: 'approved' }), gap]
  expect(mergeable(rows, rows[1]?.draft).map((d) => d.id)).toEqual(['b', 'n'])
  expect(mergeable(rows, rows[2]?.draft)).toEqual([])
  expect(mergeable(rows, undefined)).toEqual([])
})
