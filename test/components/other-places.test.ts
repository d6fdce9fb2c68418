import { checkPlaces, k3sNode } from './placed.ts'
import { workload } from './recognised.ts'
import { deployment } from './workloads.ts'

checkPlaces('the other systems', [
  [
    "MicroK8s' provisioner is a plain Deployment",
    workload('hostpath/provisioner'),
    'WorkloadPatch spec.template.spec.tolerations Deployment/kube-system/hostpath-provisioner',
    'Documented',
    /helper Pods/,
  ],
  [
    'its 1.6.0 is not public',
    workload('hostpath/provisioner', { images: ['cdkbot/hostpath-provisioner:1.6.0'] }),
    'WorkloadPatch spec.template.spec.tolerations Deployment/kube-system/hostpath-provisioner',
    'Unknown',
  ],
  [
    "MicroK8s' helper has no setting: its Pod is patched in time",
    workload('hostpath/helper'),
    'PodPatch spec.tolerations kube-system/hostpath-provisioner-mk-2-799sv',
    'NotReached',
    /500 s/,
  ],
  [
    "local-path's helper is set in helperPod.yaml",
    workload('local-path/helper', {
      beside: [deployment('local-path-storage', 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.37')],
    }),
    'ConfigMap data[helperPod.yaml] spec.tolerations local-path-storage/local-path-config',
    'Documented',
    /disk-pressure/,
  ],
  [
    "local-path's helper tolerates everything by itself in 0.0.31",
    workload('local-path/helper', {
      beside: [deployment('local-path-storage', 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.31')],
    }),
    'ConfigMap data[helperPod.yaml] spec.tolerations local-path-storage/local-path-config',
    'Unknown',
  ],
  ["K3s' CoreDNS has no place", workload('k3s/coredns'), 'None', 'NotReached', /every start/],
  [
    "K3s' Traefik is set by a HelmChartConfig",
    workload('k3s/traefik'),
    'CustomResource spec.valuesContent tolerations HelmChartConfig.helm.cattle.io/kube-system/traefik',
    'Documented',
    /replaces/,
  ],
  ['helm-install Jobs have no field', workload('k3s/helm-install'), 'None', 'NotReached', /no field/],
  [
    'servicelb reads an annotation of the Service',
    workload('k3s/svclb', { beside: [k3sNode()] }),
    'CustomResource metadata.annotations[svccontroller.k3s.cattle.io/tolerations] Service/shop/web',
    'Documented',
  ],
  [
    'servicelb of K3s 1.30.3 reads none',
    workload('k3s/svclb', { beside: [k3sNode({}, 'v1.30.3+k3s1')] }),
    'CustomResource metadata.annotations[svccontroller.k3s.cattle.io/tolerations] Service/shop/web',
    'NotReached 1.28.13 1.29.8 1.30.4',
  ],
  [
    "FleetDM's three workloads share one key",
    workload('fleetdm/vuln-processing'),
    'HelmValues tolerations fleet',
    'Documented',
  ],
  [
    "FleetDM's migration Job stays unless it is deleted",
    workload('fleetdm/migration', {
      rootAnnotations: { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-delete-policy': 'hook-succeeded' },
    }),
    'HelmValues tolerations fleet',
    'Documented',
    /delete job fleet-migration/,
  ],
])
