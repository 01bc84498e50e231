// Puts the chosen theme on the page before its first paint. No choice means
// that the page follows the system.
;(function () {
  try {
    var chosen = localStorage.getItem('tenths.theme')
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
  } catch {
    // storage may be closed to the page; the system's theme will do
  }
})()
