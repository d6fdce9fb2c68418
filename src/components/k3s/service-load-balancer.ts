import { command } from '#components/command.ts'
import type { Piece } from '#components/component.ts'
import { find } from '#components/lookup.ts'
import { placement, podPatch, present, workloadPatch } from '#components/placements.ts'
import { labelled } from '#components/subject.ts'
import { hasChange } from '#components/version.ts'
import { annotationOf } from '#model/raw-object.ts'
import { packagedTolerations } from './charts.ts'

const nameLabel = 'svccontroller.k3s.cattle.io/svcname'
const namespaceLabel = 'svccontroller.k3s.cattle.io/svcnamespace'
const annotation = 'svccontroller.k3s.cattle.io/tolerations'
const annotationSince = ['1.28.13', '1.29.8', '1.30.4']

/** The DaemonSet of a Service of type LoadBalancer. */
export const serviceLoadBalancer: Piece = {
  id: 'k3s/svclb',
  docs: {
    recognised: 'DaemonSet `svclb-*`, label `svccontroller.k3s.cattle.io/svcname`',
    set: 'annotation `svccontroller.k3s.cattle.io/tolerations` of the Service',
    versions: 'K3s 1.28.13, 1.29.8, 1.30.4 and newer',
    source: 'k3s-io/k3s pkg/cloudprovider/servicelb.go; #1988, #10687',
  },
  recognises: (subject) => subject.kind === 'DaemonSet' && labelled(subject, nameLabel) !== undefined,
  placements: ({ subject, version }) => {
    const name = labelled(subject, nameLabel) ?? 'NAME'
    const namespace = labelled(subject, namespaceLabel) ?? 'NAMESPACE'
    const service = find(subject.cluster, 'v1', 'Service', namespace, name)
    const old = version !== undefined && !hasChange(version.version, annotationSince)
    const given = annotationOf(service, annotation)
    return present(
      placement({
        target: {
          kind: 'CustomResource',
          path: `metadata.annotations[${annotation}]`,
          resource: 'Service',
          namespace,
          name,
        },
        standing: {
          entries: packagedTolerations,
          from: 'what K3s gives it without the annotation',
          ...(given === undefined ? {} : { unknown: 'the annotation holds a list already: keep its entries' }),
        },
        ...(old ? { reach: { kind: 'NotReached', mendedIn: annotationSince } } : {}),
        evidence: 'the annotation holds a YAML or JSON list as text (k3s-io/k3s#1988, #10687)',
        apply: [
          `${command`kubectl -n ${namespace} annotate service ${name}`} --overwrite ${annotation}="$(cat tolerations.yaml)"`,
        ],
        warnings: ["Whether the list adds to K3s' own or replaces it was not checked: its own entries are repeated."],
      }),
      workloadPatch(subject, { lasts: 'until the Service changes or the K3s server starts again' }),
      podPatch(subject),
    )
  },
}
