import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
for (const [name, width, scheme] of [['control-toleration-not-enough', 1200, 'light'], ['fleet-0.12.0-stuck-cron-job', 1200, 'dark'], ['local-path-noexecute-evicted', 390, 'light']]) {
  const c = await b.newContext({ viewport: { width, height: 1500 }, colorScheme: scheme })
  const p = await c.newPage()
  await p.goto(`file:///work/main/artifacts/${name}.html`)
  await p.evaluate(axe)
  const r = await p.evaluate(`axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] })`)
  console.log(name, r.violations.map((v) => v.id + ' ' + v.nodes[0].html))
  await p.screenshot({ path: `artifacts/real-${name}.png` })
}
await b.close()
