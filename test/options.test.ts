import t from 'tap'
import { type Environment, helpText, optionTable, readCommandLine } from '../src/options.ts'

function optionsOf(args: string[], environment: Environment) {
  const read = readCommandLine(args, environment)
  return 'options' in read ? read.options : undefined
}

t.test('every option has its documented default', async (t) => {
  t.same(readCommandLine([], {}), {
    command: 'start',
    options: {
      port: 8080,
      host: '127.0.0.1',
      account: 'sandbox',
      rules: '2019',
      auth: 'optional',
      bom: false,
      throttle: null,
      fulfilmentDelay: 'PT0S',
      cancellationDelay: 'PT0S',
      orderListDelay: 'PT0S',
      idSeed: null,
      allowedHosts: [],
      logLevel: 'info',
    },
  })
})

/** A value for each option that is not its default: the text and the parsed value. */
const values: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  port: ['0', 0],
  host: ['::', '::'],
  fixtures: ['mine', 'mine'],
  dataDir: ['data', 'data'],
  account: ['production', 'production'],
  rules: ['2022', '2022'],
  auth: ['required', 'required'],
  bom: ['on', true],
  throttle: ['500', 500],
  fulfilmentDelay: ['PT15M', 'PT900S'],
  cancellationDelay: ['manual', 'manual'],
  orderListDelay: ['PT15M', 'PT900S'],
  idSeed: ['seed', 'seed'],
  controlToken: ['secret', 'secret'],
  allowedHosts: ['CI.example, emulator.test', ['ci.example', 'emulator.test']],
  logLevel: ['silent', 'silent'],
}

t.test('every option can be set by flag and by environment variable, and the flag wins', async (t) => {
  t.same([...optionTable.keys()], Object.keys(values))
  for (const [name, { flag, variable, value: takesValue }] of optionTable) {
    const [text, value] = values[name] ?? []
    const args = takesValue === undefined ? [`--${flag}`] : [`--${flag}`, `${text}`]
    t.match(optionsOf(args, {}), { [name]: value }, `--${flag}`)
    t.match(optionsOf([], { [variable]: text }), { [name]: value }, variable)
    t.match(optionsOf(args, { [variable]: 'nonsense' }), { [name]: value }, `--${flag} over ${variable}`)
  }
})

/** Unknown flags, and the nearest to each. */
const unknownFlags: readonly [given: string, nearest: string][] = [
  ['--prot', '--port'],
  ['--PORT', '--port'],
  ['--data', '--data-dir'],
  ['--data_dir', '--data-dir'],
  ['--rulez=2022', '--rules'],
  ['--no-bom', '--bom'],
  ['--allowed-host', '--allowed-hosts'],
  ['-p', '--port'],
  ['--helpme', '--help'],
]

t.test('an unknown flag is refused, and the message names the nearest', async (t) => {
  for (const [given, nearest] of unknownFlags) {
    const refused = { name: 'OptionError', message: new RegExp(`is not an option; the nearest is ${nearest} `) }
    t.throws(() => readCommandLine([given, '1'], {}), refused, given)
  }
})

t.test('a switch takes a value after an equals sign', async (t) => {
  t.match(optionsOf(['--bom=off'], { BOM: 'on' }), { bom: false })
  t.throws(() => readCommandLine(['--bom=maybe'], {}), { name: 'OptionError', message: /^--bom cannot be 'maybe'/ })
})

t.test('a fulfilment delay that no order can have is refused with its limits', async (t) => {
  for (const delay of ['P999999Y', 'PT0.0001S', 'P']) {
    t.throws(() => readCommandLine(['--fulfilment-delay', delay], {}), {
      name: 'OptionError',
      message: /whole milliseconds, at most P1000Y/,
    })
  }
})

t.test('an empty environment variable counts as unset', async (t) => {
  t.match(optionsOf([], { PORT: '', RULES: '', DATA_DIR: '' }), { port: 8080, rules: '2019' })
})

t.test('a command line has at most one command: start, healthcheck, help or version', async (t) => {
  t.equal(readCommandLine(['healthcheck', '--port', '1'], {}).command, 'healthcheck')
  t.equal(readCommandLine(['start'], {}).command, 'start')
  t.equal(readCommandLine(['-h'], {}).command, 'help')
  t.equal(readCommandLine(['-v'], {}).command, 'version')
  t.throws(() => readCommandLine(['start', 'again'], {}), { name: 'OptionError' })
})

t.test('--help works even if another option is invalid', async (t) => {
  t.equal(readCommandLine(['--help'], { PORT: 'x' }).command, 'help')
})

t.test('the help text lists every flag, environment variable and default', async (t) => {
  const help = helpText()
  for (const { flag, variable, default: byDefault = '' } of optionTable.values()) {
    t.ok(help.includes(`--${flag}`) && help.includes(variable) && help.includes(byDefault), flag)
  }
})
