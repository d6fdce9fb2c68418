/** Written in by the build; a checkout that runs from source has none. */
export const version: string = process.env['TAINTDOCTOR_VERSION'] ?? '0.0.0-source'
