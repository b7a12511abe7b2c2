/**
 * The vendor's script for widgets as far as the panel may use it, strict: the page is told of its record only where it
 * listened before `init`, and a call with other names than the documented ones is refused.
 */
const id = new URLSearchParams(location.search).get('id') ?? '';
const listeners = new Map();
let initialised = false;

/** An object of the script: asking for a member it does not have is a fault of the caller. */
const strict = (name, members) =>
  new Proxy(members, {
    get: (target, member) => {
      if (typeof member === 'symbol' || member === 'then' || member in target) return target[member];
      throw new TypeError(`${name} has no ${member}`);
    },
  });

const only = (given, names) => {
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`${unknown} is not one of ${names.join(', ')}`);
};

const ask = async (path) => {
  if (!initialised) throw new Error('ZOHO.embeddedApp.init() comes first');
  const reply = await fetch(`../${path}`);
  if (!reply.ok) throw new Error(`Zoho CRM answered ${reply.status}`);
  return reply.json();
};

const API = {
  getRecord: async (config) => {
    only(config, ['Entity', 'RecordID', 'approved']);
    return ask(`records/${config.Entity}/${config.RecordID}`);
  },
  getOrgVariable: (name) => ask(`variables/${name}`),
};

/** The widget's frame has the height it asked for. */
const UI = {
  Resize: async (config) => {
    only(config, ['height', 'width']);
    if (!/^\d+$/.test(config.height)) throw new TypeError('height is a text of pixels');
    document.documentElement.style.blockSize = `${config.height}px`;
    return true;
  },
};

const tell = () => listeners.get('PageLoad')?.({ Entity: 'Leads', EntityId: id });

window.ZOHO = strict('ZOHO', {
  embeddedApp: strict('ZOHO.embeddedApp', {
    on: (event, handler) => void listeners.set(event, handler),
    init: async () => {
      initialised = true;
      tell();
    },
  }),
  CRM: strict('ZOHO.CRM', { API: strict('ZOHO.CRM.API', API), UI: strict('ZOHO.CRM.UI', UI) }),
});

// The page of a record that changed is loaded again, with its widgets.
window.addEventListener('message', ({ origin, data }) => {
  if (origin === location.origin && data?.fairlead === 'record-changed') location.reload();
});
