import { showPanel } from './panel.js';

/** Columns that Fairlead's reasons stand in, and whose the lead is. */
const COLUMNS = {
  reason: 'fairlead_reason',
  decision: 'fairlead_decision',
  rule: 'fairlead_rule',
  pool: 'fairlead_pool',
  decidedAt: 'fairlead_decidedat',
};
const OWNER = '_ownerid_value';
const SHOWN = 'OData.Community.Display.V1.FormattedValue';

/** Where people open Fairlead: the web resource's custom parameter on the form. */
const address = new URLSearchParams(location.search).get('data');

const readFrom = async (xrm, table, id) => {
  const select = [...Object.values(COLUMNS), OWNER].join(',');
  const row = await xrm.WebApi.retrieveRecord(table, id, `?$select=${select}`);
  const told = Object.entries(COLUMNS).map(([name, column]) => [name, row[column] ?? null]);
  return { ...Object.fromEntries(told), owner: row[`${OWNER}@${SHOWN}`] ?? null };
};

/** What the form's library hands over. The form's data is loaded again whenever it is saved or refreshed. */
const begin = ({ xrm, form }) => {
  const main = document.querySelector('main');
  const { entity } = form.data;
  let draw = null;
  const show = () => {
    // A record that was never saved has no id, and no decision.
    if (entity.getId() === '') main.textContent = 'Save the record first: Fairlead decides about it then.';
    else if (draw !== null) draw();
    else {
      const id = entity.getId().replace(/[{}]/g, '').toLowerCase();
      draw = showPanel(main, { read: () => readFrom(xrm, entity.getEntityName(), id), address });
    }
  };
  form.data.addOnLoad(show);
  show();
};

if (window.clientApi) begin(window.clientApi);
else window.addEventListener('clientapi', () => begin(window.clientApi), { once: true });
