// Writes docs/schema/*.json from the types of src/report/ and of the snapshot's head; with --check only says whether
// they are right. docs/decisions/0006-schema.md says why this way.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'

const root = fileURLToPath(new URL('..', import.meta.url))
const schemas = [
  {
    type: 'ExplainReport',
    path: 'src/report/explain-report.ts',
    says: 'What `kubectl taintdoctor explain -o json` prints.',
  },
  {
    type: 'SuggestReport',
    path: 'src/report/suggest-report.ts',
    says: 'What `kubectl taintdoctor suggest -o json` prints.',
  },
  {
    type: 'SnapshotHead',
    path: 'src/model/snapshot-head.ts',
    says: 'The first item of the list that `kubectl taintdoctor snapshot` writes.',
  },
]

const check = process.argv.includes('--check')
const wrong = []
mkdirSync(`${root}docs/schema`, { recursive: true })
for (const { type, path, says } of schemas) {
  const file = `docs/schema/${kebab(type)}.json`
  const text = `${JSON.stringify(schemaOf(type, path, says), null, 2)}\n`
  if (!check) writeFileSync(root + file, text)
  else if (text !== written(root + file)) wrong.push(file)
}
if (wrong.length > 0) {
  console.error(
    `${wrong.join(', ')}: out of date. Run node scripts/schema.mjs, and look at the difference: others rely on it.`,
  )
  process.exit(1)
}

function schemaOf(type, path, says) {
  const generator = createGenerator({
    path: root + path,
    tsconfig: `${root}tsconfig.json`,
    type,
    skipTypeCheck: true,
    // A later version may add fields: who reads a report passes over what it does not know.
    additionalProperties: true,
    topRef: false,
    sortProps: true,
  })
  const { $schema, definitions, ...rest } = generator.createSchema(type)
  return {
    $schema,
    $id: `urn:taintdoctor:v1alpha1:${kebab(type)}`,
    title: type,
    ...rest,
    description: says,
    definitions,
  }
}

function written(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function kebab(name) {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
}
