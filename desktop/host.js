// Runs in the page once it is there. It is the window's own part of the page:
// the page does not know of it.
(() => {
  const runtime = window.runtime
  // A link that leads out of the page opens in the person's browser.
  const outside = (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href]')
    if (!link) return
    const url = new URL(link.href, location.href)
    if (url.protocol === location.protocol && url.host === location.host) return
    event.preventDefault()
    if (url.protocol === 'https:' || url.protocol === 'http:') runtime.BrowserOpenURL(url.href)
  }
  document.addEventListener('click', outside, true)
  document.addEventListener('auxclick', outside, true)
  // The window paints the page's background before the page is there.
  const system = matchMedia('(prefers-color-scheme: dark)')
  const tell = () => {
    const theme = document.documentElement.dataset.theme
    runtime.EventsEmit('window:dark', theme ? theme === 'dark' : system.matches)
  }
  system.addEventListener('change', tell)
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  tell()
})()
