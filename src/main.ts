import { main } from '#commands/program.ts'
import { processStreams } from '#commands/streams.ts'

// A closed pipe (`| head`) ends the program quietly, whichever output it was.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    if (stream === process.stdout) process.stderr.write(`error: standard output cannot be written: ${error.message}\n`)
    process.exit(3)
  })
}
// A file that grows beyond its limit is an error of the write, not the end of the program.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => {})

// kubectl asks for completions by starting this program under another name.
const asks = /kubectl_complete-taintdoctor(?:\.exe)?$/i.test(process.argv0)

void main([...(asks ? ['__complete'] : []), ...process.argv.slice(2)], processStreams()).then((code) => {
  process.exitCode = code
})
