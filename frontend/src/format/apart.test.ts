import { expect, test } from 'vitest'
import { apart } from './apart'

test('a name from right to left keeps its direction to itself', () => {
  expect(apart('Rivera')).toBe('Rivera')
  expect([apart('כהן'), apart('مرحبا')]).toEqual(['\u2068כהן\u2069', '\u2068مرحبا\u2069'])
})
