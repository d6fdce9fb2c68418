/** Makes something once for each key, and keeps it for as long as the key is there. */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { readonly value: V }>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known.value
    const value = make(key)
    made.set(key, { value })
    return value
  }
}

/** Makes something once for each text, and keeps it until there are more than `most` of them: then all are forgotten. */
export function oncePerText<V>(make: (text: string) => V, most: number): (text: string) => V {
  const made = new Map<string, V>()
  return (text) => {
    const known = made.get(text)
    if (known !== undefined || made.has(text)) return known as V
    const value = make(text)
    if (made.size > most) made.clear()
    made.set(text, value)
    return value
  }
}
