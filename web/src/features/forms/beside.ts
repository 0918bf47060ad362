/** What stands around the cells of a module and is not needed to type into the first one: it comes a moment after them. */
export { default as CompletionBar } from './CompletionBar.vue'
export { default as ConflictDialog } from '../keeping/ConflictDialog.vue'
export { default as DetailsPanel } from './DetailsPanel.vue'
export { default as IssuesPanel } from './IssuesPanel.vue'
export { default as NewFormBanner } from './NewFormBanner.vue'
export { default as OwnReview } from '../unlocking/OwnReview.vue'
export { default as SetAside } from './SetAside.vue'
