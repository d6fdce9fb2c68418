import type { Body, ParsedTemplate, Pipeline, TemplateNode } from './ast.ts'
import { lex, type Piece, type Token } from './lex.ts'
import { parsePipeline } from './parse-pipeline.ts'
import { followed, Unfollowable } from './trouble.ts'

/** Charts have files of 100 KiB; what is far beyond is no template that a person wrote. */
const maxText = 1024 * 1024
const maxNesting = 100

/** Reads a template; or why it cannot be read. */
export function parseTemplate(text: string): ParsedTemplate | { readonly problem: string } {
  return followed(() => {
    if (text.length > maxText) throw new Unfollowable('it is larger than 1 MiB')
    return new Parser(lex(text)).whole()
  })
}

class Parser {
  private readonly defines = new Map<string, Body>()
  private readonly pieces: readonly Piece[]
  private at = 0
  private depth = 0

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces
  }

  whole(): ParsedTemplate {
    const { body, ended } = this.body()
    if (ended !== undefined) throw new Unfollowable(`line ${ended.line}: ${ended.word} without a block`)
    return { body, defines: this.defines }
  }

  /** Nodes up to `end` or `else`, which is told. */
  private body(): { body: Body; ended?: Ended } {
    const body: TemplateNode[] = []
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++]
      if (piece === undefined) break
      if (piece.kind === 'Text') body.push(piece)
      else {
        const word = wordOf(piece.tokens[0])
        if (word === 'end' || word === 'else') return { body, ended: { word, tokens: piece.tokens, line: piece.line } }
        const node = this.node(word, piece)
        if (node !== undefined) body.push(node)
      }
    }
    return { body }
  }

  private node(word: string | undefined, { tokens, line, atLineEnd }: Action): TemplateNode | undefined {
    const rest = tokens.slice(1)
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return this.block(kinds[word], rest, line)
      case 'define':
        this.defines.set(nameOf(rest[0], line), this.closed(line))
        return undefined
      case 'template':
        return { kind: 'Template', name: nameOf(rest[0], line), pipeline: optional(rest.slice(1), line), line }
      case 'block': {
        const name = nameOf(rest[0], line)
        const body = this.closed(line)
        if (!this.defines.has(name)) this.defines.set(name, body)
        return { kind: 'Template', name, pipeline: optional(rest.slice(1), line), line }
      }
      case 'break':
        return { kind: 'Break' }
      case 'continue':
        return { kind: 'Continue' }
      default:
        return { kind: 'Action', pipeline: parsePipeline(tokens, line), atLineEnd }
    }
  }

  private closed(line: number): Body {
    const { body, ended } = this.nested()
    if (ended?.word !== 'end') throw new Unfollowable(`line ${line}: a block is not ended`)
    return body
  }

  private block(kind: 'If' | 'With' | 'Range', tokens: readonly Token[], line: number): TemplateNode {
    const pipeline = parsePipeline(tokens, line)
    const { body: then, ended } = this.nested()
    if (ended === undefined) throw new Unfollowable(`line ${line}: a block is not ended`)
    return { kind, pipeline, then, otherwise: ended.word === 'end' ? [] : this.otherwise(ended) }
  }

  /** `else`, or `else if` and `else with`, which share the outer `end`. */
  private otherwise({ tokens, line }: Ended): Body {
    const chained = wordOf(tokens[1])
    if (chained === 'if' || chained === 'with') {
      this.descend(line)
      const node = this.block(kinds[chained], tokens.slice(2), line)
      this.depth--
      return [node]
    }
    return this.closed(line)
  }

  private nested(): { body: Body; ended?: Ended } {
    this.descend(0)
    const found = this.body()
    this.depth--
    return found
  }

  private descend(line: number): void {
    if (++this.depth > maxNesting) throw new Unfollowable(`line ${line}: more than ${maxNesting} blocks in each other`)
  }
}

type Action = Extract<Piece, { kind: 'Action' }>

interface Ended {
  readonly word: string
  readonly tokens: readonly Token[]
  readonly line: number
}

const kinds = { if: 'If', with: 'With', range: 'Range' } as const

function wordOf(token: Token | undefined): string | undefined {
  return token?.kind === 'Word' ? token.name : undefined
}

function nameOf(token: Token | undefined, line: number): string {
  if (token?.kind !== 'Literal' || typeof token.value !== 'string') {
    throw new Unfollowable(`line ${line}: a template has no name`)
  }
  return token.value
}

function optional(tokens: readonly Token[], line: number): Pipeline | undefined {
  return tokens.length === 0 ? undefined : parsePipeline(tokens, line)
}
