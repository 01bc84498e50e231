import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** The page of a running test build of the program, as a person meets it. */
export interface Opened {
  url: string
  browser: Browser
  page: Page
  /** What the page complained about, and every address outside the program that it asked for. */
  complaints: string[]
}

/** Opens the page at url in the machine's Chromium. */
export async function open(url: string): Promise<Opened> {
  const browser = await chromium.launch({
    executablePath: process.env.TENTHS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  })
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, colorScheme: 'light' })
  page.setDefaultTimeout(8_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('request', (request) => {
    const outside = new URL(request.url()).origin !== new URL(url).origin && !request.url().startsWith('data:')
    if (outside) complaints.push(`asked for ${request.url()}`)
  })
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => document.fonts.ready)
  return { url, browser, page, complaints }
}

/** Keeps a picture in TENTHS_SHOTS, when that is set. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.TENTHS_SHOTS
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Fails when axe finds anything against accessibility on the page as it is. */
export async function accessible(page: Page): Promise<void> {
  await page.waitForTimeout(200) // colours in transition are not those to judge
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run
    const { violations } = await run()
    return violations.flatMap((v) =>
      v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    )
  })
  expect(found).toEqual([])
}

interface Violation {
  id: string
  nodes: { html: string; failureSummary?: string }[]
}

/** The selected row. */
export const selected = (page: Page) => page.locator('[data-row][aria-selected=true]')

/** A row by the id of its draft. */
export const rowOf = (page: Page, id: string) => page.locator(`[data-row="${id}"]`)

/** The id of the selected row. */
export const selectedID = async (page: Page) => (await selected(page).getAttribute('data-row')) ?? ''

/** Moves by keyboard until a row with that id is selected. */
export async function walkTo(page: Page, id: string): Promise<void> {
  await page.locator('[data-row]').first().waitFor()
  const ids = await page.locator('[data-row]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')))
  const by = ids.indexOf(id) - ids.indexOf(await selectedID(page))
  for (let i = 0; i < Math.abs(by); i++) await page.keyboard.press(by > 0 ? 'j' : 'k')
  expect(await selectedID(page)).toBe(id)
}
