import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { strangers } from './strangers'

/** A program that serves the page. */
export interface Running {
  url: string
  stop(): Promise<void>
}

const program = process.env.TENTHS_E2E_PROGRAM ?? ''
const served = process.env.TENTHS_E2E_URL ?? ''

/** Whether there is a program to drive: one to start (a build with the tag e2e), or the address of one that runs. */
export const given = program !== '' || served !== ''

/** Whether a program can be started here, on whatever practice a story needs. */
export const startable = program !== ''

/** Starts the program on a fresh sample practice, on one whose mail is of strangers, or on an empty data directory; or finds the one that runs already. */
export async function start(practice: 'sample' | 'empty' | 'strangers' = 'sample'): Promise<Running> {
  if (program === '') return { url: served, stop: () => Promise.resolve() }
  const dir = mkdtempSync(join(tmpdir(), 'tenths-e2e-'))
  const made = practice === 'sample' ? writeSample(join(dir, 'practice')) : { data: join(dir, 'data'), day: '' }
  if (practice === 'strangers') made.day = strangers(program, made.data)
  const child = spawn(program, ['--data', made.data, ...(made.day ? ['--day', made.day] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the program ended with ${code} before it served its page`)))
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function writeSample(dir: string): { data: string; day: string } {
  return JSON.parse(execFileSync(program, ['sample', '--json', dir], { encoding: 'utf8' })) as {
    data: string
    day: string
  }
}
