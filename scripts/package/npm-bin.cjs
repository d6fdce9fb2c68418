#!/usr/bin/env node
/* Syntax of old Nodes only: they must be able to read this far to say what is wrong. */
var major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error('error: kubectl taintdoctor needs Node 20 or newer; this is ' + process.version)
  process.exit(3)
}
/* On Windows npm starts programs by scripts of its own, and the name they were called by is lost. */
if (/complete/.test(require('path').basename(__filename))) process.argv.splice(2, 0, '__complete')
require('../dist/kubectl-taintdoctor.cjs')
