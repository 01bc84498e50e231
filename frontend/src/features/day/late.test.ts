import { beforeEach, describe, expect, test } from 'vitest'
import { Toasts } from '../../ui/toasts.svelte'
import { Day } from './day.svelte'
import { merge, split } from './divide'
import { AFTER, BEFORE, DAYS, HERE, Program, settled, strikeOn } from './program.fake'

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

describe('] and [ with news that comes late', () => {
  beforeEach(async () => {
    for (const d of DAYS) for (const n of [1, 2]) program.draft(`${d} ${n}`, { day: d })
    await open()
  })
  const news = () => day.refresh()

  for (const [name, order] of [
    ['as asked', (i: number) => i],
    ['the other way round', (i: number) => 2 - i],
    ['news first', (i: number) => [1, 2, 0][i] ?? i],
  ] as const)
    test.each([
      [']', AFTER],
      ['[', BEFORE],
    ])(`%s goes to %s; answers ${name}`, async (key, want) => {
      program.hold('Day')
      void news()
      strike(key)
      void news()
      await settled()
      await program.release(order)
      expect(day.view?.day).toBe(want)
      expect(day.selected).toBe(`${want} 1`)
      await news()
      expect(day.view?.day, 'and stays there').toBe(want)
    })

  test('there and back again ends here, with its own rows', async () => {
    strike(']')
    await settled()
    strike('[')
    await settled()
    expect([day.view?.day, day.row?.draft?.day]).toEqual([HERE, HERE])
  })

  test('a dialog of the day that was left is not over the next', async () => {
    program.hold('Day')
    strike(']')
    await settled()
    strike('Mod+Enter')
    day.choosing = day.selected
    day.merging = day.selected
    await settled()
    expect([day.approving, day.covered]).toEqual([true, true])
    await program.release()
    expect([day.view?.day, day.covered, day.timing]).toEqual([AFTER, false, ''])
  })

  test('words that cannot be saved hold the day, and open nothing', async () => {
    program.refuses = 'SetNarrative'
    strike('e')
    day.editing!.text = 'Other words'
    for (const key of [']', 'Mod+Enter', 's', 'g']) {
      strike(key)
      await settled()
    }
    expect([day.view?.day, day.covered, day.editing?.text]).toEqual([HERE, false, 'Other words'])
    program.refuses = ''
    strike('Mod+Enter')
    await settled()
    expect([day.approving, day.editing]).toEqual([true, null])
    expect(program.drafts.find((d) => d.id === `${HERE} 1`)?.narrative).toBe('Other words')
  })

  test('what was to open once the words are saved does not open over what one went to meanwhile', async () => {
    strike('e')
    day.editing!.text = 'Other words'
    program.hold('SetNarrative')
    strike('s')
    await settled()
    day.selected = `${HERE} 2`
    await program.release()
    await settled()
    expect([day.splitting, day.covered]).toEqual(['', false])
  })
})

describe('an answer that comes late leaves alone what was opened since', () => {
  beforeEach(async () => {
    for (const id of ['a', 'b', 'c']) program.draft(id)
    program.draft('later', { day: AFTER })
    await open()
  })

  test.each([
    ['Split', 'splitting', () => split(day, day.draft!, [])],
    ['Merge', 'merging', () => merge(day, ['a', 'b'])],
  ] as const)('%s', async (method, dialog, does) => {
    program.hold(method)
    day[dialog] = 'a'
    const doing = does()
    day[dialog] = 'c' // put aside, and opened for another
    await program.release()
    await doing
    expect(day[dialog]).toBe('c')
  })

  test.each([
    ['Split', () => split(day, day.draft!, [])],
    ['Merge', () => merge(day, ['a', 'b'])],
  ] as const)('%s selects nothing on another day', async (method, does) => {
    program.hold(method)
    const doing = does()
    await day.show(AFTER)
    await program.release()
    await doing
    expect([day.view?.day, day.selected]).toEqual([AFTER, 'later'])
  })
})
