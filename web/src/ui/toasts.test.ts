import { shallowMount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import ModalBox from './ModalBox.vue'
import { showToast, toasts } from './toasts'

const said = () => toasts.value.map(({ text }) => text)

describe('what was said before a dialog opens', () => {
  beforeEach(() => {
    toasts.value = []
    showToast('done')
    showToast('not done', 'danger')
  })

  it('goes when it was good news: it would lie over the buttons of the dialog on a phone', async () => {
    const box = shallowMount(ModalBox, { props: { open: false, title: 't' } })
    expect(said()).toEqual(['done', 'not done'])
    await box.setProps({ open: true })
    expect(said()).toEqual(['not done'])
  })

  it('also when the dialog comes open', () => {
    shallowMount(ModalBox, { props: { open: true, title: 't' } })
    expect(said()).toEqual(['not done'])
  })

  it('is said in it what happens in it', () => {
    shallowMount(ModalBox, { props: { open: true, title: 't' } })
    showToast('done again')
    expect(said()).toEqual(['not done', 'done again'])
  })
})
