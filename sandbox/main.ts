import { createSandbox } from './create-sandbox.ts';

const { env } = process;

const sandbox = await createSandbox({
  port: Number(env.SANDBOX_PORT ?? 3001),
  ...(env.FAIRLEAD_URL ? { fairleadUrl: env.FAIRLEAD_URL } : {}),
  ...(env.PUBLIC_BASE_URL ? { fairleadPublicUrl: env.PUBLIC_BASE_URL } : {}),
  ...(env.HUBSPOT_CLIENT_ID ? { hubspotClientId: env.HUBSPOT_CLIENT_ID } : {}),
  ...(env.HUBSPOT_CLIENT_SECRET ? { hubspotClientSecret: env.HUBSPOT_CLIENT_SECRET } : {}),
  ...(env.SLACK_SIGNING_SECRET ? { slackSigningSecret: env.SLACK_SIGNING_SECRET } : {}),
  ...(env.SANDBOX_DATA ? { dataDir: env.SANDBOX_DATA } : {}),
});
console.log(`Sandbox on ${sandbox.url}`);

const stop = async () => {
  await sandbox.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
