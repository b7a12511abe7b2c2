/**
 * The stand-ins as a process of their own. Settings: SANDBOX_PORT, SANDBOX_DATA (a folder), SANDBOX_COMPANY (a folder
 * with company.json and leads.json), SANDBOX_WORKFLOWS (a file: what HubSpot does with leads, without Fairlead), SANDBOX_SEED (a number: the same leads again), SANDBOX_SYNC (on: HubSpot's
 * sync with Salesforce), SANDBOX_SALESFORCE_CREDENTIAL (what the org's named credential sends), SANDBOX_PUBSUB_PORT (of Salesforce's Pub/Sub API),
 * SANDBOX_URL (the origin it is known by), FAIRLEAD_URL, PUBLIC_BASE_URL and the vendor credentials Fairlead is given.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox } from './create-sandbox.ts';
import type { SeedAccount } from './hubspot/company.ts';
import type { Workflow } from './hubspot/workflow-types.ts';
import { type EnvironmentOfCompany, environmentOfCompany } from './people/dynamics-people.ts';
import { type LeadWords, seededRandom } from './people/lead-generator.ts';
import { type PipedriveOfCompany, pipedriveOfCompany } from './people/pipedrive-people.ts';
import { type OrgOfCompany, orgOfCompany } from './people/salesforce-people.ts';
import { type ZohoOrgOfCompany, zohoOrgOfCompany } from './people/zoho-people.ts';
import type { SlackSandboxOptions } from './slack/create-slack-sandbox.ts';

interface Company {
  readonly hubspot: SeedAccount;
  /** Its Salesforce org, with the same people; unset: it has none. */
  readonly salesforce?: OrgOfCompany;
  /** The same of the other CRMs. */
  readonly dynamics?: EnvironmentOfCompany;
  readonly zoho?: ZohoOrgOfCompany;
  readonly pipedrive?: PipedriveOfCompany;
  readonly slack: Pick<SlackSandboxOptions, 'users' | 'channels'>;
}

/** HubSpot's own sync runs every quarter of an hour; nobody waits that long at a desk. */
const SYNC_EVERY_MS = 15_000;
/** A company syncs whom it sells to, not everybody. */
const SYNC_SHARE = 0.25;

const { env } = process;
const read = <T>(name: string): T =>
  JSON.parse(readFileSync(join(env.SANDBOX_COMPANY ?? '', name), 'utf8')) as T;

const seeded = env.SANDBOX_COMPANY ? read<Company>('company.json') : null;
/** A company that does not know Fairlead yet: its own workflows, and no trigger of the package. */
const withOwnWorkflows = (given: Company, file: string): Company => ({
  ...given,
  hubspot: { ...given.hubspot, workflows: JSON.parse(readFileSync(file, 'utf8')) as readonly Workflow[] },
  ...(given.salesforce && { salesforce: { ...given.salesforce, automation: {} } }),
});
const company = seeded && env.SANDBOX_WORKFLOWS ? withOwnWorkflows(seeded, env.SANDBOX_WORKFLOWS) : seeded;
const orgs = company?.salesforce
  ? [
      orgOfCompany(company.hubspot, {
        ...company.salesforce,
        ...(env.SANDBOX_SALESFORCE_CREDENTIAL
          ? { fairleadCredential: env.SANDBOX_SALESFORCE_CREDENTIAL }
          : {}),
      }),
    ]
  : [];
const slackCredentials = {
  clientId: env.SLACK_CLIENT_ID ?? 'sandbox-client',
  clientSecret: env.SLACK_CLIENT_SECRET ?? 'sandbox-secret',
};

const sandbox = await createSandbox({
  port: Number(env.SANDBOX_PORT ?? 3001),
  ...(env.SANDBOX_URL ? { publicUrl: env.SANDBOX_URL } : {}),
  ...(env.FAIRLEAD_URL ? { fairleadUrl: env.FAIRLEAD_URL } : {}),
  ...(env.PUBLIC_BASE_URL ? { fairleadPublicUrl: env.PUBLIC_BASE_URL } : {}),
  ...(env.HUBSPOT_CLIENT_ID ? { hubspotClientId: env.HUBSPOT_CLIENT_ID } : {}),
  ...(env.HUBSPOT_CLIENT_SECRET ? { hubspotClientSecret: env.HUBSPOT_CLIENT_SECRET } : {}),
  ...(env.SALESFORCE_CLIENT_ID ? { salesforceClientId: env.SALESFORCE_CLIENT_ID } : {}),
  ...(env.SALESFORCE_CLIENT_SECRET ? { salesforceClientSecret: env.SALESFORCE_CLIENT_SECRET } : {}),
  ...(env.SANDBOX_PUBSUB_PORT ? { salesforcePubSubPort: Number(env.SANDBOX_PUBSUB_PORT) } : {}),
  ...(env.ZOHO_CLIENT_ID ? { zohoClientId: env.ZOHO_CLIENT_ID } : {}),
  ...(env.ZOHO_CLIENT_SECRET ? { zohoClientSecret: env.ZOHO_CLIENT_SECRET } : {}),
  ...(env.PIPEDRIVE_CLIENT_ID ? { pipedriveClientId: env.PIPEDRIVE_CLIENT_ID } : {}),
  ...(env.PIPEDRIVE_CLIENT_SECRET ? { pipedriveClientSecret: env.PIPEDRIVE_CLIENT_SECRET } : {}),
  ...(env.DYNAMICS_CLIENT_ID ? { dynamicsClientId: env.DYNAMICS_CLIENT_ID } : {}),
  ...(env.DYNAMICS_CLIENT_SECRET ? { dynamicsClientSecret: env.DYNAMICS_CLIENT_SECRET } : {}),
  ...(env.SLACK_SIGNING_SECRET ? { slackSigningSecret: env.SLACK_SIGNING_SECRET } : {}),
  ...(env.SANDBOX_DATA ? { dataDir: env.SANDBOX_DATA } : {}),
  ...(company ? { accounts: [company.hubspot], words: read<LeadWords>('leads.json') } : {}),
  orgs,
  ...(company?.dynamics ? { environments: [environmentOfCompany(company.hubspot, company.dynamics)] } : {}),
  ...(company?.zoho ? { zohoOrgs: [zohoOrgOfCompany(company.hubspot, company.zoho)] } : {}),
  ...(company?.pipedrive ? { companies: [pipedriveOfCompany(company.hubspot, company.pipedrive)] } : {}),
  slack: { credentials: slackCredentials, ...company?.slack },
  random: seededRandom(Number(env.SANDBOX_SEED ?? Date.now())),
});
sandbox.sync.set({ share: SYNC_SHARE });
if (env.SANDBOX_SYNC === 'on' && orgs.length > 0) sandbox.sync.start(SYNC_EVERY_MS);
// Started by another program, that one says where everything is.
if (!process.connected) console.log(`The stand-ins for the five CRMs and Slack listen on ${sandbox.url}`);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await sandbox.close();
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
