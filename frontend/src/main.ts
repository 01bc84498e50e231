import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import { connect } from './backend'
import App from './shell/App.svelte'

mount(App, { target: document.getElementById('app')!, props: { backend: connect() } })
