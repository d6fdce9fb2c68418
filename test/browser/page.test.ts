import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Browser, chromium, type Page } from 'playwright-core'
import { diagnose } from '#diagnosis/diagnose.ts'
import { taintMap } from '#diagnosis/taint-map.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { renderPage } from '#output/html/page.ts'
import { suggest } from '#remedies/suggest.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { demoClusters } from '#test/demo/cluster.ts'
import { anExplainReport, aSuggestReport, nastyWords } from '#test/output/hostile.ts'
import { aLargeCluster } from '#test/output/large.ts'

const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && existsSync(path),
)
if (program === undefined) console.warn('test/browser: Chromium is not installed, the page is not tried in it')
const tried = program === undefined ? describe.skip : describe

/** Pictures go here; git does not know the folder. */
const artifacts = fileURLToPath(new URL('../../artifacts/', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const now = Date.parse('2026-11-23T12:00:00Z')

const demo = demoClusters(new Date(now)).map(({ objects, version, context }) =>
  aCluster(objects, { serverVersion: version, name: context }),
)
const pages: Readonly<Record<string, () => string>> = {
  demo: () => pageOf(demo, true),
  middle: () => pageOf([aLargeCluster(28, 60, 6)], true),
  large: () => pageOf([aLargeCluster(1000, 1000, 500)], false),
  hostile: () =>
    renderPage({
      explain: anExplainReport(() => nastyWords.join(' ')),
      suggest: aSuggestReport(() => nastyWords.join(' ')),
      taints: [],
      now,
    }),
}

tried('the page in Chromium', () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  const files = new Map<string, string>()
  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true })
    for (const [name, render] of Object.entries(pages)) {
      const file = join(folder, `${name}.html`)
      writeFileSync(file, render())
      files.set(name, pathToFileURL(file).href)
    }
    browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox', '--disable-gpu'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  interface Way {
    readonly scheme?: 'light' | 'dark'
    readonly width?: number
    readonly script?: boolean
  }

  /** Opens a page, and holds that it asked nobody for anything and broke no rule of its own policy. */
  async function opened(
    name: string,
    { scheme = 'light', width = 1200, script = true }: Way,
    act: (page: Page) => Promise<void>,
  ) {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
    })
    const page = await context.newPage()
    const asked: string[] = []
    const said: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(String(error)))
    page.on('dialog', (dialog) => said.push(dialog.message()))
    await page.goto(files.get(name) ?? '')
    await act(page)
    expect([asked, said]).toEqual([[files.get(name)], []])
    await context.close()
  }

  for (const name of ['demo', 'middle', 'hostile']) {
    for (const scheme of name === 'middle' ? (['light'] as const) : (['light', 'dark'] as const)) {
      test(`${name}, ${scheme}: axe finds nothing, and there is a picture`, async () => {
        await opened(name, { scheme }, async (page) => {
          await page.screenshot({ path: join(artifacts, `${name}-${scheme}.png`) })
          await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
          expect(await violations(page)).toEqual([])
          await page.screenshot({ path: join(artifacts, `${name}-${scheme}-open.png`), fullPage: true })
        })
      }, 60_000)
    }
    test(`${name}, on a telephone: nothing but tables scrolls sideways`, async () => {
      await opened(name, { width: 360 }, async (page) => {
        await page.screenshot({ path: join(artifacts, `${name}-narrow.png`) })
        const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        expect(wider).toBe(0)
        expect(await violations(page)).toEqual([])
      })
    }, 60_000)
  }

  test('without script everything is there to read, and nothing that would do nothing', async () => {
    await opened('demo', { script: false }, async (page) => {
      expect(await page.locator('article').count()).toBeGreaterThan(9)
      expect(await page.locator('button:visible, input:visible, select:visible').count()).toBe(0)
      const answers = await page.locator('article > p').allInnerTexts()
      expect(answers).toContain('For Job fleetdm/fleet-migration.')
      await page.screenshot({ path: join(artifacts, 'demo-no-script.png') })
    })
  }, 60_000)

  test('search and filters leave what is asked for, by keyboard', async () => {
    await opened('demo', {}, async (page) => {
      await page.getByLabel('Search').focus()
      await page.keyboard.type('fleet-migration')
      expect(await page.locator('article[data-c]:visible h3').allInnerTexts()).toEqual([
        'fleetdm/fleet-migration-lkfn8',
      ])
      expect(await page.locator('.matrix tbody tr:visible').count()).toBe(1)
      expect(await page.getByRole('status').textContent()).toMatch(/^1 of \d+ shown$/)
      await page.getByLabel('Search').fill('')
      await page.getByLabel('Namespace').selectOption('kube-system')
      for (const text of await page.locator('article[data-c]:visible h3').allInnerTexts())
        expect(text).toMatch(/^kube-system\//)
    })
  }, 60_000)

  test('a button copies the YAML', async () => {
    await opened('demo', {}, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      const block = page.locator('.yaml').first()
      await block.getByRole('button').click()
      // The button says so when the clipboard has it, which is some moments after the click.
      await block.getByRole('button', { name: 'Copied' }).waitFor()
      const copied = await page.evaluate('navigator.clipboard.readText()')
      expect(copied).toBe(await block.locator('pre').textContent())
    })
  }, 60_000)

  test('1,000 nodes and 500 diagnoses open at once', async () => {
    await opened('large', {}, async (page) => {
      expect(await page.locator('article[data-c]').count()).toBe(500)
      await page.screenshot({ path: join(artifacts, 'large-light.png') })
    })
  }, 60_000)

  test('axe has run: it finds a picture without words', async () => {
    await opened('demo', {}, async (page) => {
      await page.evaluate("document.body.append(document.createElement('img'))")
      expect(await violations(page)).toEqual(expect.arrayContaining([expect.stringContaining('image-alt')]))
    })
  }, 60_000)
})

/** What axe finds under the rules of WCAG 2.2 AA and before, each with the elements it is about. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const run = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`
  const { violations: found } = (await page.evaluate(run)) as {
    violations: readonly { id: string; nodes: readonly { html: string; failureSummary: string }[] }[]
  }
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html} ${failureSummary}`)
        .join(' | ')}`,
  )
}

function pageOf(states: readonly ClusterState[], withChanges: boolean): string {
  const head = { apiVersion: 'taintdoctor.dev/v1alpha1' } as const
  return renderPage({
    explain: { ...head, kind: 'ExplainReport', clusters: states.map((state) => diagnose(state, {})) },
    suggest: { ...head, kind: 'SuggestReport', clusters: withChanges ? states.map((state) => suggest(state, {})) : [] },
    taints: states.map(taintMap),
    now,
  })
}
