import { describe, expect, test } from 'vitest'
import type { DraftView } from '../../backend'
import { afterAction, follow, keepSelection, moved, type Row, type Section } from './rows'

const row = (id: string, section: Section = 'ready', more: Partial<DraftView> = {}): Row => ({
  id,
  section,
  draft: { id, accepted: false, evidence: [], ...more } as unknown as DraftView,
})
const rows = (...ids: string[]) => ids.map((id) => row(id))

describe('when the day is read again', () => {
  test('the same draft stays selected wherever it went', () => {
    expect(keepSelection(rows('a', 'b', 'c'), rows('c', 'a', 'b'), 'b')).toBe('b')
  })
  test('a draft drawn up anew from the same evidence stays selected', () => {
    const before = [row('a'), row('b', 'ready', { evidence: ['o1', 'o2'] })]
    const after = [row('a'), row('x', 'ready', { evidence: ['o2'] })]
    expect(keepSelection(before, after, 'b')).toBe('x')
    expect(follow(before[1], after)?.id).toBe('x')
  })
  test('a draft that is gone gives way to the one below, else above', () => {
    expect(keepSelection(rows('a', 'b', 'c'), rows('a', 'c'), 'b')).toBe('c')
    expect(keepSelection(rows('a', 'b'), rows('a'), 'b')).toBe('a')
  })
  test('a first look starts with what needs the person', () => {
    const after = [row('done', 'done'), row('open', 'need')]
    expect(keepSelection([], after, '')).toBe('open')
    expect(keepSelection([], [], '')).toBe('')
  })
})

describe('after something was done', () => {
  test('accepting moves to the next open draft', () => {
    const after = [row('a', 'ready', { accepted: true }), row('b', 'ready', { accepted: true }), row('c')]
    expect(afterAction(rows('a', 'b', 'c'), after, 'a')).toBe('c')
  })
  test('assigning moves on although the draft went down to the ready ones', () => {
    const before = [row('n1', 'need'), row('n2', 'need'), row('r')]
    const after = [row('n2', 'need'), row('n1'), row('r')]
    expect(afterAction(before, after, 'n1')).toBe('n2')
  })
  test('it wraps to what was passed over', () => {
    const before = [row('n1', 'need'), row('r')]
    expect(afterAction(before, [row('n1', 'need'), row('r', 'ready', { accepted: true })], 'r')).toBe('n1')
  })
  test('with nothing left open it stays near', () => {
    const done = [row('a', 'ready', { accepted: true }), row('b', 'ready', { accepted: true })]
    expect(afterAction(rows('a', 'b'), done, 'b')).toBe('b')
    expect(afterAction(rows('a', 'b'), [], 'b')).toBe('')
  })
})

test('moving stops at both ends', () => {
  expect(moved(rows('a', 'b'), 'a', 1)).toBe('b')
  expect(moved(rows('a', 'b'), 'b', 1)).toBe('b')
  expect(moved(rows('a', 'b'), 'a', -1)).toBe('a')
  expect(moved(rows('a', 'b'), '', 1)).toBe('a')
  expect(moved([], '', 1)).toBe('')
})
