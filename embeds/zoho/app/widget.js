import { showPanel } from './panel.js';

/** Custom fields that an administrator makes for Fairlead's reasons. */
const FIELDS = {
  reason: 'Fairlead_Reason',
  decision: 'Fairlead_Decision',
  rule: 'Fairlead_Rule',
  pool: 'Fairlead_Pool',
  decidedAt: 'Fairlead_Decided_At',
};
/** A variable of the org (Setup, Developer Hub, Variables) with the address where people open Fairlead. */
const ADDRESS = 'fairlead_address';

const readRecord = async (Entity, RecordID) => {
  const { data } = await ZOHO.CRM.API.getRecord({ Entity, RecordID });
  const [record] = data ?? [];
  if (!record) throw new Error('Zoho CRM shows you no such record.');
  const told = Object.entries(FIELDS).map(([name, field]) => [name, record[field] ?? null]);
  return { ...Object.fromEntries(told), owner: record.Owner?.name ?? null };
};

/** null: the org has no such variable. */
const readAddress = async () => {
  try {
    return (await ZOHO.CRM.API.getOrgVariable(ADDRESS))?.Success?.Content ?? null;
  } catch {
    return null;
  }
};

/** The frame is as high as the panel. */
const fit = () => {
  const { height } = document.querySelector('main').getBoundingClientRect();
  ZOHO.CRM.UI.Resize({ height: String(Math.ceil(height)), width: '100%' });
};

ZOHO.embeddedApp.on('PageLoad', async ({ Entity, EntityId }) => {
  const id = Array.isArray(EntityId) ? EntityId[0] : EntityId;
  const address = await readAddress();
  // What is opened needs more room.
  document.addEventListener('toggle', fit, true);
  showPanel(document.querySelector('main'), {
    read: () => readRecord(Entity, id),
    address,
    onDrawn: fit,
  });
});
ZOHO.embeddedApp.init();
