// Who may import what: the package table of ARCHITECTURE.md as rules.
const packages = ['shared', 'engine', 'workflows', 'builder-ui', 'infra', 'test'];

/** A package may import itself and the packages named. */
function mayImport(name, allowed) {
  const others = packages.filter((other) => other !== name && !allowed.includes(other));
  return {
    name: `${name}-imports`,
    comment: `${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other package'}.`,
    severity: 'error',
    from: { path: `^${name}/` },
    to: { path: `^(${others.join('|')})/` },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    mayImport('shared', []),
    mayImport('engine', ['shared']),
    mayImport('workflows', ['shared', 'engine']),
    mayImport('builder-ui', ['shared']),
    mayImport('infra', []),
    {
      name: 'no-deep-import',
      comment: "Another package's inside is reached through its exports only: import from '@ripen/<name>'.",
      severity: 'error',
      from: { path: '^([^/]+)/' },
      to: { path: '^[^/]+/', pathNot: ['^$1/', 'node_modules'], dependencyTypes: ['local'] },
    },
    {
      name: 'shared-without-node',
      comment: 'The pure core runs in browsers, in workflows and in the simulator.',
      severity: 'error',
      from: { path: '^shared/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'workflow-code-is-pure',
      comment: 'Workflow code is replayed: it imports activities as types only, no engine, no Node built-ins, no I/O.',
      severity: 'error',
      from: { path: '^workflows/src/workflows/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^engine/', '^workflows/src/(activities|worker|delivery)/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflow-code-without-node',
      severity: 'error',
      from: { path: '^workflows/src/workflows/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'tests-stay-out',
      comment: 'What runs in production does not import tests.',
      severity: 'error',
      from: { path: '^(shared|engine|workflows|builder-ui|infra)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.ripen)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
