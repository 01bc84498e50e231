import { expect, test } from 'vitest'
import { pausedWords, pauseLeft } from './pause'

test('the pill says until when', () => {
  expect(pausedWords('2026-11-19T18:00:00-05:00')).toBe('Paused until 18:00')
  expect(pausedWords('resumed')).toBe('Paused until you resume')
})

test('a pause with an end is over by itself, any other is not', () => {
  const now = Date.parse('2026-11-19T17:59:00-05:00')
  expect(pauseLeft('2026-11-19T18:00:00-05:00', now)).toBe(60_000)
  expect(pauseLeft('2026-11-19T17:00:00-05:00', now)).toBe(0)
  expect(pauseLeft('resumed', now)).toBe(undefined)
  expect(pauseLeft('', now)).toBe(undefined)
})
