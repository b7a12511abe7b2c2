/**
 * The checks that need Java or large packages (`npm run salesforce:check`): types against Salesforce's own stubs, the rules
 * of a security review, and the zip that a deployment would send. Says what it skipped, and fails on a finding.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = join(PROJECT, 'force-app');
const OUT = fileURLToPath(new URL('dist', import.meta.url));
const JARS = join(
  dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine')),
  'java-lib',
  '*',
);
/** Of the hundred and more rules that the analyser has: those a security review runs, and its own choice of the rest. */
const RULES = ['AppExchange', 'Security', 'Recommended'];
/** Rules that say nothing of this package, each with its reason. */
const ACCEPTED = {
  ApexUnitTestClassShouldHaveRunAs: 'tests run as whoever runs them; who may do what is the service’s to say',
  ApexDoc: 'what a name does not say stands in a sentence, not in tags',
  ExcessiveParameterList: 'a method for a component has the parameters of its press',
  ProtectSensitiveData: 'takes “Assigned” for a sign of a token',
};

/** Fewer, and the resolver did not understand the folder. */
const FEWEST_PARTS = 40;

const hasJava = spawnSync('java', ['-version']).status === 0;
let findings = 0;

const tell = (line) => console.log(line);
const finding = (line) => {
  findings += 1;
  tell(`  ${line}`);
};

function checkTypes() {
  const check = 'io.github.apexdevtools.apexls.CheckForIssues';
  const run = spawnSync('java', ['-cp', JARS, check, '-w', PROJECT, '-n', '-d', 'warnings'], {
    encoding: 'utf8',
  });
  if (run.status === 0) tell('Types: every class holds against the platform’s stubs.');
  else for (const line of `${run.stdout}${run.stderr}`.trim().split('\n')) finding(line);
}

async function checkRules() {
  const { CodeAnalyzer, CodeAnalyzerConfig } = await import('@salesforce/code-analyzer-core');
  const { createEnginePlugin } = await import('@salesforce/code-analyzer-pmd-engine');
  const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({}));
  await analyzer.addEnginePlugin(createEnginePlugin());
  const workspace = await analyzer.createWorkspace([SOURCE]);
  const rules = await analyzer.selectRules(RULES, { workspace });
  const results = await analyzer.run(rules, { workspace });
  for (const violation of results.getViolations()) {
    const rule = violation.getRule().getName();
    const place = violation.getPrimaryLocation();
    const where = `${relative(PROJECT, place.getFile() ?? '')}:${place.getStartLine()}`;
    if (!(rule in ACCEPTED)) finding(`${where} ${rule}: ${violation.getMessage()}`);
  }
  tell(`Rules: ${rules.getCount()} of the analyser looked.`);
}

async function buildZip() {
  const { ComponentSet, MetadataConverter } = await import('@salesforce/source-deploy-retrieve');
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  // Types are told by the names of folders, so one of the checkout's own could be taken for a type's.
  const copy = mkdtempSync(join(tmpdir(), 'fairlead-'));
  cpSync(SOURCE, join(copy, 'force-app'), { recursive: true, filter: (path) => !path.includes('__tests__') });
  const components = ComponentSet.fromSource({ fsPaths: [join(copy, 'force-app')] });
  components.sourceApiVersion = '67.0';
  const { packagePath } = await new MetadataConverter().convert(components, 'metadata', {
    type: 'zip',
    outputDirectory: OUT,
    packageName: 'fairlead',
  });
  rmSync(copy, { recursive: true });
  const parts = components.getSourceComponents().toArray().length;
  if (parts < FEWEST_PARTS)
    finding(`Only ${parts} components were found, at least ${FEWEST_PARTS} expected.`);
  tell(`Zip: ${parts} components in ${relative(process.cwd(), packagePath)}`);
}

process.chdir(PROJECT);
if (hasJava) {
  checkTypes();
  await checkRules();
} else tell('Types and rules: skipped, they need Java 11 or newer.');
await buildZip();
tell(findings === 0 ? 'No findings.' : `${findings} findings.`);
process.exit(findings === 0 ? 0 : 1);
