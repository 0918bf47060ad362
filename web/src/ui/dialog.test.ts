import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { setLocale } from '@/app/i18n'
import ModalBox from './ModalBox.vue'

describe('a dialog', () => {
  it('names what closes it in the language of the app, also when that changes under it', async () => {
    document.body.innerHTML = '<div id="dialogs"></div>'
    await import('./dialog')
    const box = mount(ModalBox, { props: { open: true, title: '导入地图' }, attachTo: document.body, global: { stubs: { transition: false } } })
    await flushPromises()
    const close = () => document.querySelector('.el-dialog__headerbtn')!
    await expect.poll(() => document.querySelector('.el-dialog__headerbtn')).not.toBeNull()
    expect(close().getAttribute('aria-label')).toBe('关闭此对话框')
    await setLocale('en')
    expect(close().getAttribute('aria-label')).toBe('Close this dialog')
    ;(close() as HTMLElement).click()
    await expect.poll(() => box.emitted('close')?.length).toBe(1)
    await setLocale('zh-CN')
  })
})
