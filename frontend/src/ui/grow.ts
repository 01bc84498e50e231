/** Makes a text area as high as what is typed into it. */
export function grow(node: HTMLTextAreaElement): () => void {
  const fit = () => {
    node.style.height = 'auto'
    node.style.height = `${node.scrollHeight + node.offsetHeight - node.clientHeight}px`
  }
  let width = 0
  const resized = new ResizeObserver(() => {
    if (node.clientWidth !== width) requestAnimationFrame(fit) // also once it is shown at all
    width = node.clientWidth
  })
  resized.observe(node)
  node.addEventListener('input', fit)
  return () => {
    resized.disconnect()
    node.removeEventListener('input', fit)
  }
}
