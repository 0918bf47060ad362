import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { allTexts } from './i18n'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    open?: boolean
    /** Without the app's head: the page is the whole screen. */
    bare?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('@/features/home/HomePage.vue'), meta: { title: 'nav.home' } },
  { path: '/fill', name: 'fill', component: () => import('@/features/school/FillPage.vue'), meta: { title: 'nav.fill' } },
  { path: '/fill/:reportId', name: 'report', component: () => import('@/features/school/ReportPage.vue'), props: true,
    meta: { title: 'nav.fill' } },
  { path: '/fill/:reportId/sign', name: 'sign', component: () => import('@/features/school/SignPage.vue'), props: true,
    meta: { title: 'sign.title' } },
  { path: '/fill/:reportId/receipts', name: 'receipts', component: () => import('@/features/school/ReceiptsPage.vue'),
    props: true, meta: { title: 'receipts.title' } },
  { path: '/fill/:reportId/modules/:moduleKey', name: 'module', component: () => import('@/features/forms/ModuleFormPage.vue'),
    props: true, meta: { title: 'nav.fill' } },
  { path: '/fill/:reportId/modules/:moduleKey/print', name: 'print-module', component: () => import('@/features/forms/PrintPage.vue'),
    props: true, meta: { title: 'forms.print.title' } },
  { path: '/schools', name: 'schools', component: () => import('@/features/school/SchoolsPage.vue'), meta: { title: 'schools.title' } },
  { path: '/waiting', name: 'waiting', component: () => import('@/features/keeping/WaitingPage.vue'), meta: { title: 'keeping.title' } },
  { path: '/review', name: 'review', component: () => import('@/features/review/QueuePage.vue'), meta: { title: 'nav.review' } },
  { path: '/review/missing', name: 'missing', component: () => import('@/features/review/MissingPage.vue'),
    meta: { title: 'missing.title' } },
  { path: '/review/unlock-requests', name: 'unlock-requests', component: () => import('@/features/unlocking/UnlockRequestsPage.vue'), meta: { title: 'unlocking.title' } },
  { path: '/review/reasons', name: 'return-reasons', component: () => import('@/features/review/ReasonsPage.vue'), meta: { title: 'reasons.title' } },
  { path: '/review/groups', name: 'reviewer-groups', component: () => import('@/features/review/GroupsPage.vue'), meta: { title: 'groups.title' } },
  { path: '/review/groups/work', name: 'group-work', component: () => import('@/features/review/GroupWorkPage.vue'), meta: { title: 'groups.work' } },
  { path: '/review/counties', name: 'counties', component: () => import('@/features/review/CountiesPage.vue'),
    meta: { title: 'county.title' } },
  { path: '/review/samples/:sampleId', name: 'sample', component: () => import('@/features/review/SamplePage.vue'), props: true,
    meta: { title: 'sample.title' } },
  { path: '/review/:reportId', name: 'review-report', component: () => import('@/features/review/ReviewPage.vue'), props: true,
    meta: { title: 'nav.review' } },
  { path: '/board/:organisationId?', name: 'board', component: () => import('@/features/board/BoardPage.vue'), props: true, meta: { title: 'board.title' } },
  { path: '/deadline', name: 'deadline', component: () => import('@/features/deadline/DeadlinePage.vue'), meta: { title: 'nav.deadline' } },
  { path: '/deadline/requests', name: 'deadline-requests', component: () => import('@/features/deadline/RequestsPage.vue'), meta: { title: 'requests.title' } },
  { path: '/dashboard/schools/:organisationId', name: 'school-dashboard', props: true,
    component: () => import('@/features/dashboards/SchoolDashboard.vue'), meta: { title: 'nav.dashboard' } },
  { path: '/dashboard/:organisationId?', name: 'dashboard', props: true,
    component: () => import('@/features/dashboards/DashboardPage.vue'), meta: { title: 'nav.dashboard' } },
  { path: '/wall/:organisationId?', name: 'wall', props: true, component: () => import('@/features/wall/WallPage.vue'), meta: { title: 'wall.title', bare: true } },
  { path: '/figures/index/:organisationId', name: 'index-parts', props: true,
    component: () => import('@/features/figures/IndexPage.vue'), meta: { title: 'chart.indexLong' } },
  { path: '/figures/:indicator/schools/:organisationId', name: 'figure-steps', props: true,
    component: () => import('@/features/figures/StepsPage.vue'), meta: { title: 'figure.one' } },
  { path: '/figures/:indicator/:organisationId', name: 'figure', props: true,
    component: () => import('@/features/figures/FigurePage.vue'), meta: { title: 'figure.one' } },
  { path: '/quality/schools/:organisationId', name: 'school-quality', props: true,
    component: () => import('@/features/quality/SchoolQualityPage.vue'), meta: { title: 'quality.one' } },
  { path: '/quality/:organisationId', name: 'quality', props: true,
    component: () => import('@/features/quality/NodeQualityPage.vue'), meta: { title: 'quality.one' } },
  { path: '/map/:organisationId?', name: 'map', props: true, component: () => import('@/features/maps/MapPage.vue'), meta: { title: 'maps.title' } },
  { path: '/maps', name: 'maps', component: () => import('@/features/maps/MapsPage.vue'), meta: { title: 'maps.admin.title' } },
  { path: '/explore', name: 'explore', component: () => import('@/features/explore/ExplorePage.vue'), meta: { title: 'explore.title' } },
  { path: '/explore/boards', name: 'view-boards', component: () => import('@/features/explore/BoardsPage.vue'), meta: { title: 'boards.title' } },
  { path: '/explore/boards/:boardId', name: 'view-board', props: true, component: () => import('@/features/explore/BoardPage.vue'), meta: { title: 'boards.one' } },
  { path: '/publications', name: 'publications', component: () => import('@/features/publishing/PublicationsPage.vue'), meta: { title: 'publication.title' } },
  { path: '/recounts', name: 'recounts', component: () => import('@/features/publishing/RecountsPage.vue'), meta: { title: 'recount.title' } },
  { path: '/cycles', name: 'cycles', component: () => import('@/features/cycles/CyclesPage.vue'), meta: { title: 'nav.cycles' } },
  { path: '/cycles/new', name: 'new-cycle', component: () => import('@/features/cycles/NewCyclePage.vue'),
    meta: { title: 'cycles.new' } },
  { path: '/people', name: 'people', component: () => import('@/features/people/PeoplePage.vue'), meta: { title: 'nav.people' } },
  { path: '/organisations/:organisationId?', name: 'organisations', props: true,
    component: () => import('@/features/organisations/OrganisationsPage.vue'), meta: { title: 'nav.organisations' } },
  { path: '/registers', name: 'registers', component: () => import('@/features/masters/RegistersPage.vue'), meta: { title: 'nav.registers' } },
  { path: '/exports', name: 'exports', component: () => import('@/features/exports/ExportsPage.vue'), meta: { title: 'exports.title' } },
  { path: '/feed', name: 'feed', component: () => import('@/features/feed/FeedPage.vue'), meta: { title: 'feed.title' } },
  { path: '/audit', name: 'audit', component: () => import('@/features/audit/AuditPage.vue'), meta: { title: 'nav.audit' } },
  { path: '/delegations', name: 'delegations', component: () => import('@/features/people/DelegationsPage.vue'), meta: { title: 'delegations.title' } },
  { path: '/notices', name: 'notices', component: () => import('@/features/notices/NoticesPage.vue'), meta: { title: 'notices.title' } },
  { path: '/notices/settings', name: 'notice-settings', component: () => import('@/features/notices/NoticeSettingsPage.vue'), meta: { title: 'notices.settings.title' } },
  { path: '/notices/deliveries', name: 'deliveries', component: () => import('@/features/notices/DeliveriesPage.vue'), meta: { title: 'notices.delivery' } },
  { path: '/check', name: 'check', component: () => import('@/features/check/CheckPage.vue'), meta: { title: 'check.title', open: true } },
  { path: '/open', name: 'open', component: () => import('@/features/open/OpenPage.vue'), meta: { title: 'open.title', open: true } },
  { path: '/signed-in', name: 'signed-in', component: () => import('./SignedInPage.vue'), meta: { open: true } },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./NowherePage.vue'), meta: { title: 'nowhere.title' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})

// Pages of offices say what no school's page says: those texts are there before the page is.
const ofSchools = new Set(['home', 'fill', 'report', 'sign', 'receipts', 'module', 'print-module', 'schools', 'waiting', 'signed-in', 'nowhere'])
// On their way while the page's own file is.
router.beforeEach((to) => {
  if (!ofSchools.has(String(to.name))) void allTexts().catch(() => undefined)
})
router.beforeResolve(async (to) => {
  if (!ofSchools.has(String(to.name))) await allTexts().catch(() => undefined)
})

// A new page is announced from its beginning, as a browser would after a real load.
router.afterEach((to, from) => {
  if (from.name && to.path !== from.path) document.getElementById('main')?.focus({ preventScroll: true })
})
