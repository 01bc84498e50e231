import { expect, test } from 'vitest'
import { BackendError } from './backend'
import { connect } from './index'
import { plain } from './plain'

const OBEYED =
  '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u0000\u0007\u001b\r\u007f\u009b\u2028\u2029'

test('nothing in a subject is obeyed, whatever stands around it', () => {
  for (const character of OBEYED)
    for (const text of [character, `Invoice ${character}gpj.exe`, `${character}${character}a`, `שלום${character}9`]) {
      for (const each of OBEYED) expect(plain(text)).not.toContain(each)
      const seen = (s: string) => [...s].filter((c) => !OBEYED.includes(c) && !'\ufffd\u2060'.includes(c)).join('')
      expect(seen(plain(text))).toBe(seen(text))
      expect(plain(text), 'findings and phrases point into it').toHaveLength(text.length)
    }
  expect(plain('Invoice \u202egpj.exe')).toBe('Invoice \ufffdgpj.exe')
})

test('what people write stays as it is', () => {
  for (const text of ['Müller ./. Šarić', 'שלום עולם', 'مرحبا', '👩🏽‍⚖️ 1\u202f200 €', 'two\nlines\tand a tab', '']) {
    expect(plain(text)).toBe(text)
  }
})

test('every answer of the program passes here, lists in lists and refusals too', async () => {
  const subject = 'Re: \u202eexe.tnemevom\u2069\u001b[2J'
  const answers: Record<string, unknown> = {
    Day: { observed: [{ subject, with: [subject], saves: 3, busy: true, thread: null }], needs: null },
    Undo: subject,
  }
  const backend = connect({
    call: (method) =>
      method in answers ? Promise.resolve(answers[method]) : Promise.reject(new BackendError(`no ${subject}`)),
    onStale: () => () => {},
  })
  const clean = 'Re: \ufffdexe.tnemevom\ufffd\ufffd[2J'
  expect(await backend.Day('')).toEqual({
    observed: [{ subject: clean, with: [clean], saves: 3, busy: true, thread: null }],
    needs: [],
  })
  expect(await backend.Undo()).toBe(clean)
  await expect(backend.Accept('a')).rejects.toThrow(`no ${clean}`)
})
