/**
 * Who may import whom. Imports only go down:
 *
 *     main -> server -> resolvers -> loaders  -> repositories -> database
 *                                 -> commands -> repositories -> database
 *                                             -> domain
 *
 * `LAYERS` is the whole law: a file in src belongs to exactly one layer and imports only from
 * the layers named beside it (its own included only if named). The rest are house rules.
 * A type-only import is an import; the generated types are the one exception, open to the
 * layers that list `generated` and never followed further.
 *
 * Run: `npm run lint:layers`. Proved by tests/contract/architecture.test.ts.
 */

/** Layer -> where its files are, and which layers they may import. */
const LAYERS = {
  // Entry: environment -> database -> server -> listen; nothing else.
  main: {
    path: 'main\\.ts',
    mayImport: ['env', 'server', 'database', 'workers', 'gateways', 'commands', 'platform'],
  },
  server: {
    path: 'server\\.ts',
    mayImport: [
      'context',
      'env',
      'resolvers',
      'rest',
      'loaders',
      'commands',
      'gateways',
      'database',
      'platform',
      'generated',
    ],
  },
  env: { path: 'env\\.ts', mayImport: [] },
  // What a request carries: its viewer, its loaders, the way in to the commands.
  context: {
    path: 'context\\.ts',
    mayImport: ['loaders', 'commands', 'repositories', 'platform', 'database', 'domain'],
  },

  // The edges: they translate and never decide.
  resolvers: {
    path: 'resolvers/',
    mayImport: ['resolvers', 'context', 'loaders', 'commands', 'domain', 'platform', 'generated'],
  },
  rest: { path: 'rest/', mayImport: ['rest', 'context', 'platform', 'generated'] },
  workers: {
    path: 'workers/',
    mayImport: [
      'workers',
      'commands',
      'gateways',
      'repositories',
      'database',
      'domain',
      'platform',
    ],
  },

  // Reads and writes.
  loaders: {
    path: 'loaders/',
    mayImport: ['loaders', 'repositories', 'domain', 'database-client', 'platform'],
  },
  commands: {
    path: 'commands/',
    mayImport: ['commands', 'repositories', 'domain', 'database-client', 'platform', 'generated'],
  },
  repositories: { path: 'repositories/', mayImport: ['repositories', 'domain', 'database'] },

  // The bottom. The domain knows nothing of storage; of the database folder only what describes
  // stored domain values (tables, rows) may name domain types, nothing that runs the server.
  records: {
    path: 'database/(tables/|rows\\.ts|member-rows\\.ts|operation-rows\\.ts|member-documents\\.ts)',
    mayImport: ['records', 'database', 'domain'],
    within: 'database',
  },
  database: { path: 'database/', mayImport: ['database'] },
  domain: { path: 'domain/', mayImport: ['domain'] },

  // To the side: used by many, using little.
  gateways: { path: 'gateways/', mayImport: ['gateways', 'domain', 'platform'] },
  platform: {
    path: 'platform/',
    mayImport: ['platform', 'repositories', 'database', 'domain', 'generated'],
  },
  generated: { path: 'generated/', mayImport: [], generated: true },
};

/** A part of a layer that others may be given instead of the whole. */
const PARTS = {
  // How a loader or command reaches the database: handle and errors, never tables or SQL.
  'database-client': 'database/(client|errors|paging)\\.ts',
};

/** Contexts do not know each other: within these folders no file imports another, except: */
const SIBLING_FREE = {
  resolvers: [],
  // The one way in, and the group commit behind it; what publishing and its simulation check.
  commands: ['run', 'batches', 'events', 'shelf', 'recording', 'structure-checks'],
  repositories: [],
};

/** What carries out the changes of all contexts in one unit of work: it may import them, and none of them imports it. */
const COMPOSED = { commands: ['configuration'] };

/** Packages that compute and nothing else: no clock, no chance, no input or output. */
const PURE_PACKAGES = [
  'temporal-polyfill',
  'big\\.js',
  '@types/big\\.js',
  '@marcbachmann/cel-js',
  're2js',
  'mustache',
  '@types/mustache',
  'currency-codes', // the table of ISO 4217
  'ipaddr\\.js', // which address belongs to which range
];

/** The one file of the domain that takes a function of Node: SHA-256, which computes and does nothing else. */
const CHAIN = '^src/domain/chain\\.ts$';

