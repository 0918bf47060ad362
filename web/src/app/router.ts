import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    open?: boolean
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
  { path: '/review', name: 'review', component: () => import('@/features/review/QueuePage.vue'), meta: { title: 'nav.review' } },
  { path: '/review/missing', name: 'missing', component: () => import('@/features/review/MissingPage.vue'),
    meta: { title: 'missing.title' } },
  { path: '/review/:reportId', name: 'review-report', component: () => import('@/features/review/ReviewPage.vue'), props: true,
    meta: { title: 'nav.review' } },
  { path: '/dashboard/schools/:organisationId', name: 'school-dashboard', props: true,
    component: () => import('@/features/dashboards/SchoolDashboard.vue'), meta: { title: 'nav.dashboard' } },
  { path: '/dashboard/:organisationId?', name: 'dashboard', props: true,
    component: () => import('@/features/dashboards/DashboardPage.vue'), meta: { title: 'nav.dashboard' } },
  { path: '/cycles', name: 'cycles', component: () => import('@/features/cycles/CyclesPage.vue'), meta: { title: 'nav.cycles' } },
  { path: '/cycles/new', name: 'new-cycle', component: () => import('@/features/cycles/NewCyclePage.vue'),
    meta: { title: 'cycles.new' } },
  { path: '/people', name: 'people', component: () => import('@/features/people/PeoplePage.vue'), meta: { title: 'nav.people' } },
  { path: '/signed-in', name: 'signed-in', component: () => import('./SignedInPage.vue'), meta: { open: true } },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./NowherePage.vue'), meta: { title: 'nowhere.title' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})

// A new page is announced from its beginning, as a browser would after a real load.
router.afterEach((to, from) => {
  if (from.name && to.path !== from.path) document.getElementById('main')?.focus({ preventScroll: true })
})
