// A widget manager of the fewest lines, as hosted notebooks and editors have one: the models of
// anywidget's own front end on a bare page, comm messages of the kernel in, and out to `toKernel`.

class Events {
  handlers = [];
  on(name, callback, context) {
    this.handlers.push({ name, callback, context });
  }
  once(name, callback) {
    const first = (...given) => {
      this.off(name, first);
      callback(...given);
    };
    this.on(name, first);
  }
  off(name, callback, context) {
    this.handlers = this.handlers.filter(
      (h) =>
        (name && h.name !== name) ||
        (callback && h.callback !== callback) ||
        (context && h.context !== context),
    );
  }
  trigger(name, ...given) {
    for (const h of [...this.handlers]) if (h.name === name) h.callback.apply(h.context, given);
  }
}

class Model extends Events {
  constructor(state, { id, manager }) {
    super();
    Object.assign(this, { state, model_id: id, widget_manager: manager, changed: {} });
    this.initialize(state, {});
  }
  initialize() {}
  get(name) {
    return this.state[name];
  }
  set(name, value) {
    const values = typeof name === "string" ? { [name]: value } : name;
    Object.assign(this.state, values);
    Object.assign(this.changed, values);
    for (const key of Object.keys(values)) this.trigger(`change:${key}`);
  }
  save_changes() {
    const state = this.changed;
    this.changed = {};
    this.widget_manager.send(this.model_id, { method: "update", state, buffer_paths: [] }, []);
  }
  send(content, _callbacks, buffers = []) {
    this.widget_manager.send(this.model_id, { method: "custom", content }, buffers);
  }
  async _handle_comm_msg({ content, buffers }) {
    const { method } = content.data;
    if (method === "custom") this.trigger("msg:custom", content.data.content, buffers);
    if (method === "update") this.set(put(content.data, buffers));
  }
}

class View extends Events {
  constructor(model, el) {
    super();
    Object.assign(this, { model, el, $el: { empty: () => el.replaceChildren() } }); // as jQuery's
  }
  remove() {}
}

// the protocol: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md
function put({ state, buffer_paths = [] }, buffers) {
  buffer_paths.forEach((path, k) => {
    const last = path.at(-1);
    path.slice(0, -1).reduce((at, key) => at[key], state)[last] = buffers[k];
  });
  return state;
}

const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const text = (buffer) => {
  const view = new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength);
  return btoa(Array.from(view, (byte) => String.fromCharCode(byte)).join(""));
};

globalThis.define = (_names, factory) => {
  globalThis.front = factory({ DOMWidgetModel: Model, DOMWidgetView: View });
};

globalThis.manager = {
  models: new Map(),
  sent: [],
  get_model(id) {
    const found = this.models.get(id);
    return found ? Promise.resolve(found) : Promise.reject(new Error(`no model ${id}`));
  },
  receive({ type, comm_id: id, data, buffers }) {
    const unpacked = buffers.map(bytes);
    if (type === "comm_open") {
      const state = put(data, unpacked);
      const kind = state._model_module === "anywidget" ? front.AnyModel : Model;
      this.models.set(id, new kind(state, { id, manager: this }));
    } else if (type === "comm_msg") {
      this.models.get(id)._handle_comm_msg({ content: { comm_id: id, data }, buffers: unpacked });
    }
  },
  async send(id, data, buffers) {
    this.sent.push(data.method);
    const answers = await toKernel(id, JSON.stringify(data), buffers.map(text));
    for (const answer of answers) this.receive(answer);
  },
  async show(id, el) {
    const view = new front.AnyView(await this.get_model(id), el);
    await view.render();
    return view;
  },
};
