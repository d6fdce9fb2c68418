import { checkPlaces, k3sNode, rancherServer } from './placed.ts'
import { workload } from './recognised.ts'
import { deployment } from './workloads.ts'

const clusterAgentField = 'spec.clusterAgentDeploymentCustomization.appendTolerations'

checkPlaces('Rancher', [
  [
    'the Rancher server has extraTolerations from 2.10',
    workload('rancher/server'),
    'HelmValues extraTolerations rancher',
    'Documented',
    /#48541/,
  ],
  [
    'the Rancher server has none in 2.9.5',
    workload('rancher/server', { images: ['rancher/rancher:v2.9.5'] }),
    'HelmValues extraTolerations rancher',
    'NotReached 2.9.6 2.10.0',
  ],
  [
    'the webhook is set in the values of Rancher',
    workload('rancher/webhook', { beside: [rancherServer] }),
    'HelmValues webhook.tolerations rancher',
    'Documented',
    /extraTolerations does not reach/,
  ],
  [
    'the webhook of a managed cluster is set in rancher-config',
    workload('rancher/webhook'),
    'ConfigMap data[rancher-webhook] tolerations cattle-system/rancher-config',
    'Documented',
  ],
  [
    'the webhook of a managed cluster has a field from 2.15',
    workload('rancher/webhook', {
      beside: [deployment('cattle-system', 'cattle-cluster-agent', 'rancher/rancher-agent:v2.15.0')],
    }),
    'CustomResource spec.webhookDeploymentCustomization.appendTolerations Cluster.provisioning.cattle.io/fleet-default',
    'Documented',
  ],
  [
    'the cluster agent is set on the provisioning Cluster that the nodes name',
    workload('rancher/cluster-agent', { beside: [k3sNode({ 'cluster.x-k8s.io/cluster-name': 'edge' })] }),
    `CustomResource ${clusterAgentField} Cluster.provisioning.cattle.io/fleet-default/edge`,
    'Documented',
    /2\.10\.6, 2\.11\.2, 2\.12\.0/,
  ],
  [
    'the cluster agent of an imported cluster is set on the management Cluster',
    workload('rancher/cluster-agent', {
      beside: [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'shop', annotations: { 'field.cattle.io/projectId': 'c-abcde:p-1' } },
        },
      ],
    }),
    `CustomResource ${clusterAgentField} Cluster.management.cattle.io/c-abcde`,
    'Documented',
    /registration command/,
  ],
  [
    'the cluster agent has no such field before 2.7.5',
    workload('rancher/cluster-agent', { images: ['rancher/rancher-agent:v2.7.4'] }),
    `CustomResource ${clusterAgentField} Cluster.provisioning.cattle.io/fleet-default`,
    'NotReached 2.7.5',
  ],
  [
    'helm-operation has no setting: its Pod is patched',
    workload('rancher/helm-operation'),
    'PodPatch spec.tolerations cattle-system/helm-operation-x7k2p',
    'NotReached',
    /extraTolerations/,
  ],
  [
    'a kubectl shell has no setting: its Pod is patched',
    workload('rancher/shell'),
    'PodPatch spec.tolerations cattle-system/dashboard-shell-q2w3e',
    'NotReached',
  ],
  [
    "a plan's Jobs take the Plan's tolerations",
    workload('rancher/upgrade-plan'),
    'CustomResource spec.tolerations Plan.upgrade.cattle.io/cattle-system/k3s-master-plan',
    'Documented',
  ],
  ["Rancher's hooks have no setting", workload('rancher/pre-upgrade'), 'None', 'NotReached', /#54624/],
  ['a chart without tolerations has no place', workload('rancher/remotedialer-proxy'), 'None', 'NotReached'],
])
