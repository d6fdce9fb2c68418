import type { Piece } from '#components/component.ts'
import { noPlace, podPatch, present, untaintedNode, workloadPatch } from '#components/placements.ts'
import { isNamed, type Subject } from '#components/subject.ts'
import { annotationOf } from '#model/raw-object.ts'

/** Whether an Addon of K3s or RKE2 put the root there: the deploy controller writes it into the annotations. */
export function isOfAddon({ root }: Subject): boolean {
  return annotationOf(root, 'objectset.rio.cattle.io/owner-gvk')?.startsWith('k3s.cattle.io/') === true
}

/** A component that K3s applies from a plain manifest, and applies again whenever the server starts. */
function manifestPiece(id: string, name: string, disable: string): Piece {
  return {
    id,
    docs: {
      recognised: `Deployment \`${name}\` in \`kube-system\` with the annotations of a K3s Addon`,
      set: `nowhere: K3s writes its manifest again at every start; disable \`${disable}\` and deploy an own copy, or patch until then`,
      versions: 'all',
      source: 'k3s-io/k3s manifests; #14344',
    },
    recognises: (subject) =>
      subject.namespace === 'kube-system' && isNamed(subject, ['Deployment'], name) && isOfAddon(subject),
    placements: ({ subject }) =>
      present(
        noPlace(
          `a packaged manifest of K3s without values: it tolerates CriticalAddonsOnly and the control-plane taints, nothing else; K3s writes it again at every start (k3s-io/k3s#14344)`,
        ),
        untaintedNode('add a node without the taint, or remove the taint'),
        workloadPatch(subject, { lasts: 'until the K3s server starts again' }),
        noPlace(`disable it and deploy a copy of your own`, {
          reach: { kind: 'Documented' },
          apply: [`k3s server --disable=${disable}`],
          requires: `the K3s server with --disable=${disable}`,
        }),
        podPatch(subject),
      ),
  }
}

/** Packaged components that are plain manifests. */
export const manifestPieces: readonly Piece[] = [
  manifestPiece('k3s/coredns', 'coredns', 'coredns'),
  manifestPiece('k3s/metrics-server', 'metrics-server', 'metrics-server'),
  manifestPiece('k3s/local-path-provisioner', 'local-path-provisioner', 'local-storage'),
]
