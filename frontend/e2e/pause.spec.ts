import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, startable, type Running } from './program'
import { accessible, open, shot, type Opened } from './window'

// Pausing and going on, by key, by the palette and by the pill.
describe.skipIf(!startable)('a pause', () => {
  let running: Running
  let opened: Opened

  beforeAll(async () => {
    running = await start('sample')
    opened = await open(running.url)
  })
  afterAll(async () => {
    await opened?.browser.close()
    await running?.stop()
  })

  test('g h pauses for an hour, and again goes on', async () => {
    const { page } = opened
    await page.getByRole('button', { name: 'Capturing' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.getByRole('button', { name: /^Paused until \d\d:\d\d$/ }).waitFor()
    await shot(page, 'paused')
    await accessible(page)
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.getByRole('button', { name: 'Capturing' }).waitFor()
  })

  test('the palette pauses without an end, on any page, and the pill goes on', async () => {
    const { page } = opened
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('pause until')
    await page.keyboard.press('Enter')
    const pill = page.getByRole('button', { name: 'Paused until you resume' })
    await pill.waitFor()
    await pill.click()
    await page.getByRole('button', { name: 'Capturing' }).waitFor()
    expect(opened.complaints).toEqual([])
  })
})
