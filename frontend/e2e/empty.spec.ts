import { afterAll, beforeAll, describe, test } from 'vitest'
import { start, startable, type Running } from './program'
import { accessible, open, shot, type Opened } from './window'

// The first start: nothing is watched yet.
describe.skipIf(!startable)('an empty practice', () => {
  let running: Running
  let opened: Opened

  beforeAll(async () => {
    running = await start('empty')
    opened = await open(running.url)
  })
  afterAll(async () => {
    await opened?.browser.close()
    await running?.stop()
  })

  test.each(['light', 'dark'] as const)('the day says what to do first, in the %s theme', async (colorScheme) => {
    await opened.page.emulateMedia({ colorScheme })
    await opened.page.getByRole('heading', { name: 'Tenths watches nothing yet' }).waitFor()
    await shot(opened.page, `empty-${colorScheme}`)
    await accessible(opened.page)
  })

  test('the way to the sources is one press', async () => {
    await opened.page.getByRole('button', { name: 'How to add a source' }).click()
    await opened.page.getByText('tenths source add calendar').waitFor()
    await shot(opened.page, 'empty-sources')
    await accessible(opened.page)
  })

  test('the keys that need a draft do nothing', async () => {
    const { page } = opened
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    for (const key of ['j', 'x', 'e', 'Enter', '+', '1', 'Control+Enter', 'u']) await page.keyboard.press(key)
    await page.getByRole('heading', { name: 'Tenths watches nothing yet' }).waitFor()
  })
})
