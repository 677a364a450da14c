import { type EditionName, editionNames, editions } from '../../../src/model/editions.ts'
import type { Source } from '../../../src/model/sources.ts'

/** A value of an edition and its sources. */
export interface Cell {
  value: string
  sources: readonly Source[]
}

/** A row of the tables of editions: the place of the value, such as `cancellation.sandbox.saasTrial`, and a cell for each. */
export interface EditionRow {
  place: string
  cells: Readonly<Record<EditionName, Cell>>
}

/** Every row of every table of the editions. Throws if a value has no source. */
export function editionRows(): EditionRow[] {
  const byEdition = new Map(editionNames.map((name) => [name, new Map(cellsOf(editions[name], ''))]))
  const places = [...(byEdition.get('2019')?.keys() ?? [])]
  return places.map((place) => {
    const cellOf = (name: EditionName): Cell => {
      const cell = byEdition.get(name)?.get(place)
      if (cell === undefined) throw new Error(`the edition ${name} has no ${place}`)
      return cell
    }
    return { place, cells: { 2019: cellOf('2019'), 2021: cellOf('2021'), 2022: cellOf('2022'), 2023: cellOf('2023') } }
  })
}

/** The cells of an object by place. `sources` has those of its members, `source` that of the object itself. */
function cellsOf(value: object, place: string, inherited?: readonly Source[]): [string, Cell][] {
  const { sources, source, ...members } = Object(value)
  if (source !== undefined) return [[place, { value: wordsOf(members), sources: [source] }]]
  return Object.entries(members).flatMap(([name, member]) => {
    const at = place === '' ? name : `${place}.${name}`
    const own: readonly Source[] | undefined = sources?.[name] ?? inherited
    if (isTable(member)) return cellsOf(member, at, own)
    if (own === undefined) throw new Error(`${at} has no source`)
    return [[at, { value: wordsOf(member), sources: own }]]
  })
}

/** Whether a value has rows of its own. A window is one value. */
function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('ends' in value)
}

/** A value in words: `60 days`, `within: 3 days, seats: first batch`. */
function wordsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if ('days' in value && 'ends' in value) {
    return `${value.days} days${value.ends === 'endOfDay' ? ', to the end of the day' : ''}`
  }
  const members = Object.entries(value)
  if (members.length === 1 && 'rule' in value) return wordsOf(value.rule)
  return members.map(([name, member]) => `${name}: ${wordsOf(member)}`).join('; ')
}
