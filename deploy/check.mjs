// Checks rendered manifests: every document against the model of its kind, and what this chart promises of each.
//   node check.mjs RENDERED.yaml…     with kubernetes-models and js-yaml beside it; check.sh arranges that
import { readFileSync } from 'node:fs'

const yaml = await import('js-yaml')
const services = ['identity', 'reporting', 'supervision', 'analytics', 'gateway']
const faults = []

for (const file of process.argv.slice(2)) {
  const documents = (yaml.loadAll ?? yaml.default.loadAll)(readFileSync(file, 'utf8')).filter(Boolean)
  const expect = (right, what) => right || faults.push(`${file}: ${what}`)
  for (const one of documents) {
    try {
      const models = await import(`kubernetes-models/${one.apiVersion}`)
      new models[one.kind](one).validate()
    } catch (fault) {
      expect(false, `${one.kind} ${one.metadata?.name}: ${fault.message}`)
    }
  }

  const named = (kind, service) => documents.find((one) => one.kind === kind && one.metadata.labels['app.kubernetes.io/component'] === service)
  for (const service of services) {
    const [serving, migrating] = [named('Deployment', service), named('Job', `${service}-migrate`)]
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy']) expect(named(kind, service), `${service} has no ${kind}`)
    for (const [what, owner] of [[serving, service], [migrating, `${service}'s migration`]]) {
      const pod = what?.spec.template.spec
      const [container] = pod?.containers ?? []
      expect(pod?.securityContext.runAsNonRoot === true && pod.securityContext.runAsUser > 0, `${owner} may run as root`)
      expect(container?.securityContext.readOnlyRootFilesystem === true && container.securityContext.allowPrivilegeEscalation === false, `${owner} may write its root or gain rights`)
      expect(container?.resources?.requests && container.resources.limits?.memory, `${owner} asks for no resources`)
      expect(!/:(latest)?$/.test(container?.image ?? ':'), `${owner} has no fixed image`)
      const open = container?.env.filter((one) => /password|secret|connectionstrings/i.test(one.name) && one.value && !one.value.startsWith('$('))
      expect(open?.length === 0, `${owner} has secrets in the open: ${open?.map((one) => one.name)}`)
    }
    const knows = (what) => what?.spec.template.spec.containers[0].env.some((one) => one.name === 'ConnectionStrings__PostgresOwner')
    expect(knows(migrating) && !knows(serving), `${service}: the schema's owner is for the migration alone`)
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) expect(serving?.spec.template.spec.containers[0][probe]?.httpGet, `${service} has no ${probe}`)
    expect(migrating?.metadata.annotations['helm.sh/hook'] === 'pre-install,pre-upgrade', `${service}'s migration does not come first`)
  }
}

for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'The rendered manifests are as the chart promises.' : `${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
