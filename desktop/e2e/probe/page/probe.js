// Calls the bound value as the real page does.
const show = (id, text) => (document.getElementById(id).textContent = text)
const bound = window.go?.main?.Bound
const call = bound
  ? (name, ...args) => bound[name](...args)
  : async (name, ...args) => {
      const answer = await fetch(`call/${name}`, { method: 'POST', body: JSON.stringify(args) })
      const value = await answer.json()
      if (!answer.ok) throw value.message
      return value
    }
let told = 0
const stale = (topic) => show('stale', `${topic} ${++told}`)
if (bound) window.runtime.EventsOn('stale', stale)
else new EventSource('events').onmessage = (event) => stale(event.data)
document.getElementById('say').onclick = () =>
  call('Say', document.getElementById('words').value).then(
    (answer) => show('answer', answer),
    (refusal) => show('answer', `refused: ${refusal.message ?? refusal}`),
  )
document.addEventListener('securitypolicyviolation', (event) => show('egress', `blocked by ${event.effectiveDirective}`))
show('today', await call('Today'))
