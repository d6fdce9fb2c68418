// Writes src/cluster/decode/protobuf-numbers.ts: where the fields of our field tables stand in the API's protobuf
// messages. The numbers, and whether a zero is written in JSON, come from the struct tags of the Go types, so that both
// formats decode alike. Needs the Go modules k8s.io/api and k8s.io/apimachinery of the release named below:
//     node scripts/protobuf-numbers.mjs [--check]
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { schedulerKinds } from '#model/kinds.ts'

const release = 'v0.36.2'
const out = 'src/cluster/decode/protobuf-numbers.ts'
const modules = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim()
const sources = {
  core: `k8s.io/api@${release}/core/v1/types.go`,
  storage: `k8s.io/api@${release}/storage/v1/types.go`,
  resource: `k8s.io/api@${release}/resource/v1/types.go`,
  meta: `k8s.io/apimachinery@${release}/pkg/apis/meta/v1/types.go`,
}
const packages = { 'k8s.io/api/core/v1': 'core', 'k8s.io/apimachinery/pkg/apis/meta/v1': 'meta' }
const known = {
  string: 'string',
  bool: 'bool',
  int32: 'int',
  int64: 'int',
  'types.UID': 'string',
  'types.NodeName': 'string',
  'metav1.Time': 'time',
  Time: 'time',
  'resource.Quantity': 'quantity',
  'intstr.IntOrString': 'intOrString',
}
const go = Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, parse(`${modules}/${path}`)]))
const messages = {}

for (const { group, kind, fields } of Object.values(schedulerKinds)) {
  follow(group === '' ? 'core' : group.split('.')[0], kind, fields)
}
const text = render()
if (process.argv[2] === '--check') {
  if (readFileSync(out, 'utf8') !== text) {
    console.error(`${out} is not what ${import.meta.filename} writes`)
    process.exitCode = 1
  }
} else writeFileSync(out, text)

/** The structs of a Go file with their tagged fields, its other named types, and its imports by alias. */
function parse(file) {
  const source = readFileSync(file, 'utf8')
  const structs = {}
  for (const [, name, body] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    structs[name] = [...body.matchAll(/^\t(?:(\w+) +)?([^\s`/]+) +`json:"([^"]*)"(?:[^`]* protobuf:"([^"]*)")?/gm)]
      .filter(([, , , , protobuf]) => protobuf !== undefined)
      .map(([, , type, json, protobuf]) => {
        const [jsonName, ...options] = json.split(',')
        const number = Number(protobuf.split(',')[1])
        return { type, name: jsonName, number, omits: options.includes('omitempty') }
      })
  }
  const named = Object.fromEntries(
    [...source.matchAll(/^type (\w+) ([\w.[\]]+)$/gm)].map(([, name, type]) => [name, type]),
  )
  const imports = Object.fromEntries(
    [...source.matchAll(/^\t(\w+) "(k8s\.io\/[^"]+)"$/gm)].map(([, as, path]) => [as, path]),
  )
  return { structs, named, imports }
}

/** Notes the fields of a struct that a field table names; all of them where there is no table. */
function follow(where, struct, table) {
  const id = `${where}.${struct}`
  const fields = go[where].structs[struct]
  if (fields === undefined) throw new Error(`no struct ${id}`)
  messages[id] ??= {}
  const wanted = table?.fields
  for (const field of fields) {
    if (field.name !== '')
      note(id, where, field, wanted === undefined ? undefined : wanted[field.name], wanted !== undefined)
    else if (wanted !== undefined && inlined(where, field.type).some(({ name }) => name in wanted)) {
      messages[id]['...'] = { ...field, text: resolve(where, field.type).type }
      follow(where, field.type, {
        fields: Object.fromEntries(
          Object.entries(wanted).filter(([name]) => inlined(where, field.type).some((one) => one.name === name)),
        ),
      })
    }
  }
  const held = new Set([
    ...fields.map(({ name }) => name),
    ...fields.filter(({ name }) => name === '').flatMap(({ type }) => inlined(where, type).map(({ name }) => name)),
  ])
  for (const name of Object.keys(wanted ?? {}))
    if (!held.has(name)) console.error(`${id} has no field ${name}: it stays unset`)
}

function inlined(where, type) {
  return go[where].structs[type] ?? []
}

function note(id, where, field, table, isTabled) {
  if (isTabled && table === undefined) return
  const { form, type, isPointer, isMessage } = resolve(where, field.type)
  const hides = field.omits && !isPointer && form === '' && !isMessage
  messages[id][field.name] = { ...field, text: `${form}${type}`, hides }
  if (isMessage) {
    const [package_, struct] = type.split('.')
    follow(package_, struct, table === undefined || table === 'json' ? undefined : (table.of ?? table))
  }
}

/** What a Go type is on the wire: `list string`, `map quantity`, `core.Pod`. */
function resolve(where, type) {
  if (type.startsWith('*')) return { ...resolve(where, type.slice(1)), isPointer: true }
  if (type.startsWith('[]')) return { ...resolve(where, type.slice(2)), form: 'list ' }
  const map = /^map\[[\w.]+\](.+)$/.exec(type)
  if (map !== null) return { ...resolve(where, map[1]), form: 'map ' }
  if (known[type] !== undefined) return { form: '', type: known[type], isMessage: false }
  const [prefix, name] = type.includes('.') ? type.split('.') : [undefined, type]
  const there = prefix === undefined ? where : packages[go[where].imports[prefix]]
  if (there === undefined) throw new Error(`${where}: unknown type ${type}`)
  if (go[there].structs[name] !== undefined) return { form: '', type: `${there}.${name}`, isMessage: true }
  if (go[there].named[name] === undefined) throw new Error(`${where}: unknown type ${type}`)
  return resolve(there, go[there].named[name])
}

function render() {
  const lines = Object.keys(messages)
    .sort()
    .map((id) => {
      const fields = Object.entries(messages[id]).map(([name, { number, text, hides }]) => {
        const key = /^\w+$/.test(name) ? name : `'${name}'`
        return `    ${key}: '${number}${hides ? '?' : ''} ${text}',`
      })
      return `  '${id}': {\n${fields.join('\n')}\n  },`
    })
  const source = `// Written by scripts/protobuf-numbers.mjs from the Go types of k8s.io/api ${release}; not to be edited.

/**
 * Where the fields that are read stand in the API's protobuf messages: number, then \`list\` or \`map\`, then the type.
 * \`?\` after the number: JSON leaves a zero out. \`...\` is a message whose fields JSON writes into the one around it.
 */
export const protobufNumbers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${lines.join('\n')}
}
`
  const formatted = spawnSync('biome', ['format', `--stdin-file-path=${out}`], { input: source, encoding: 'utf8' })
  return formatted.status === 0 ? formatted.stdout : source
}
