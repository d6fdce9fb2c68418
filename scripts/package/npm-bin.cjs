#!/usr/bin/env node
/* In the syntax of old Nodes: they must be able to read this far to say what is wrong. */
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error('error: kubectl taintdoctor needs Node 20 or newer; this is %s', process.version)
  process.exit(3)
}
/* npm starts programs in ways of its own, so the name they were called by does not say which one is meant. */
if (/complete\.js$/.test(__filename)) process.argv.splice(2, 0, '__complete')
require('../dist/kubectl-taintdoctor.cjs')
