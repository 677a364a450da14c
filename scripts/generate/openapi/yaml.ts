import { Document, isCollection, isMap, isPair, isScalar, visit } from 'yaml'

/** The longest line that holds a whole object or list. */
const columns = 180
/** The longest line that holds the references of headers, which every reply repeats. */
const columnsOfHeaders = 600

/** The text of a document. Lines are not folded; small objects and lists without others in them stay on one line. */
export function yamlOf(document: object): string {
  const yaml = new Document(document, { aliasDuplicateObjects: false })
  visit(yaml, {
    Collection(_key, node, path) {
      const parent = path.at(-1)
      const isHeaders = isPair(parent) && isScalar(parent.key) && parent.key.value === 'headers'
      const indent = path.filter(isMap).length * 2
      const width = isHeaders ? columnsOfHeaders : columns
      if (isLeaf(node) && indent + JSON.stringify(node).length <= width) node.flow = true
    },
  })
  return yaml.toString({ lineWidth: 0 })
}

/** Whether every member is a scalar, an empty collection, or a small collection of scalars such as a reference. */
function isLeaf(node: unknown): boolean {
  return isCollection(node) && node.items.map(memberOf).every((value) => isScalar(value) || isTiny(value))
}

/** Whether a collection has at most three members, and only scalars or empty collections, as a link has. */
function isTiny(node: unknown): boolean {
  return isCollection(node) && node.items.length <= 3 && node.items.map(memberOf).every(isScalarOrEmpty)
}

function isScalarOrEmpty(node: unknown): boolean {
  return isScalar(node) || (isCollection(node) && node.items.length === 0)
}

function memberOf(item: unknown): unknown {
  return isPair(item) ? item.value : item
}
