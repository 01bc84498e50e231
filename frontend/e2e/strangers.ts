import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LETTERS: [minute: number, from: string, subject: string, fields?: string][] = [
  [5, 'Ann Lee <ann@oak.example>', 'Boilers in the north wing'],
  [11, 'Ann Lee <ann@oak.example>', 'Minutes of the tenants’ meeting'],
  [24, 'Ben Okoro <ben@elm.example>', 'Summer picnic: who brings salad?'],
  [31, 'Cy Adler <cy@ash.example>', 'Draft of the supply terms, as promised on the phone last week'],
  [47, 'Dee Varga <dee@fir.example>', 'A witness from the night shift'],
  [52, 'Ann Lee <ann@oak.example>', 'Boilers in the south wing'],
  [55, 'Eve Lund <eve@yew.example>', 'Parking next Tuesday'],
  [
    6,
    'Bench & Brief <news@press.example>',
    'Ten rules of good writing',
    'List-Unsubscribe: <mailto:off@press.example>',
  ],
  [7, 'Bench & Brief <news@press.example>', 'This week in discovery', 'List-Unsubscribe: <mailto:off@press.example>'],
  [15, 'Parking <noreply@garage.example>', 'Receipt 2291'],
]

/** Makes a practice in which most of yesterday's mail is of strangers, and returns that day. */
export function strangers(program: string, data: string): string {
  mkdirSync(data, { recursive: true })
  const at = new Date(Date.now() - 86_400_000)
  const day = at.toISOString().slice(0, 10)
  const stamp = at.toUTCString().slice(0, 16)
  const message = ([minute, from, subject, fields]: (typeof LETTERS)[number], i: number) =>
    [
      `From sender@mail.example ${day}`,
      `Message-ID: <${i}@mail.example>`,
      `Date: ${stamp} 09:${String(minute).padStart(2, '0')}:00 +0000`,
      `From: ${from}`,
      'To: jo@hartlaw.example',
      `Subject: ${/^[ -~]*$/.test(subject) ? subject : `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`}`,
      ...(fields ? [fields] : []),
      '',
      'Please read this and tell me what you think.',
      '',
      '',
    ].join('\n')
  writeFileSync(join(data, '..', 'mail.mbox'), LETTERS.map(message).join(''))
  writeFileSync(
    join(data, '..', 'matters.csv'),
    'number,client,name,contacts,folder\n' +
      '2024-0113,Marisol Rivera,Rivera v. Acme,dreed@reedcole.example,Rivera\n' +
      '2024-0187,Lin,Estate of Lin,lin@family.example,Lin\n',
  )
  const run = (...args: string[]) => execFileSync(program, [...args, '--data', data], { cwd: join(data, '..') })
  run('timekeeper', '--name', 'Jo Hart', '--address', 'jo@hartlaw.example', '--zone', 'UTC', '--rate', '300')
  run('matter', 'import', 'matters.csv')
  run('source', 'add', 'mbox', 'mail.mbox')
  run('capture', '--once')
  return day
}
