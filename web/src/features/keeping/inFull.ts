/** All of keeping, as one file that comes a moment after the page (`later.ts`). */
export { AutosaveQueue } from '../forms/autosave'
export { takeOver } from '../forms/autosaveStore'
export { copiesOf, forgetCopies, tidyCopies } from './copies'
export { isOpenHere, startOutbox, useOutbox } from './outbox'
export { theShelf } from './shelf'
export { default as SignOutDialog } from './SignOutDialog.vue'
export { default as WaitingBadge } from './WaitingBadge.vue'
