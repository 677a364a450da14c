import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { packageRoot } from '../../src/version.ts'
import { inDist, inSource } from './dist.ts'

/** The source files of the package's interface. */
const interfaceFiles = ['control-client.ts', 'index.ts'].map(inSource)

const format = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias

/**
 * Writes the declarations of the package's interface into one file without imports. Types from zod schemas are expanded, so
 * that users of the package need neither zod nor Fastify.
 */
export function buildTypes(): void {
  const program = ts.createProgram(interfaceFiles, { ...compilerOptions(), stripInternal: true })
  const checker = program.getTypeChecker()
  const files = program.getSourceFiles().filter(({ fileName }) => interfaceFiles.includes(fileName))
  const own = files.map((file) => declarationsOf(program, file))
  const declarations = [...classesOfOthers(program, checker, files), ...own].join('\n')
  const { types, exported } = typesOfOthers(checker, files)
  const written = [...types]
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(declarations + exported))
    .map(([name, type]) => `type ${name} = ${checker.typeToString(type, undefined, format)};`)
  writeFileSync(
    inDist('index.d.ts'),
    `${written.join('\n')}\n${declarations}\nexport type { ${exported.join(', ')} };\n`,
  )
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(fileURLToPath(new URL('tsconfig.json', packageRoot)), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fileURLToPath(packageRoot))
  return { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true }
}

/** The declarations of a file, without its imports, or those that `isWanted` selects. */
function declarationsOf(
  program: ts.Program,
  file: ts.SourceFile,
  isWanted: (statement: ts.Statement) => boolean = () => true,
): string {
  let emitted = ''
  program.emit(file, (_name, text) => {
    emitted = text
  })
  const parsed = ts.createSourceFile('declarations.d.ts', emitted, ts.ScriptTarget.Latest)
  return parsed.statements
    .filter((statement) => !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement))
    .filter(isWanted)
    .map((statement) => statement.getFullText(parsed))
    .join('')
}

/** The declarations of the classes that the interface exports from other files. */
function classesOfOthers(program: ts.Program, checker: ts.TypeChecker, files: readonly ts.SourceFile[]): string[] {
  const exports = files.flatMap((file) => file.statements.filter(ts.isExportDeclaration))
  return exports.flatMap(namesIn).flatMap(({ name }) => {
    const symbol = checker.getSymbolAtLocation(name)
    const declared = symbol === undefined ? undefined : checker.getAliasedSymbol(symbol).valueDeclaration
    const file = declared?.getSourceFile()
    if (declared === undefined || !ts.isClassDeclaration(declared)) return []
    if (file === undefined || files.includes(file)) return []
    const isClass = (statement: ts.Statement) =>
      ts.isClassDeclaration(statement) && statement.name?.text === declared.name?.text
    return declarationsOf(program, file, isClass)
  })
}

/** The types that the interface imports from other files, and their exported names. */
function typesOfOthers(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
  const types = new Map<string, ts.Type>()
  const exported: string[] = []
  for (const statement of files.flatMap((file) => [...file.statements])) {
    for (const { name, propertyName } of namesIn(statement)) {
      const symbol = checker.getSymbolAtLocation(name)
      const original = symbol === undefined ? undefined : checker.getAliasedSymbol(symbol)
      if (original === undefined || !(original.flags & ts.SymbolFlags.TypeAlias)) continue
      types.set(original.name, checker.getDeclaredTypeOfSymbol(original))
      if (ts.isExportDeclaration(statement))
        exported.push(propertyName === undefined ? name.text : `${propertyName.text} as ${name.text}`)
    }
  }
  return { types, exported }
}

/** The names between the braces of an import or an export from another file. */
function namesIn(statement: ts.Statement): readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] {
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings
    return bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : []
  }
  const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined
  return clause !== undefined && ts.isNamedExports(clause) ? [...clause.elements] : []
}
