/** Bundles one card in a thread of its own, so that the stand-ins keep answering meanwhile, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CardKind } from './card-bundles.ts';

const PREVIEWS = {
  hubspot: () => import('../../hubspot-app/preview/card-page.ts'),
  salesforce: () => import('../../salesforce-lwc-bridge/preview/card-page.ts'),
};

const { bundleCard } = await PREVIEWS[workerData as CardKind]();
parentPort?.postMessage(await bundleCard());