const inSource = (path) => `^src/${path}`;
const target = (name) => inSource(PARTS[name] ?? LAYERS[name].path);

/* Files of a layer, without those that a narrower layer within it claims. */
const filesOf = (name) => ({
  path: inSource(LAYERS[name].path),
  pathNot: Object.values(LAYERS)
    .filter((layer) => layer.within === name)
    .map((layer) => inSource(layer.path)),
});

const layerRules = Object.entries(LAYERS)
  .filter(([, layer]) => !layer.generated)
  .map(([name, layer]) => ({
    name: `layer-${name}`,
    comment: `src/${layer.path.replaceAll('\\', '')} may import only: ${layer.mayImport.join(', ') || 'nothing in src'}. Imports go down.`,
    severity: 'error',
    from: filesOf(name),
    to: { path: '^src/', pathNot: layer.mayImport.map(target) },
  }));

const siblingRules = Object.entries(SIBLING_FREE).flatMap(([folder, shared]) => {
  const sharedFiles = shared.length > 0 ? [`^src/${folder}/(${shared.join('|')})\\.ts$`] : [];
  const composed = (COMPOSED[folder] ?? []).map((name) => `^src/${folder}/${name}\\.ts$`);
  return [
    {
      name: `siblings-${folder}`,
      comment: `Contexts in src/${folder} do not import each other; what they share lies in a layer below.`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: [...sharedFiles, ...composed] },
      to: { path: `^src/${folder}/`, pathNot: sharedFiles },
    },
    ...(shared.length === 0
      ? []
      : [
          {
            name: `shared-${folder}`,
            comment: `What the contexts of src/${folder} share knows none of them.`,
            severity: 'error',
            from: { path: sharedFiles },
            to: { path: `^src/${folder}/`, pathNot: sharedFiles },
          },
        ]),
  ];
});

module.exports = {
  forbidden: [
    ...layerRules,
    ...siblingRules,

    {
      name: 'homeless',
      comment:
        'Every file in src belongs to a layer. A new folder is a decision: add it to LAYERS.',
      severity: 'error',
      from: { path: '^src/', pathNot: Object.values(LAYERS).map((layer) => inSource(layer.path)) },
      to: {},
    },
    {
      name: 'domain-is-pure',
      comment: `The domain does no I/O: of packages only ${PURE_PACKAGES.join(', ').replaceAll('\\', '')}, of Node nothing.`,
      severity: 'error',
      from: { path: '^src/domain/', pathNot: CHAIN },
      to: {
        pathNot: ['^src/', `node_modules/(${PURE_PACKAGES.join('|')})/`],
      },
    },
    {
      name: 'chain-is-pure',
      comment: 'The chain of entries hashes, and has no other use for Node.',
      severity: 'error',
      from: { path: CHAIN },
      to: { pathNot: ['^src/', '^(node:)?crypto$'] },
    },
    {
      name: 'sql-stays-below',
      comment:
        'Only repositories, the database folder and the workers may speak SQL; the others ask a repository.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(repositories|database)/', '^src/generated/'] },
      to: { path: 'node_modules/(drizzle-orm|pg|pg-[^/]+)/' },
    },
    {
      name: 'no-barrels',
      comment:
        'No index files: import the file that has it, so that the graph of files is the truth.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '/index\\.[a-z]+$', pathNot: 'node_modules/' },
    },
    {
      name: 'no-barrels-out',
      comment: 'No index files, not even one that nobody imports.',
      severity: 'error',
      from: { path: '/index\\.[a-z]+$', pathNot: 'node_modules/' },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment:
        'A file that imports nothing and that nobody imports is forgotten. Entry points excepted.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['^src/main\\.ts$', '^src/generated/', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'source-stands-alone',
      comment: 'The product does not need its tests, benchmarks, scripts or examples.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|scripts|examples|explorer)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'src runs after `npm ci --omit=dev`: what it imports is in dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'npm-optional'],
        pathNot: 'node_modules/@types/',
      },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that happens to be installed is not a dependency: declare it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],

  options: {
    exclude: { path: '^src/generated/explorer/' }, // built pages, not modules of the server
    doNotFollow: { path: ['node_modules', '^src/generated/'] },
    // Type-only imports count.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
