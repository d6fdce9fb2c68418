import * as Flags from '@oclif/core/flags'

/** Which Pods a question is about. */
export const scopeFlags = {
  namespace: Flags.string({
    char: 'n',
    helpValue: 'NAME',
    description: 'The namespace to look in. Default: that of the context.',
  }),
  'all-namespaces': Flags.boolean({ char: 'A', description: 'Look in all namespaces.' }),
  selector: Flags.string({
    char: 'l',
    helpValue: 'SELECTOR',
    description: 'Only Pods with these labels: a=b, a!=b, a in (b,c), a, !a.',
  }),
  'field-selector': Flags.string({
    helpValue: 'SELECTOR',
    description: 'Only Pods with these fields: spec.nodeName=, metadata.name!=x.',
  }),
}

/** Which cluster is read, and as whom: as kubectl spells them. */
export const connectionFlags = {
  context: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME',
    description: 'The kubeconfig context; repeat it for several clusters.',
  }),
  'all-contexts': Flags.boolean({ description: 'Ask every context of the kubeconfig.' }),
  kubeconfig: Flags.string({
    helpValue: 'FILE',
    description: 'The kubeconfig file. Default: $KUBECONFIG, then ~/.kube/config.',
  }),
  cluster: Flags.string({ helpValue: 'NAME', description: 'The kubeconfig cluster to use.' }),
  user: Flags.string({ helpValue: 'NAME', description: 'The kubeconfig user to use.' }),
  server: Flags.string({ char: 's', helpValue: 'URL', description: "The API server's address." }),
  token: Flags.string({ helpValue: 'TOKEN', description: 'Bearer token for the API server.' }),
  as: Flags.string({ helpValue: 'USER', description: 'User to impersonate.' }),
  'as-group': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'GROUP',
    description: 'Group to impersonate; may be repeated.',
  }),
  'as-uid': Flags.string({ helpValue: 'UID', description: 'UID to impersonate.' }),
  'certificate-authority': Flags.string({
    helpValue: 'FILE',
    description: "Certificate file of the server's authority.",
  }),
  'insecure-skip-tls-verify': Flags.boolean({ description: "Do not check the server's certificate." }),
  'tls-server-name': Flags.string({ helpValue: 'NAME', description: "Name to check in the server's certificate." }),
  'request-timeout': Flags.string({
    helpValue: 'DURATION',
    description: 'How long one request may take: 30s, 2m; 0 for no limit.',
  }),
  snapshot: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    description:
      'Read a snapshot (file, folder, or - for standard input) in place of a cluster; repeat it for several.',
  }),
  'server-version': Flags.string({ helpValue: 'vX.Y.Z', description: 'Judge as that version of Kubernetes would.' }),
}

export const displayFlags = {
  'no-color': Flags.boolean({ description: 'No colours. NO_COLOR does the same.' }),
  'no-progress': Flags.boolean({ description: 'No progress line.' }),
}
