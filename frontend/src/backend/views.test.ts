import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { Backend } from './backend'
import { connect } from './index'
import { methodNames } from './types'
import declared from './types.ts?raw'

// Every shape that the program answers with is read from the types themselves, so that no field that others can write
// into is ever added without passing the filter.
const source = ts.createSourceFile('types.ts', declared, ts.ScriptTarget.Latest)
const shapes = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((shape) => [shape.name.text, shape]))
const HOSTILE = 'Re: \u202eexe.tnemevom\u2069 \u200f\u061c\u001b[2J\u2028\u0000'
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]/
let hidden = 0 // texts that were put into an answer

/** A value of a type of types.ts in which every text is hostile. */
function hostile(type: ts.TypeNode): unknown {
  if (ts.isArrayTypeNode(type)) return [hostile(type.elementType), hostile(type.elementType)]
  if (ts.isTypeReferenceNode(type)) return shapeOf(type.typeName.getText(source))
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      hidden++
      return HOSTILE
    case ts.SyntaxKind.NumberKeyword:
      return 3
    case ts.SyntaxKind.BooleanKeyword:
      return true
    case ts.SyntaxKind.VoidKeyword:
      return null
  }
  throw new Error(`a type that this test does not know: ${type.getText(source)}`)
}

function shapeOf(name: string): Record<string, unknown> {
  const shape = shapes.get(name)
  if (!shape) throw new Error(`no shape ${name}`)
  const fields = shape.members.filter(ts.isPropertySignature)
  return Object.fromEntries(fields.map((field) => [field.name.getText(source), hostile(field.type!)]))
}

/** What a method answers, from Promise<T>. */
function answerOf(method: string): ts.TypeNode {
  const signatures = shapes.get('Methods')?.members.filter(ts.isMethodSignature) ?? []
  const promise = signatures.find((signature) => signature.name.getText(source) === method)?.type
  if (!promise || !ts.isTypeReferenceNode(promise)) throw new Error(`${method} promises nothing`)
  return promise.typeArguments![0]!
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

describe('no text of any answer is obeyed', () => {
  test.each(methodNames)('%s', async (method) => {
    hidden = 0
    const answer = hostile(answerOf(method))
    const backend = connect({ call: () => Promise.resolve(answer), onStale: () => () => {} })
    const call = backend[method] as (...args: never[]) => Promise<unknown>
    const shown = texts(await call.call(backend))
    expect(shown).toHaveLength(hidden)
    for (const text of shown) expect(text).not.toMatch(OBEYED)
  })

  test('the texts of a day were all there', () => {
    hidden = 0
    hostile(answerOf('Day'))
    expect(hidden).toBeGreaterThan(100)
  })
})

test('there is no other way in than the methods and the topics of news', () => {
  const backend: Backend = connect({ call: () => Promise.resolve(null), onStale: () => () => {} })
  expect(Object.keys(backend).toSorted()).toEqual([...methodNames, 'onStale'].toSorted())
})
