import { type ParseArgsConfig, parseArgs } from 'node:util'
import { closest } from 'fastest-levenshtein'
import * as z from 'zod'
import { AccountSettings } from './accounts/settings.ts'

/** A command line or an environment that cannot be used. The message says what to do. */
export class OptionError extends Error {
  override name = 'OptionError'
}

/** The names and the help of an option. The flag overrides the environment variable, and the variable the default. */
export interface OptionInfo {
  flag: string
  variable: string
  /** The placeholder of the value in the help. Absent for a switch. */
  value?: string
  /** As written on the command line. */
  default?: string
  description: string
}

const optionInfos = z.registry<OptionInfo>()

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535))

const Switch = z.stringbool({ truthy: ['true', '1', 'on', 'yes'], falsy: ['false', '0', 'off', 'no'] })

/** Host names, separated by commas. */
const HostNames = z
  .string()
  .optional()
  .transform((text) => (text === undefined ? [] : text.toLowerCase().split(/ *, */)))
  .pipe(z.array(z.string().regex(/^[a-z0-9._-]+$/)))

const { kind, rules, auth, bom, throttle, fulfilmentDelay, cancellationDelay, orderListDelay, idSeed } =
  AccountSettings().shape

/** Every option, as text from a command line or an environment. */
export const Options = z.object({
  port: Port.register(optionInfos, {
    flag: 'port',
    variable: 'PORT',
    value: 'number',
    default: '8080',
    description: 'port to listen on, 0 to 65535; 0 picks a free port, which the ready line and the health route show',
  }),
  host: z.string().min(1).register(optionInfos, {
    flag: 'host',
    variable: 'HOST',
    value: 'address',
    default: '127.0.0.1',
    description: 'address to listen on; the container image sets 0.0.0.0',
  }),
  fixtures: z.string().min(1).optional().register(optionInfos, {
    flag: 'fixtures',
    variable: 'FIXTURES',
    value: 'folder',
    description:
      'folder with your own catalog.json, customers.json and orders.json or orders.ndjson; a missing file defaults to the built-in one',
  }),
  dataDir: z.string().min(1).optional().register(optionInfos, {
    flag: 'data-dir',
    variable: 'DATA_DIR',
    value: 'folder',
    description:
      'keep accounts in SQLite files in this folder, which survive restarts and kill -9; in memory without it',
  }),
  account: kind.register(optionInfos, {
    flag: 'account',
    variable: 'ACCOUNT',
    value: 'kind',
    default: 'sandbox',
    description: 'kind of the partner account: sandbox or production',
  }),
  rules: rules.register(optionInfos, {
    flag: 'rules',
    variable: 'RULES',
    value: 'edition',
    default: '2019',
    description: 'edition of the documented rules and shapes: 2019, 2021, 2022 or 2023',
  }),
  auth: auth.register(optionInfos, {
    flag: 'auth',
    variable: 'AUTH',
    value: 'mode',
    default: 'optional',
    description:
      'optional: 401 only for a malformed Authorization header; required: 401 without a bearer token; strict: 401 without an unexpired token from this emulator',
  }),
  bom: Switch.pipe(bom).register(optionInfos, {
    flag: 'bom',
    variable: 'BOM',
    default: 'off',
    description: 'on or off: start every order with a byte order mark, as the service did until at least 2021',
  }),
  throttle: z.preprocess(readNumberOrOff, throttle).register(optionInfos, {
    flag: 'throttle',
    variable: 'THROTTLE',
    value: 'number',
    default: 'off',
    description: 'requests per minute and account before 429, or off; the documented limit is 500',
  }),
  fulfilmentDelay: fulfilmentDelay.register(optionInfos, {
    flag: 'fulfilment-delay',
    variable: 'FULFILMENT_DELAY',
    value: 'duration',
    default: 'PT0S',
    description:
      'time until a pending order completes, such as PT15M (whole milliseconds, at most P1000Y), or manual: it completes only through the control plane',
  }),
  cancellationDelay: cancellationDelay.register(optionInfos, {
    flag: 'cancellation-delay',
    variable: 'CANCELLATION_DELAY',
    value: 'duration',
    default: 'PT0S',
    description:
      'time until an order that was cancelled has the status cancelled, and pending before, such as PT20S, or manual: only the control plane sets it',
  }),
  orderListDelay: orderListDelay.register(optionInfos, {
    flag: 'order-list-delay',
    variable: 'ORDER_LIST_DELAY',
    value: 'duration',
    default: 'PT0S',
    description: 'time until lists show a new order, which is found by its id at once; documented is up to PT15M',
  }),
  idSeed: z
    .preprocess((text) => text ?? null, idSeed)
    .register(optionInfos, {
      flag: 'id-seed',
      variable: 'ID_SEED',
      value: 'text',
      description:
        'seed for the ids of new resources: the same text gives the same ids in every run; random without it',
    }),
  controlToken: z.string().min(1).optional().register(optionInfos, {
    flag: 'control-token',
    variable: 'CONTROL_TOKEN',
    value: 'text',
    description:
      'token that requests to /_emulator must send as X-Emulator-Control-Token; the health route does not need it',
  }),
  allowedHosts: HostNames.register(optionInfos, {
    flag: 'allowed-hosts',
    variable: 'ALLOWED_HOSTS',
    value: 'names',
    description:
      'further host names of the emulator, separated by commas; IP addresses, localhost and names without a dot need no entry',
  }),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).register(optionInfos, {
    flag: 'log-level',
    variable: 'LOG_LEVEL',
    value: 'level',
    default: 'info',
    description:
      'trace, debug, info, warn, error, fatal or silent; requests are logged at info on a terminal, at debug elsewhere',
  }),
})
export type Options = z.infer<typeof Options>
export type OptionName = keyof Options

