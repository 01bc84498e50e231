import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Action } from './action'
import { Keyboard, pick } from './dispatch'
import { caps } from '../ui/caps'
import { strokeName, StrokeReader, type Stroke } from './keys'

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})
const action = (id: string, keys: string[], more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  group: 'Test',
  keys,
  run: () => {},
  ...more,
})
const page = { typing: false, pressable: false }

test('strokes have one name on every keyboard', () => {
  expect(strokeName(stroke('J'))).toBe('j')
  expect(strokeName(stroke('?', { shiftKey: true }))).toBe('?')
  expect(strokeName(stroke('+', { shiftKey: true }))).toBe('+')
  expect(strokeName(stroke('='))).toBe('+')
  expect(strokeName(stroke(' '))).toBe('Space')
  expect(strokeName(stroke('Enter', { ctrlKey: true }))).toBe('Mod+Enter')
  expect(strokeName(stroke('k', { metaKey: true }))).toBe('Mod+k')
  expect(strokeName(stroke('Tab', { shiftKey: true }))).toBe('Shift+Tab')
})

test('two keys in a row are a sequence only when the second follows soon', () => {
  const reader = new StrokeReader(1000)
  expect(reader.read(stroke('g'), 0)).toEqual(['g'])
  expect(reader.read(stroke('d'), 400)).toEqual(['g d', 'd'])
  reader.reset()
  expect(reader.read(stroke('d'), 500)).toEqual(['d'])
  reader.read(stroke('g'), 1000)
  expect(reader.read(stroke('p'), 2500)).toEqual(['p'])
})

test('g then p goes to a page and does not mark the draft private', () => {
  const actions = [action('private', ['p']), action('posting', ['g p'])]
  expect(pick(actions, ['g p', 'p'], page)?.id).toBe('posting')
  expect(pick(actions, ['p'], page)?.id).toBe('private')
})

test('an action that cannot be done now leaves its key to another', () => {
  const actions = [action('restore', ['Enter'], { when: () => false }), action('accept', ['Enter'])]
  expect(pick(actions, ['Enter'], page)?.id).toBe('accept')
})

test('letters typed into a field are text', () => {
  const actions = [action('discard', ['x']), action('palette', ['Mod+k'], { whileTyping: true })]
  const typing = { typing: true, pressable: false }
  expect(pick(actions, ['x'], typing)).toBeUndefined()
  expect(pick(actions, ['Mod+k'], typing)?.id).toBe('palette')
})

test('Enter on a button presses the button', () => {
  const actions = [action('accept', ['Enter']), action('discard', ['x'])]
  const button = { typing: false, pressable: true }
  expect(pick(actions, ['Enter'], button)).toBeUndefined()
  expect(pick(actions, ['x'], button)?.id).toBe('discard')
})

test('caps are shown as they are printed', () => {
  expect(caps('Mod+Enter', true)).toEqual(['⌘↵'])
  expect(caps('Mod+Enter', false)).toEqual(['Ctrl ↵'])
  expect(caps('g d', false)).toEqual(['G', 'D'])
  expect(caps('+', false)).toEqual(['+'])
  expect(caps('Mod++', true)).toEqual(['⌘+'])
})

describe('a key that means something and begins a sequence', () => {
  const ran: string[] = []
  const does = (id: string, keys: string[], more: Partial<Action> = {}) =>
    action(id, keys, { run: () => void ran.push(id), ...more })
  const press = (keyboard: Keyboard, key: string, at = 0) =>
    keyboard.handle({
      ...stroke(key),
      timeStamp: at,
      preventDefault: () => {},
      target: null,
    } as unknown as KeyboardEvent)
  let merging = true
  const actions = [
    does('merge', ['g'], { when: () => merging }),
    does('posting', ['g p']),
    does('private', ['p']),
    does('discard', ['x']),
  ]

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('Element', function Element() {})
    ran.length = 0
    merging = true
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('means itself when nothing follows', () => {
    press(new Keyboard(() => actions), 'g')
    expect(ran).toEqual([])
    vi.advanceTimersByTime(500)
    expect(ran).toEqual(['merge'])
  })
  test('is the sequence when that is finished', () => {
    const keyboard = new Keyboard(() => actions)
    press(keyboard, 'g', 0)
    press(keyboard, 'p', 200)
    vi.advanceTimersByTime(2000)
    expect(ran).toEqual(['posting'])
  })
  test('means itself at once when another key follows, and both are heard', () => {
    const keyboard = new Keyboard(() => actions)
    press(keyboard, 'g', 0)
    press(keyboard, 'x', 100)
    vi.advanceTimersByTime(2000)
    expect(ran).toEqual(['merge', 'discard'])
  })
  test('only begins the sequence where it has no meaning', () => {
    merging = false
    const keyboard = new Keyboard(() => actions)
    press(keyboard, 'g', 0)
    press(keyboard, 'p', 900)
    expect(ran).toEqual(['posting'])
  })
})

test('a letter with Shift is its own key, and else the letter', () => {
  const reader = new StrokeReader()
  expect(reader.read(stroke('A', { shiftKey: true }), 0)).toEqual(['Shift+a', 'a'])
  const actions = [action('all', ['Shift+a']), action('down', ['j'])]
  expect(pick(actions, ['Shift+a', 'a'], page)?.id).toBe('all')
  expect(pick(actions, ['Shift+j', 'j'], page)?.id).toBe('down')
  expect(caps('Shift+a', false)).toEqual(['⇧ A'])
})
