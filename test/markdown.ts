import { globSync, readFileSync } from 'node:fs'
import { packageRoot } from '../src/version.ts'

/** A fenced code block. `before`: the line of prose that introduces it. */
export interface CodeBlock {
  page: string
  language: string
  text: string
  before: string
}

/** A Markdown file. `path` is relative to the root of the repository. */
export interface Page {
  path: string
  text: string
  blocks: readonly CodeBlock[]
  /** Link targets as written. */
  links: readonly string[]
  /** The anchors that GitHub generates for the headings. */
  anchors: ReadonlySet<string>
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm

/** Reads every Markdown file in the root of the repository and in docs. */
export function readPages(): Page[] {
  const paths = ['*.md', 'docs/**/*.md'].flatMap((pattern) => globSync(pattern, { cwd: packageRoot }))
  return paths.toSorted().map(readPage)
}

function readPage(path: string): Page {
  const text = readFileSync(new URL(path, packageRoot), 'utf8')
  const prose = text.replace(fence, '')
  return { path, text, blocks: blocksOf(path, text), links: linksOf(prose), anchors: anchorsOf(prose) }
}

function blocksOf(page: string, text: string): CodeBlock[] {
  return [...text.matchAll(fence)].map(({ 1: language = '', 2: code = '', index }) => ({
    page,
    language,
    text: code.trim(),
    before: text.slice(0, index).trimEnd().split('\n').at(-1) ?? '',
  }))
}

/** The targets of links in three forms: `[text](target)`, `[name]: target` and `<https://...>`. */
function linksOf(prose: string): string[] {
  const forms = [/\]\(([^)\s]+)\)/g, /^\[[^\]]+\]: (\S+)$/gm, /<(https?:[^>]+)>/g]
  return forms.flatMap((form) => [...prose.matchAll(form)].map(([, target = '']) => target))
}

/** GitHub drops the punctuation of a heading and numbers repeated headings. */
function anchorsOf(prose: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of prose.matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    let name = anchor
    for (let repeat = 1; anchors.has(name); repeat++) name = `${anchor}-${repeat}`
    anchors.add(name)
  }
  return anchors
}
