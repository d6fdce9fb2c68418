import { main } from '#commands/program.ts'
import { processStreams } from '#commands/streams.ts'

// A closed pipe (`| head`) ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

void main(process.argv.slice(2), processStreams()).then((code) => {
  process.exitCode = code
})
