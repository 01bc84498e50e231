import { expect, test } from 'vitest'
import { find } from './find'

const matters = ['2024-0113 Acme v. Norwood', '2025-0042 Estate of Lin', '2025-0107 Peña lease', 'Norwood appeal']
const search = (typed: string) => find(matters, typed, (m) => m)

test('every word must be there, in any order', () => {
  expect(search('lin estate')).toEqual(['2025-0042 Estate of Lin'])
  expect(search('acme lin')).toEqual([])
})

test('the start of a word beats its middle, the start of the text beats both', () => {
  expect(search('norw')).toEqual(['Norwood appeal', '2024-0113 Acme v. Norwood'])
})

test('accents and case do not matter; odd characters are plain text', () => {
  expect(search('PENA')).toEqual(['2025-0107 Peña lease'])
  expect(search('v. (')).toEqual([])
})

test('nothing typed leaves the list as it is', () => {
  expect(search('  ')).toEqual(matters)
})
