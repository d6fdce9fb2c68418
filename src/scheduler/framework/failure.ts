import type { Failed } from './outcome.ts'
import type { PluginName } from './plugin.ts'

/** A Filter that broke, as the scheduler prints it. */
export function filterFailed(plugin: PluginName, error: string): Failed {
  return { kind: 'failed', message: `running "${plugin}" filter plugin: ${error}` }
}

/** A PreFilter that broke, as the scheduler prints it. */
export function preFilterFailed(plugin: PluginName, error: string): Failed {
  return { kind: 'failed', message: `running PreFilter plugin "${plugin}": ${error}` }
}
