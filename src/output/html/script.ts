/** The page's script: search, filters and copy buttons. All else works without it. */
export const script = `
'use strict'
const $ = (query, root = document) => [...root.querySelectorAll(query)]
const bar = document.getElementById('bar')
const [text, space, cause] = ['text', 'space', 'cause'].map((id) => document.getElementById(id))
const said = document.getElementById('said')
const cards = $('article[data-c]').map((card) => ({ card, rows: $('[data-of="' + card.id + '"]'), words: card.textContent.toLowerCase() }))
function apply() {
  const wanted = text.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let shown = 0
  for (const { card, rows, words } of cards) {
    const fits = wanted.every((word) => words.includes(word)) &&
      (space.value === '' || card.dataset.n === space.value) &&
      (cause.value === '' || card.dataset.c.split(' ').includes(cause.value))
    card.hidden = !fits
    for (const row of rows) row.hidden = !fits
    if (fits) shown++
  }
  said.textContent = shown + ' of ' + cards.length + ' shown'
}
if (bar && cards.length > 0) {
  bar.hidden = false
  for (const field of [text, space, cause]) field.addEventListener('input', apply)
  apply()
}
for (const button of $('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const block = button.parentElement.querySelector('pre')
    try {
      await navigator.clipboard.writeText(block.textContent)
    } catch {
      const range = document.createRange()
      range.selectNodeContents(block)
      getSelection().removeAllRanges()
      getSelection().addRange(range)
      document.execCommand('copy')
    }
    const before = button.textContent
    button.textContent = 'Copied'
    setTimeout(() => { button.textContent = before }, 2000)
  })
}
`

export const scriptHash = 'GyB7MQoTPNXTqVP6zpsswX67RhHyvA0vU6Cm7BFqQe4='
