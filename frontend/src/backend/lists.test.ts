import { expect, test } from 'vitest'
import { withLists } from './lists'

test('null becomes an empty list wherever a list belongs', () => {
  expect(withLists('Sources', null)).toEqual([])
  expect(withLists('Day', { gaps: null, needs: [{ reasons: null, evidence: ['a'] }], can_undo: '' })).toEqual({
    gaps: [],
    needs: [{ reasons: [], evidence: ['a'] }],
    can_undo: '',
  })
})

test('what is not a list stays as it is', () => {
  expect(withLists('Undo', 'the discard')).toBe('the discard')
  expect(withLists('Accept', null)).toBe(null)
  expect(withLists('Day', { rate: null })).toEqual({ rate: null })
})
