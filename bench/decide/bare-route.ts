/** The least an endpoint of ours can be: a bare Express route that checks the signature and replies. Run as a process. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

const [secret = '', publicUrl = '', port = '0'] = process.argv.slice(2);
const app = express();

app.post('/hubspot/actions/assign-lead', express.raw({ type: () => true }), (request, response) => {
  const expected = createHmac('sha256', secret)
    .update(`POST${publicUrl}${request.originalUrl}`)
    .update(request.body)
    .update(String(request.headers['x-hubspot-request-timestamp']))
    .digest();
  const given = Buffer.from(String(request.headers['x-hubspot-signature-v3']), 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    response.status(401).end();
    return;
  }
  response.json({ outputFields: { hs_execution_state: 'SUCCESS', outcome: 'assigned' } });
});

app.listen(Number(port), '127.0.0.1', () => console.log('ready'));
