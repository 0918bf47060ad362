import 'element-plus/es/components/base/style/css'
import 'element-plus/es/components/dialog/style/css'
import './dialog.css'
import { ElDialog as Dialog } from 'element-plus/es/components/dialog/index'
import { localeContextKey } from 'element-plus/es/hooks/use-locale/index'
import english from 'element-plus/es/locale/lang/en'
import chinese from 'element-plus/es/locale/lang/zh-cn'
import { computed, defineComponent, h, provide } from 'vue'
import { useWords } from '@/app/i18n'

/** Says its own words (what closes it) in the language of the app. They come with it, later than the first screen. */
export const ElDialog = defineComponent({
  inheritAttrs: false,
  setup(_, { attrs, slots }) {
    const { isChinese } = useWords()
    provide(localeContextKey, computed(() => (isChinese.value ? chinese : english)))
    return () => h(Dialog, attrs, slots)
  },
}) as unknown as typeof Dialog