/** The settings of the default account. */
export function settingsOf({
  account: kind,
  rules,
  auth,
  bom,
  throttle,
  fulfilmentDelay,
  cancellationDelay,
  orderListDelay,
  idSeed,
}: Options): AccountSettings {
  return { kind, rules, auth, bom, throttle, fulfilmentDelay, cancellationDelay, orderListDelay, idSeed }
}

/** Reads a number, or `off` as null. */
function readNumberOrOff(text: unknown): unknown {
  if (text === 'off') return null
  return /^\d+$/.test(String(text)) ? Number(text) : text
}

/** The options, in the order of the help. */
export const optionTable: ReadonlyMap<string, OptionInfo> = new Map(
  Object.entries(Options.shape).flatMap(([name, schema]) => {
    const info = optionInfos.get(schema)
    return info === undefined ? [] : [[name, info] as const]
  }),
)

export type Environment = Readonly<Record<string, string | undefined>>

const parseConfig = {
  ...Object.fromEntries(
    [...optionTable.values()].map(({ flag, value }) => [flag, { type: value === undefined ? 'boolean' : 'string' }]),
  ),
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} satisfies ParseArgsConfig['options']

const commands = ['start', 'healthcheck'] as const

/** The command of a command line, with its options. */
export type CommandLine =
  | { command: 'help' }
  | { command: 'version' }
  | { command: (typeof commands)[number]; options: Options }

/**
 * Reads a command line and an environment. Empty variables count as absent ones.
 * Throws OptionError for an unknown flag or command, and for a bad value.
 */
export function readCommandLine(args: string[], environment: Environment): CommandLine {
  const { values, positionals } = parseFlags(args)
  if (values['help'] !== undefined) return { command: 'help' }
  if (values['version'] !== undefined) return { command: 'version' }
  return { command: commandOf(positionals), options: readOptions(values, environment) }
}

function commandOf(positionals: readonly string[]): (typeof commands)[number] {
  const [word = 'start', ...others] = positionals
  const command = commands.find((known) => known === word)
  if (command === undefined || others.length > 0) {
    const advice = others.length > 0 ? 'a command line has at most one' : `the nearest is ${closest(word, commands)}`
    throw new OptionError(`${quote(positionals.join(' '))} is not a command; ${advice} (--help lists them)`)
  }
  return command
}

type FlagValues = Readonly<Record<string, string | boolean | undefined>>

/** Reads the options from flags, environment and defaults. Throws OptionError for a bad value. */
export function readOptions(values: FlagValues, environment: Environment): Options {
  const texts: Record<string, string | undefined> = {}
  for (const [name, { flag, variable, default: byDefault }] of optionTable) {
    texts[name] = values[flag]?.toString() ?? (environment[variable] || byDefault)
  }
  const result = Options.safeParse(texts, { jitless: true })
  if (result.success) return result.data
  const name = String(result.error.issues[0]?.path[0])
  const info = optionTable.get(name)
  const source = info !== undefined && values[info.flag] === undefined ? info.variable : `--${info?.flag}`
  throw new OptionError(`${source} cannot be ${quote(texts[name] ?? '')} (${info?.description})`)
}

const flagNames: readonly string[] = Object.keys(parseConfig)

/** Reads the flags of a command line. Throws OptionError for an unknown flag, and for a flag without its value. */
function parseFlags(args: string[]): { values: FlagValues; positionals: string[] } {
  const values: Record<string, string | boolean> = {}
  // parseArgs itself would describe a mistake in several lines, and without the nearest flag.
  const { tokens, positionals } = parseArgs({ args, options: parseConfig, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    if (!flagNames.includes(name)) {
      throw new OptionError(
        `${quote(rawName)} is not an option; the nearest is --${nearestFlag(name)} (--help lists them)`,
      )
    }
    const needsValue = optionOf(name)?.value !== undefined
    // A flag in the place of a value is a value that was forgotten.
    if (needsValue && (value === undefined || (!inlineValue && value.startsWith('-')))) {
      throw new OptionError(`${rawName} needs a value (${optionOf(name)?.description})`)
    }
    values[name] = value ?? true
  }
  return { values, positionals }
}

function optionOf(flag: string): OptionInfo | undefined {
  return [...optionTable.values()].find((option) => option.flag === flag)
}

/** The first flag that starts with a text, else the most similar one. */
function nearestFlag(name: string): string {
  return flagNames.find((flag) => flag.startsWith(name)) ?? closest(name.toLowerCase(), flagNames)
}

/** Quotes a text in one line. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1)}'`
}

/** Throws OptionError for a name that is not one of an option or of `others`. */
export function refuseUnknownNames(names: readonly string[], others: readonly string[]): void {
  const known = [...optionTable.keys(), ...others]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new OptionError(`${quote(unknown)} is not an option; the nearest is ${closest(unknown, known)}`)
}

/** The help text, with one line for each option of the table. */
export function helpText(): string {
  const rows = [...optionTable.values()].map(({ flag, value, variable, default: byDefault, description }) => [
    `--${flag}${value === undefined ? '' : ` <${value}>`}`,
    variable,
    byDefault === undefined ? description : `${description} [${byDefault}]`,
  ])
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2
  const lines = rows.map(([flag, variable, text]) => `  ${flag?.padEnd(width(0))}${variable?.padEnd(width(1))}${text}`)
  return [
    'Usage: partner-center-emulator [start] [options]     run the emulator',
    '       partner-center-emulator healthcheck [options] check that a running emulator is ready',
    '',
    'Options, each with its environment variable:',
    ...lines,
    `  ${'-h, --help'.padEnd(width(0))}`,
    `  ${'-v, --version'.padEnd(width(0))}`,
  ].join('\n')
}
