// Written by scripts/blockers-pages.mjs from docs/blockers/.

/** The page of each cause code, as Markdown. */
export const blockersPages: Readonly<Record<string, string>> = {
  AlreadyBound: `# AlreadyBound

**The Pod has a node; this is not about scheduling.**

\`spec.nodeName\` is set. A Pod can read Pending all the same while its kubelet pulls images, mounts volumes, or runs init containers.

## See it with kubectl

\`\`\`sh
kubectl describe pod POD
\`\`\`

## What helps

- Look at the Pod's events and container states.

## What only seems to help

- Tolerations, labels, room on other nodes.
`,
  ClaimInUse: `# ClaimInUse

**A ReadWriteOncePod claim is used by another Pod.**

An access mode \`ReadWriteOncePod\` lets one Pod in the whole cluster use the claim. While another Pod uses it, on whatever node, no node takes this one.

The scheduler writes \`node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod\`.

## See it with kubectl

\`\`\`sh
kubectl get pvc -n NAMESPACE
kubectl describe pvc CLAIM -n NAMESPACE
\`\`\`

## What helps

- Wait until the other Pod is gone, or delete it.
- For rolling updates: strategy \`Recreate\`, so that the old Pod goes first.
- \`ReadWriteOnce\`, where Pods on one node may share it.

## What only seems to help

- Another node: the mode is about Pods, not nodes.
`,
  ClaimNotReady: `# ClaimNotReady

**A claim of the Pod is not ready.**

A PersistentVolumeClaim that the Pod names does not exist, is being deleted, has lost its volume, or is not bound although its class binds at once. This is decided before any node is looked at, so all other reasons stay hidden.

The scheduler writes \`persistentvolumeclaim "NAME" not found\`, \`pod has unbound immediate PersistentVolumeClaims\`, or the like.

## See it with kubectl

\`\`\`sh
kubectl get pvc -n NAMESPACE
kubectl describe pvc CLAIM -n NAMESPACE
kubectl get storageclass
\`\`\`

## What helps

- Create the claim, or correct its name in the template.
- For a claim that is not bound: its StorageClass has to exist, and its provisioner has to run. Look at the provisioner's Pods.
- For a claim in state Lost: restore the volume, or make claim and data anew.

## What only seems to help

- Tolerations, labels, room on nodes: no node is asked before the claim is ready.
- Deleting the Pod.
`,
  DiskInUse: `# DiskInUse

**A disk of the Pod is mounted by another Pod there.**

The Pod mounts a disk inline (GCE persistent disk, AWS EBS, iSCSI, Ceph RBD), and a Pod on that node mounts the same one. Some disks may be shared where all mount them read-only.

The scheduler writes \`node(s) had no available disk\`.

## See it with kubectl

\`\`\`sh
kubectl get pods -A --field-selector spec.nodeName=NODE -o yaml
\`\`\`

## What helps

- Use a PersistentVolumeClaim instead of the inline disk.
- Mount it read-only in all Pods, where the kind of disk allows it.

## What only seems to help

- More nodes of the same kind, when the disk can be attached to one machine only.
`,
  FeatureNotDeclared: `# FeatureNotDeclared

**The kubelet does not declare a feature that the Pod needs.**

From 1.36 on nodes declare features, and a Pod that needs one goes only where it is declared: user namespaces together with the host's network, and restart rules that restart all containers.

The scheduler writes \`node(s) didn't match Pod's required features\`.

## See it with kubectl

\`\`\`sh
kubectl get nodes -o custom-columns=NODE:.metadata.name,VERSION:.status.nodeInfo.kubeletVersion,FEATURES:.status.declaredFeatures
\`\`\`

## What helps

- Newer kubelets, or the feature switched on.
- A Pod without that field.

## What only seems to help

- Labels with the feature's name.
`,
  HostPortTaken: `# HostPortTaken

**A Pod on the node uses the same host port.**

The Pod asks for a \`hostPort\` (with \`hostNetwork: true\` every container port is one), and another Pod on the node has the same port and protocol on the same or on all addresses. A Pod that is terminating still holds its port.

The scheduler writes \`node(s) didn't have free ports for the requested pod ports\`.

## See it with kubectl

\`\`\`sh
kubectl get pods -A --field-selector spec.nodeName=NODE -o custom-columns=NS:.metadata.namespace,POD:.metadata.name,PORTS:.spec.containers[*].ports[*].hostPort
\`\`\`

## What helps

- Leave \`hostPort\` out and use a Service.
- Fewer replicas than nodes, or a DaemonSet.
- For a rolling update on hostNetwork: \`maxSurge: 0\`, or strategy \`Recreate\`: the old Pod has to go first.

## What only seems to help

- A larger node: ports do not grow with it.
- Waiting, when the port belongs to a Pod that stays.
`,
  InsufficientResource: `# InsufficientResource

**The node has not enough room for what the Pod requests.**

The scheduler adds up the requests of all Pods on the node and subtracts them from \`status.allocatable\`. What the Pods really use does not matter, nor do limits. Init containers count by the largest, sidecars and overhead are added. A node that is too small even when empty is no candidate for preemption.

The scheduler writes \`Insufficient cpu\`, \`Insufficient memory\`, \`Insufficient NAME\`.

## See it with kubectl

\`\`\`sh
kubectl describe node NODE
kubectl get pod POD -o jsonpath='{.spec.containers[*].resources.requests}'
\`\`\`

## What helps

- Lower the request to what the Pod needs.
- A larger or another node; fewer or smaller neighbours.
- For a device such as a GPU: the node has to offer it (its device plugin runs), and enough of it has to be free.

## What only seems to help

- Looking at \`kubectl top\`: it shows use, the scheduler counts requests.
- A higher limit, or none: limits are not looked at.
- Tolerating the taint of a node that is full as well.
`,
  InvalidPod: `# InvalidPod

**The Pod that the template describes is not valid.**

The template was taken, and the Pod made of it is refused: a toleration without key and with \`Equal\`, a value with \`Exists\`, \`tolerationSeconds\` without \`NoExecute\`, and the like.

## See it with kubectl

\`\`\`sh
kubectl get events -n NAMESPACE --field-selector reason=FailedCreate
\`\`\`

## What helps

- Mend the field that the message names. An empty entry (\`- {}\` or \`- key: ""\`) has to go.
- Quote values that YAML takes for something else: \`value: "true"\`.

## What only seems to help

- Making the empty entry valid with \`operator: Exists\`: that tolerates every taint.
`,
  LeftOver: `# LeftOver

**Nobody waits for this helper Pod any more.**

A storage provisioner started it to make or remove one volume. The claim has its volume by now, or is gone.

## See it with kubectl

\`\`\`sh
kubectl get pvc -A
kubectl get pod POD -o yaml
\`\`\`

## What helps

- Delete the Pod.
- See whether the volume that was made in the meantime fits a node: look at its node affinity.

## What only seems to help

- Letting it run: it makes a folder that no claim uses.
`,
  MadeBeforeTheChange: `# MadeBeforeTheChange

**The Pod was made before the change.**

The setting is right by now and would reach the Pod, but this one was made earlier: a Job's template never changes, and a rollout may still be under way.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.metadata.creationTimestamp}'
kubectl rollout status deployment/NAME -n NAMESPACE
\`\`\`

## What helps

- Delete the Job, so that its owner makes it again; or wait for the rollout.

## What only seems to help

- Changing the setting once more.
- Deleting the Pod of a Job: the next one comes from the same old template.
`,
  MeantForAnotherNode: `# MeantForAnotherNode

**The Pod is meant for another node.**

The Pod names its node: by \`spec.nodeName\`, or by node affinity on the field \`metadata.name\`, as the DaemonSet controller writes it. All other nodes are out, whatever else may be true of them.

The scheduler writes \`node(s) didn't satisfy plugin(s) [NodeAffinity]\`.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.nodeName} {.spec.affinity.nodeAffinity}'
\`\`\`

## What helps

- Look at the one node it is meant for: what blocks it there is the answer.
- For a helper Pod of a storage provisioner: the node was chosen with the Pod that waits for the volume.

## What only seems to help

- Freeing other nodes.
`,
  NamespaceSelectorConflict: `# NamespaceSelectorConflict

**The namespace demands another node selector.**

The admission plugin PodNodeSelector is on, and the namespace's annotation \`scheduler.alpha.kubernetes.io/node-selector\` contradicts the Pod's own selector.

## See it with kubectl

\`\`\`sh
kubectl get namespace NAMESPACE -o jsonpath='{.metadata.annotations}'
\`\`\`

## What helps

- Leave that key out of the Pod's selector, or change the annotation.

## What only seems to help

- Labels on nodes.
`,
  NamespaceTerminating: `# NamespaceTerminating

**The namespace is being deleted.**

Nothing can be created in it any more.

## See it with kubectl

\`\`\`sh
kubectl get namespace NAMESPACE -o jsonpath='{.status.conditions}'
\`\`\`

## What helps

- Use another namespace, or wait until this one is gone and make it again.
- Where it does not go: the conditions name what is left in it, most often objects with finalizers.

## What only seems to help

- Removing the namespace's own finalizer: what is left in it is then left for good.
`,
  NoDevices: `# NoDevices

**The node has no devices for the claim.**

All requests of all claims of the Pod have to be met by devices of one node that are published, free, chosen by the selectors, and not tainted. A claim that has its devices already binds the Pod to the nodes that reach them. A pool of which a part is not published yet is not used.

The scheduler writes \`cannot allocate all claims\`, or \`resourceclaim not available on the node\`.

## See it with kubectl

\`\`\`sh
kubectl get resourceclaims -A
kubectl get resourceslices
\`\`\`

## What helps

- Free devices: end the Pods that hold them. Or add nodes with such devices.
- Correct the selectors of the request or the class.
- Where no ResourceSlice names the node: the device driver does not run there.

## What only seems to help

- Requests of CPU and memory: devices are counted apart.
`,
  NoExecuteLoop: `# NoExecuteLoop

**The Pod is started and evicted again and again.**

A \`NoExecute\` taint does not only keep Pods off, it removes those that run. A Pod that names its node itself passes by the scheduler, or one that tolerates the taint for some seconds only is let in; it is then deleted, and its controller makes the next.

## See it with kubectl

\`\`\`sh
kubectl get events -A --field-selector reason=TaintManagerEviction
kubectl get node NODE -o jsonpath='{.spec.taints}'
\`\`\`

## What helps

- A toleration of the taint without \`tolerationSeconds\`, or a Pod that does not name that node.
- Stop what makes the Pods (suspend the CronJob) before you clean up.

## What only seems to help

- Deleting the Pods.
`,
  NoNodes: `# NoNodes

**The cluster has no nodes.**

There is nothing to choose from.

The scheduler writes \`no nodes available to schedule pods\`.

## See it with kubectl

\`\`\`sh
kubectl get nodes
\`\`\`

## What helps

- Join a node. Where an autoscaler makes them: look at its logs and quota.

## What only seems to help

- Any change of the Pod.
`,
  NoScheduler: `# NoScheduler

**No scheduler feels responsible for the Pod.**

\`spec.schedulerName\` names a scheduler that does not run here. kube-scheduler leaves such Pods alone, in silence.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.schedulerName}'
kubectl get leases -n kube-system
\`\`\`

## What helps

- Install or mend that scheduler, or write \`default-scheduler\`.

## What only seems to help

- Waiting for an event: none comes.
`,
  NoSettingReaches: `# NoSettingReaches

**There is no setting for it in this version.**

The piece that makes this Pod has no place to put tolerations, in any of its values.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o yaml
\`\`\`

## What helps

- A newer version, where the answer names one.
- A node without the taint for it; a patch that lasts as long as the answer says.

## What only seems to help

- Values with made-up keys: charts take them without a word.
`,
  NoStorageCapacity: `# NoStorageCapacity

**The storage near the node is full.**

The driver publishes how much it can still give in each part of the cluster, and it is less than the claim asks for. A driver that has not published anything counts as full.

The scheduler writes \`node(s) did not have enough free storage\`.

## See it with kubectl

\`\`\`sh
kubectl get csistoragecapacities -A
\`\`\`

## What helps

- Free or add storage there; ask for less.
- Where there are no CSIStorageCapacity objects at all: the driver's controller does not run, or not with that feature.

## What only seems to help

- Freeing ephemeral storage of the node: that is another thing.
`,
  NoVolumeFits: `# NoVolumeFits

**There is no volume for the claim on this node.**

The claim waits for its first consumer, and for this node there is neither a free volume that fits it (size, class, access modes, labels) nor a provisioner that can make one there. A claim with the annotation \`volume.kubernetes.io/selected-node\` is being made for another node already.

The scheduler writes \`node(s) didn't find available persistent volumes to bind\`.

## See it with kubectl

\`\`\`sh
kubectl describe pvc CLAIM -n NAMESPACE
kubectl get pv
kubectl get storageclass CLASS -o yaml
\`\`\`

## What helps

- For local volumes: a free volume of that class on the node.
- For a provisioner: \`allowedTopologies\` of the class has to allow the node's zone.
- Where a node was chosen already and does not fit any more: mend that node, or delete the claim if it holds no data.

## What only seems to help

- Waiting, with a class whose provisioner is \`kubernetes.io/no-provisioner\`: nothing makes volumes there.
`,
  NodeAffinityUnmet: `# NodeAffinityUnmet

**The node does not match the Pod's required node affinity.**

One of \`requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms\` has to match: the terms are alternatives, what stands inside one term has to hold together. An empty term, and one that cannot be read, match nothing. Preferred terms never block.

The scheduler writes \`node(s) didn't match Pod's node affinity/selector\`.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.affinity.nodeAffinity}'
kubectl get nodes --show-labels
\`\`\`

## What helps

- Correct the term, or label the nodes that are meant.
- Put alternatives into terms of their own; put what must hold together into one.

## What only seems to help

- \`NotIn\` to demand a label: it also matches nodes that do not have the label at all.
- \`Gt\` and \`Lt\` with anything but whole numbers: such a term never matches, and nobody says so.
`,
  NodeCordoned: `# NodeCordoned

**The node is cordoned.**

\`spec.unschedulable\` of the node is true: somebody ran \`kubectl cordon\` or \`kubectl drain\`, or an autoscaler is about to remove it. The scheduler looks at this first, so other taints of a cordoned node stay hidden behind it.

The scheduler writes \`node(s) were unschedulable\`.

## See it with kubectl

\`\`\`sh
kubectl get nodes
kubectl get node NODE -o jsonpath='{.spec.unschedulable} {.spec.taints}'
\`\`\`

## What helps

- \`kubectl uncordon NODE\`, once you know who cordoned it and why.
- Another node.

## What only seems to help

- Tolerating \`node.kubernetes.io/unschedulable\` in an application: it then lands on nodes that are being emptied.
- Deleting the taint only: the field stays, and the taint is put back.
`,
  NodeSelectorUnmet: `# NodeSelectorUnmet

**The node lacks a label of the Pod's node selector.**

Every key of \`spec.nodeSelector\` has to be on the node with exactly that value; an empty value means a label that is there and empty.

The scheduler writes \`node(s) didn't match Pod's node affinity/selector\`.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.nodeSelector}'
kubectl get nodes --show-labels
\`\`\`

## What helps

- Correct the selector in the template or the chart's values, or label the nodes that are meant.
- Look whether the namespace's annotation or a webhook put the selector in: the template may not have it.

## What only seems to help

- A toleration: it lets a Pod past a taint, and never changes which nodes it selects.
- Labels under \`node-role.kubernetes.io/\` set by the kubelet: it may not set them; use \`kubectl label node\`.
`,
  NotRetriedYet: `# NotRetriedYet

**A node takes the Pod now, and the scheduler has not tried again.**

Something changed since the last attempt. The scheduler tries again when an event lets it hope, at the latest after about five minutes.

## See it with kubectl

\`\`\`sh
kubectl describe pod POD
\`\`\`

## What helps

- Wait a few minutes.

## What only seems to help

- Deleting the Pod, unless you want it back at the end of the queue.
`,
  NotStarted: `# NotStarted

**The Pod has a node, and does not start there.**

The kubelet has the Pod and cannot start it: an image that cannot be pulled, a volume that cannot be mounted, a missing ConfigMap or Secret, an init container that fails, a node that does not report.

## See it with kubectl

\`\`\`sh
kubectl describe pod POD
kubectl get node NODE
\`\`\`

## What helps

- What the Pod's last events and its containers' waiting reasons name.

## What only seems to help

- Anything that would make the scheduler choose: it has chosen.
`,
  OutsideLimitRange: `# OutsideLimitRange

**The Pod asks for more or less than a LimitRange allows.**

The API server refuses the Pod: a container, or the whole Pod, or a claim, is outside the limits of the namespace. Defaults of the LimitRange may be what it is compared with.

## See it with kubectl

\`\`\`sh
kubectl describe limitrange -n NAMESPACE
\`\`\`

## What helps

- Requests and limits within the range, or another range.

## What only seems to help

- A quota change.
`,
  OutsideTolerationsWhitelist: `# OutsideTolerationsWhitelist

**The namespace does not allow these tolerations.**

The admission plugin PodTolerationRestriction is on, and the namespace's annotation \`scheduler.alpha.kubernetes.io/tolerationsWhitelist\` does not cover a toleration of the Pod. Tolerations that the namespace adds by default are judged too.

## See it with kubectl

\`\`\`sh
kubectl get namespace NAMESPACE -o jsonpath='{.metadata.annotations}'
\`\`\`

## What helps

- Widen the whitelist, or tolerate only what it covers.

## What only seems to help

- The same toleration with a different operator, unless the whitelist covers it.
`,
  PassedOver: `# PassedOver

**The DaemonSet leaves this node out.**

The DaemonSet controller makes no Pod for a node that the template does not select, or that has a taint it does not tolerate. Such nodes do not count as wanted, no event is written, and the status looks healthy. It adds some tolerations by itself (cordon, pressure, not-ready for \`NoExecute\`); it does not look at room.

## See it with kubectl

\`\`\`sh
kubectl get daemonset NAME -n NAMESPACE -o jsonpath='{.spec.template.spec.nodeSelector} {.spec.template.spec.tolerations}'
kubectl get nodes -o custom-columns=NODE:.metadata.name,TAINTS:.spec.taints
\`\`\`

## What helps

- A toleration or a wider selector in the template, where the node is meant to have the Pod.

## What only seems to help

- Looking at \`DESIRED\` and \`READY\`: both leave the node out.
`,
  PodAffinityUnmet: `# PodAffinityUnmet

**No Pod is near that the Pod's affinity asks for.**

Required Pod affinity wants a node in the same zone (or on the same node) as a Pod that matches all its terms. One Pod has to match them all. The first of a group may go anywhere if it matches its own terms.

The scheduler writes \`node(s) didn't match pod affinity rules\`.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.affinity.podAffinity}'
kubectl get pods -A -l KEY=VALUE -o wide
\`\`\`

## What helps

- Start the Pods it wants to be near, or correct labels, namespaces or the topology key.
- Preferred instead of required affinity.

## What only seems to help

- Expecting a term without \`namespaces\` to look into other namespaces: it looks into its own only.
`,
  PodAntiAffinity: `# PodAntiAffinity

**A Pod is near that anti-affinity keeps apart.**

The Pod must not be near Pods that match its own anti-affinity, nor near a Pod whose anti-affinity matches it. Terminating Pods still count.

The scheduler writes \`node(s) didn't match pod anti-affinity rules\`, or \`node(s) didn't satisfy existing pods anti-affinity rules\`.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.affinity.podAntiAffinity}'
kubectl get pods -A -o wide -l KEY=VALUE
\`\`\`

## What helps

- A node more than there are replicas, above all during a rolling update; or \`maxSurge: 0\`.
- Preferred instead of required anti-affinity.

## What only seems to help

- Tolerating the control plane only to find a free node.
- Looking at this Pod only: the rule may stand in the other one.
`,
  PodSecurityDenied: `# PodSecurityDenied

**The namespace's Pod security level refuses the Pod.**

The namespace enforces a Pod Security level (\`baseline\`, \`restricted\`), or OpenShift's security context constraints do, and the Pod asks for more than it allows.

## See it with kubectl

\`\`\`sh
kubectl get namespace NAMESPACE --show-labels
\`\`\`

## What helps

- Give the Pod the security context that the message lists; or, for system software, a namespace with another level.

## What only seems to help

- Rights for the user who applied it: the Pod is judged, not the person.
`,
  PolicyDenied: `# PolicyDenied

**An admission policy refuses the Pod.**

A ValidatingAdmissionPolicy, a rule in the API server itself, evaluates to false for this Pod.

## See it with kubectl

\`\`\`sh
kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings
\`\`\`

## What helps

- What the policy's message asks for, or a binding that leaves the namespace out.

## What only seems to help

- Looking for a webhook: there is none.
`,
  PriorityClassMissing: `# PriorityClassMissing

**The Pod's priority class does not exist.**

The API server refuses a Pod with an unknown \`priorityClassName\`.

## See it with kubectl

\`\`\`sh
kubectl get priorityclasses
\`\`\`

## What helps

- Create the class, or name one that exists.

## What only seems to help

- A number in \`spec.priority\`: it is set from the class.
`,
  QuotaExceeded: `# QuotaExceeded

**A quota of the namespace is used up.**

The API server refuses the Pod: with it the namespace would have more than a ResourceQuota allows. The Pod does not exist; its controller tries again.

The controller's event reads \`exceeded quota: NAME, requested: ..., used: ..., limited: ...\`.

## See it with kubectl

\`\`\`sh
kubectl describe resourcequota -n NAMESPACE
kubectl get events -n NAMESPACE --field-selector reason=FailedCreate
\`\`\`

## What helps

- A higher quota, lower requests, or fewer Pods in the namespace.
- Finished and failed Pods do not count for requests; what waits and what runs does.

## What only seems to help

- More nodes: a quota does not know of them.
`,
  QuotaNeedsRequests: `# QuotaNeedsRequests

**A quota counts what the Pod does not set.**

A ResourceQuota on requests or limits makes the API server refuse Pods that do not set them.

The controller's event reads \`failed quota: NAME: must specify ...\`.

## See it with kubectl

\`\`\`sh
kubectl describe resourcequota -n NAMESPACE
\`\`\`

## What helps

- Set requests and limits in the template or the chart's values.
- A LimitRange with defaults in the namespace.

## What only seems to help

- A higher quota.
`,
  RefusedByServer: `# RefusedByServer

**The API server refuses the Pod.**

Its controller cannot make it, for a reason that this program does not know better than the server's own words, which stand in the answer.

## See it with kubectl

\`\`\`sh
kubectl get events -n NAMESPACE --field-selector reason=FailedCreate
\`\`\`

## What helps

- What the message says.

## What only seems to help

- Anything about nodes: the Pod does not exist yet.
`,
  ResourceClaimNotReady: `# ResourceClaimNotReady

**A ResourceClaim of the Pod is not ready.**

The Pod asks for devices by a ResourceClaim that does not exist yet, is being deleted, belongs to another Pod, or names a DeviceClass that does not exist.

The scheduler writes, for example, \`could not find ResourceClaim "NAMESPACE/NAME"\`; for some of these it writes nothing at all.

## See it with kubectl

\`\`\`sh
kubectl get resourceclaims -n NAMESPACE
kubectl get deviceclasses
\`\`\`

## What helps

- Create the claim, its template or its class.

## What only seems to help

- Freeing devices: none is asked for before the claim stands.
`,
  RuntimeClassMissing: `# RuntimeClassMissing

**The Pod's runtime class does not exist.**

The API server refuses a Pod with an unknown \`runtimeClassName\`.

## See it with kubectl

\`\`\`sh
kubectl get runtimeclasses
\`\`\`

## What helps

- Install what brings the class (gVisor, Kata, the NVIDIA operator), or leave the field out.

## What only seems to help

- Labels on nodes: the class itself has to exist.
`,
  SchedulerError: `# SchedulerError

**The scheduler cannot judge the Pod.**

A plugin of the scheduler fails on this Pod or on what belongs to it: a selector that cannot be read, an object that is missing where it must be. It tries again, and fails again.

## See it with kubectl

\`\`\`sh
kubectl describe pod POD
kubectl -n kube-system logs -l component=kube-scheduler
\`\`\`

## What helps

- Mend what the message names.

## What only seems to help

- Deleting the Pod, while the template is the same.
`,
  SchedulerNotRunning: `# SchedulerNotRunning

**The scheduler does not run.**

Some node would take the Pod, and nothing happens: the scheduler's lease was not renewed, or its Pods do not run.

## See it with kubectl

\`\`\`sh
kubectl get lease kube-scheduler -n kube-system -o yaml
kubectl get pods -n kube-system -l component=kube-scheduler
\`\`\`

## What helps

- Bring the scheduler back: on the control-plane node look at its static Pod, its certificates, and its logs.

## What only seems to help

- Changing the Pod.
`,
  SchedulingGated: `# SchedulingGated

**The Pod has scheduling gates.**

\`spec.schedulingGates\` is not empty: somebody asked that the Pod is not looked at before they are ready, most often a queue such as Kueue. Who set a gate takes it away. The scheduler does nothing until the list is empty.

The condition \`PodScheduled\` has the reason \`SchedulingGated\`.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.schedulingGates}'
\`\`\`

## What helps

- Ask the controller that the gate belongs to, by its name, why it waits: its queue, its quota.
- Where that controller is gone: remove the gate from the Pod and from the template.

## What only seems to help

- Freeing nodes.
`,
  ServiceAccountMissing: `# ServiceAccountMissing

**The Pod's service account does not exist.**

The API server refuses the Pod until it does.

## See it with kubectl

\`\`\`sh
kubectl get serviceaccounts -n NAMESPACE
\`\`\`

## What helps

- Create it, or name one that exists. With Helm: \`serviceAccount.create\`, or the release that owns it.

## What only seems to help

- Rights for another account.
`,
  SetElsewhere: `# SetElsewhere

**The tolerations of the Pod that is waited for are set in a place of their own.**

A helper Pod is made from a template, and not after the Pod that waits for its volume.

## See it with kubectl

\`\`\`sh
kubectl get configmap local-path-config -A -o yaml
kubectl get pod HELPER -o yaml
\`\`\`

## What helps

- Put the toleration into that template, beside the entries that stand there.

## What only seems to help

- More tolerations on the Pod that waits.
- Tolerations on the Deployment of the provisioner: they are for that alone.
`,
  SettingNotPassedOn: `# SettingNotPassedOn

**The setting is right, and does not get to the Pod.**

Somebody set tolerations in the values or the custom resource, as is documented; the chart or the operator in this version does not write them into this Pod.

## See it with kubectl

\`\`\`sh
helm get values RELEASE -n NAMESPACE
helm get manifest RELEASE -n NAMESPACE
kubectl get pod POD -o jsonpath='{.spec.tolerations}'
\`\`\`

## What helps

- The version that mends it, where the answer names one.
- Until then: what \`kubectl taintdoctor suggest\` lists as alternatives, best first.

## What only seems to help

- Setting the same key again, or spelling it otherwise.
`,
  SpreadTooSkewed: `# SpreadTooSkewed

**The Pod would break its topology spread.**

A constraint with \`whenUnsatisfiable: DoNotSchedule\` allows each zone or node at most \`maxSkew\` more matching Pods than the emptiest has. By default tainted nodes count too (\`nodeTaintsPolicy: Ignore\`): an empty zone that the Pod cannot enter holds the lowest count at zero, and blocks all the others.

The scheduler writes \`node(s) didn't match pod topology spread constraints\`, with \`(missing required label)\` where the node lacks the key.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.spec.topologySpreadConstraints}'
kubectl get nodes -L topology.kubernetes.io/zone
\`\`\`

## What helps

- \`nodeTaintsPolicy: Honor\` on the constraint, so that tainted nodes do not count.
- \`whenUnsatisfiable: ScheduleAnyway\`, a larger \`maxSkew\`, or room in the emptiest zone.
- Label nodes that lack the key.

## What only seems to help

- Tolerating the taint of the empty zone, only to satisfy the count: the Pods then run there.
- A constraint whose selector does not match the Pod's own labels: it counts others.
`,
  StuckTerminating: `# StuckTerminating

**The Pod is being deleted and does not go.**

Something holds it: a finalizer whose controller is gone, or a node that does not answer, so that nobody confirms that the containers ended. A StatefulSet makes no other Pod of that name meanwhile.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.metadata.finalizers} {.spec.nodeName}'
kubectl get node NODE
\`\`\`

## What helps

- Bring the node back, or delete the Node if the machine is gone for good.
- For a machine that is surely off: the taint \`node.kubernetes.io/out-of-service\` lets Kubernetes clean up.
- For a finalizer: mend its controller.

## What only seems to help

- \`--force\` while the machine may still run: two Pods then write to one volume.
`,
  Terminating: `# Terminating

**The Pod is being deleted.**

It has a deletion time. It is not scheduled any more; its controller makes another when it is due.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.metadata.deletionTimestamp} {.metadata.finalizers}'
\`\`\`

## What helps

- Look at the Pod that takes its place.

## What only seems to help

- Mending this one.
`,
  TooManyPods: `# TooManyPods

**The node holds as many Pods as it may.**

Each node has a limit of Pods, \`status.allocatable.pods\`: 110 by default, fewer where the network plugin gives each Pod an address of the machine. Pods that finished do not count; terminating ones do.

The scheduler writes \`Too many pods\`.

## See it with kubectl

\`\`\`sh
kubectl get node NODE -o jsonpath='{.status.allocatable.pods}'
kubectl get pods -A --field-selector spec.nodeName=NODE,status.phase!=Succeeded,status.phase!=Failed --no-headers | wc -l
\`\`\`

## What helps

- Another node, or fewer Pods on this one.
- A higher \`maxPods\` of the kubelet, where the network has addresses for it.

## What only seems to help

- Lower requests: the number of Pods is counted, whatever they ask for.
`,
  Undetermined: `# Undetermined

**It cannot be known with what could be read.**

A list was denied, cut short or is not in the snapshot, or a rule depends on what no client can see. What is said to be unknown is not guessed.

## See it with kubectl

\`\`\`sh
kubectl auth can-i list nodes
kubectl auth can-i list pods --all-namespaces
\`\`\`

## What helps

- The rights that the answer names; \`kubectl taintdoctor explain --check-access\` lists them.
- A snapshot taken by somebody who has them.

## What only seems to help

- Taking the part that is known for the whole.
`,
  UntoleratedTaint: `# UntoleratedTaint

**The node has a taint that the Pod does not tolerate.**

A taint keeps Pods off a node unless they tolerate it. Only \`NoSchedule\` and \`NoExecute\` taints count here; \`PreferNoSchedule\` never blocks. A toleration matches when its key is the same (or empty with \`Exists\`), its effect is the same or empty, and its value is the same unless the operator is \`Exists\`. One untolerated taint is enough.

The scheduler writes \`node(s) had untolerated taint(s)\`; before 1.34.2 it also named the taint, since then it does not.

## See it with kubectl

\`\`\`sh
kubectl get nodes -o custom-columns=NODE:.metadata.name,TAINTS:.spec.taints
kubectl get pod POD -o jsonpath='{.spec.tolerations}'
\`\`\`

## What helps

- A toleration for just that taint, at the place that makes the Pod: the chart's values, the custom resource, the template. \`kubectl taintdoctor suggest\` finds the place.
- For a taint that Kubernetes or a cloud sets by itself (not-ready, pressure, uninitialized, cordon, a node being removed): mend what set it, or wait.
- Another node without the taint.

## What only seems to help

- Tolerating \`node-role.kubernetes.io/master\` where the taint is \`node-role.kubernetes.io/control-plane\`: keys are compared letter by letter.
- A \`nodeSelector\` for the tainted node: it narrows the choice, and opens nothing.
- \`operator: Exists\` without a key: it also tolerates broken and leaving nodes.
- Taking the taint off by hand when a controller sets it: it comes back.
- The tolerations with \`tolerationSeconds: 300\` that every Pod has: they are for \`NoExecute\` only.
`,
  VolumeElsewhere: `# VolumeElsewhere

**The Pod's volume can be reached from other nodes only.**

The claim is bound to a volume that stands in one zone, or on one node; the Pod has to go there.

The scheduler writes \`node(s) didn't match PersistentVolume's node affinity\` (before 1.33 \`node(s) had volume node affinity conflict\`), or \`node(s) had no available volume zone\`.

## See it with kubectl

\`\`\`sh
kubectl get pvc CLAIM -n NAMESPACE -o jsonpath='{.spec.volumeName}'
kubectl get pv VOLUME -o jsonpath='{.spec.nodeAffinity}'
\`\`\`

## What helps

- Make room, or tolerate the taint, where the volume is.
- Where the data is not needed: delete the claim, and let it be made again with \`volumeBindingMode: WaitForFirstConsumer\`, so that the Pod's node is chosen first.

## What only seems to help

- New nodes in other zones.
- A larger claim: the volume does not move.
`,
  VolumeLimitReached: `# VolumeLimitReached

**The node has as many volumes attached as it may.**

Each storage driver says how many volumes a node can hold. Attached volumes count, also of Pods that are gone while the attachment still stands.

The scheduler writes \`node(s) exceed max volume count\`.

## See it with kubectl

\`\`\`sh
kubectl get csinode NODE -o yaml
kubectl get volumeattachments
\`\`\`

## What helps

- Another node, a larger machine type, or fewer Pods with volumes on this one.
- Remove attachments that were left behind, through the driver.

## What only seems to help

- More storage: the number of volumes is the limit, not their size.
`,
  WaitsForPreemption: `# WaitsForPreemption

**The Pod waits for others to make room.**

The Pod has a higher priority. The scheduler is ending Pods on a node for it (\`status.nominatedNodeName\`) and waits until they are gone, at most their grace period; a disruption budget or a long shutdown can draw it out.

## See it with kubectl

\`\`\`sh
kubectl get pod POD -o jsonpath='{.status.nominatedNodeName}'
kubectl get pods -A --field-selector spec.nodeName=NODE
\`\`\`

## What helps

- Wait for the terminating Pods; look at those that do not go.

## What only seems to help

- Another attempt by hand.
`,
  WaitsForVolume: `# WaitsForVolume

**The Pod waits for its volume to be made.**

The scheduler has chosen a node, and the claim's volume is now being made for it. The Pod is placed when the volume stands. Some provisioners start a helper Pod on that node first, and that one may be what is blocked.

## See it with kubectl

\`\`\`sh
kubectl describe pvc CLAIM -n NAMESPACE
kubectl get pods -A --field-selector status.phase=Pending
\`\`\`

## What helps

- Look at the provisioner and its helper Pods: they need the tolerations, not only the Pod with the claim.

## What only seems to help

- Tolerating in the application: it does already, or it would not have come this far.
`,
  WebhookDenied: `# WebhookDenied

**An admission webhook refuses the Pod.**

A policy engine or another webhook looked at the Pod and said no; its words stand in the event.

## See it with kubectl

\`\`\`sh
kubectl get events -n NAMESPACE --field-selector reason=FailedCreate
kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations
\`\`\`

## What helps

- What the webhook's message asks for, in the template; or an exception in its policy.

## What only seems to help

- Deleting the webhook: it was put there on purpose.
`,
  WebhookUnreachable: `# WebhookUnreachable

**An admission webhook does not answer.**

The API server has to ask a webhook before it takes the Pod, and nobody answers. With \`failurePolicy: Fail\` nothing is created meanwhile. When the Pods behind the webhook wait themselves, nothing gets on without help.

The controller's event reads \`failed calling webhook "NAME"\`.

## See it with kubectl

\`\`\`sh
kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations
kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE
\`\`\`

## What helps

- Bring the Pods behind it back; \`explain\` says what they wait for.
- Exempt the webhook's own namespace in its \`namespaceSelector\`.

## What only seems to help

- Restarting what was refused.
`,
}
