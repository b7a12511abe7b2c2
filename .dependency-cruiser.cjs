/**
 * Who may import whom. The rooms are described in docs/architecture.md; `npm run architecture` checks them.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: {
    path: '^(server|slack|sandbox|console|bench|examples|test|scripts|salesforce-lwc-bridge|hubspot-app)/',
    pathNot: allowed,
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('routing-is-pure', '^server/routing/', '^server/routing/', 'The core imports nothing of ours.'),
    {
      name: 'routing-libraries',
      comment:
        'The core may use zod, small pure libraries, lists of domains (loaded with node:module when first asked) and node:crypto for hashing.',
      severity: 'error',
      from: { path: '^server/routing/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'],
        pathNot: [
          'node_modules/(zod|canonicalize|libphonenumber-js|tldts|email-providers|mailchecker)/',
          '^(node:)?(crypto|module)$',
        ],
      },
    },
    only(
      'assignments-know-ports',
      '^server/assignments/',
      '^server/(assignments|routing|base)/',
      'Use cases see the core and their own ports.',
    ),
    only('csv-knows-nothing', '^server/csv/', '^server/csv/', 'How a file is read, whoever reads it.'),
    only('base-is-the-bottom', '^server/base/', '^server/base/', 'The base imports nothing of ours.'),
    only(
      'crm-implements-ports',
      '^server/crm/',
      '^server/(crm|assignments|routing|base)/',
      'A connector sees ports, never storage or HTTP.',
    ),
    {
      name: 'no-crm-imports-another',
      severity: 'error',
      from: { path: '^server/crm/(hubspot|salesforce|dynamics|zoho|pipedrive)/' },
      to: { path: '^server/crm/(hubspot|salesforce|dynamics|zoho|pipedrive)/', pathNot: '^server/crm/$1/' },
    },
    only(
      'storage-implements-ports',
      '^server/storage/',
      '^server/(storage|assignments|routing|base|installs|inbox)/|^server/rounds/poll-marks\\.ts$',
      'Storage sees ports and the core.',
    ),
    only(
      'jobs-implement-ports',
      '^server/jobs/',
      '^server/(jobs|assignments|base|storage/[^/]+\\.ts$)',
      'Jobs see ports and the open database.',
    ),
    only(
      'threads-do-long-work',
      '^server/threads/',
      '^server/(threads|assignments|routing|base|holidays|csv)/',
      'A thread sees the core and what use cases ask of it; no storage, no CRM.',
    ),
    only(
      'installs-implement-ports',
      '^server/installs/',
      '^server/(installs|assignments|routing|base)/',
      'Installs see ports.',
    ),
    only(
      'rounds-call-use-cases',
      '^server/rounds/',
      '^server/(rounds|assignments|routing|base|inbox)/|^server/crm/(connector|delivery/backoff)\\.ts$',
      'The rounds see the contract of a CRM, use cases and ports; never one CRM, nor the database.',
    ),
    only(
      'inbox-calls-use-cases',
      '^server/inbox/',
      '^server/(inbox|assignments|base)/',
      'The inbox sees use cases and ports.',
    ),
    only(
      'http-calls-use-cases',
      '^server/http/',
      '^server/(http|assignments|routing|base|inbox)/|^server/crm/(long-id|written-id|hubspot/(signature|webhook-events|snapshot-from-payload|facts)|salesforce/(ids|snapshot-from-payload)|(dynamics|zoho|pipedrive)/webhook-events|pipedrive/intake)\\.ts$',
      'The edge verifies, parses and calls one use case; never storage.',
    ),
    only(
      'slack-calls-use-cases',
      '^slack/',
      '^slack/|^server/(assignments|base)/',
      'Slack sees use cases and views.',
    ),
    only(
      'command-line-decides-alone',
      '^server/command-line/',
      '^server/(command-line|routing|holidays|csv)/|^server/(base/(parse-yaml|plain-data)|assignments/(names|view-decision)|config|installs/(keyring|sign-in/owner-links))\\.ts$',
      'The command line sees the core, how documents are read and decisions shown, and with the settings how an owner’s link is proven; no storage, no CRM.',
    ),
    only(
      'command-line-process',
      '^server/cli\\.ts$',
      '^server/(command-line/|compose/reseal-stored\\.ts$)',
      'Its process knows the commands, and the one way to the database that one of them takes.',
    ),
    only(
      'nobody-calls-the-command-line',
      '^(server|slack|sandbox|console)/(?!command-line/|cli\\.ts$)',
      '^(server/(?!command-line/|cli\\.ts$)|slack|sandbox|console|bench|examples|test|scripts)|^(salesforce-lwc-bridge|hubspot-app)/preview/',
      'The service and the command line are two ways in; neither stands on the other.',
    ),
    only(
      'sandbox-stands-alone',
      '^sandbox/',
      '^sandbox/|^(salesforce-lwc-bridge|hubspot-app)/preview/card-page\\.ts$',
      'The stand-ins must not share our misreadings of a vendor.',
    ),
    {
      name: 'console-shares-types-only',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(server|slack|sandbox|test|bench|examples)/', dependencyTypesNot: ['type-only'] },
    },
    only(
      'console-types',
      '^console/',
      '^console/|^server/assignments/(views|queries|pool-fairness|audit-leads|publishing/publishing|offboarding/offboarding|first-steps/first-steps|lifecycle/views|key-ports|audit/audit-log)\\.ts$',
      'The console knows the shapes it draws.',
    ),
    only(
      'salesforce-lwc-bridge-stands-alone',
      '^salesforce-lwc-bridge/',
      '^salesforce-lwc-bridge/',
      'What runs in an org, and the page that shows it, know the service by its contract only.',
    ),
    {
      name: 'hubspot-card-stands-alone',
      comment: 'HubSpot uploads that folder and nothing else; its types are written there by `npm run docs`.',
      severity: 'error',
      from: { path: '^hubspot-app/src/' },
      to: { path: '^(server|slack|sandbox|console|test|bench|examples|scripts|hubspot-app/(preview|test))/' },
    },
    {
      name: 'hubspot-preview-knows-the-card',
      severity: 'error',
      from: { path: '^hubspot-app/preview/' },
      to: { path: '^(server|slack|sandbox|console|test|bench|examples|scripts|hubspot-app/test)/' },
    },
    {
      name: 'tests-stay-out-of-the-product',
      severity: 'error',
      from: { path: '^(server|slack|sandbox|console)/' },
      to: { path: '^(test|bench|scripts|hubspot-app/(src|test))/' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data)/|^salesforce-lwc-bridge/(preview/mount\\.js|checks/java/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
