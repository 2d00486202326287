var h=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
.gan-widget {
  --gan-ink: var(--jp-ui-font-color0, var(--pst-color-text-base, #222));
  --gan-paper: var(--jp-layout-color1, var(--pst-color-background, #fff));
  --gan-line: var(--jp-border-color1, var(--pst-color-border, #c8ccd0));
  --gan-soft: var(--jp-layout-color2, var(--pst-color-surface, #f3f4f5));
  color: var(--gan-ink);
  background: var(--gan-paper);
  border: 1px solid var(--gan-line);
  border-radius: 8px;
  padding: 0.9em 1.1em;
  margin: 0.4em 0;
  font:
    14px / 1.45 system-ui,
    sans-serif;
  max-width: 58em;
  box-sizing: border-box;
}
.gan-widget * {
  box-sizing: border-box;
}
.gan-widget [hidden] {
  display: none !important;
}
.gan-title {
  font-weight: 650;
  margin-bottom: 0.6em;
}
.gan-canvas {
  max-width: 100%;
  height: auto;
  display: block;
  color: var(--gan-ink);
}
img.gan-canvas {
  background: #fff;
  border-radius: 4px;
}
.gan-widget :is(.gan-split, .gan-pair) > figure {
  margin: 0;
  padding: 0; /* the book's theme gives figures some */
}
.gan-split {
  display: flex;
  flex-wrap: wrap;
  gap: 0.8em 1.8em;
  align-items: flex-start;
}
.gan-controls {
  flex: 1 1 19em;
  min-width: min(19em, 100%);
  display: flex;
  flex-direction: column;
  gap: 0.15em;
}
.gan-controls.gan-wide {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(20em, 100%), 1fr));
  gap: 0.15em 1.8em;
  margin-bottom: 0.5em;
}
.gan-row {
  display: flex;
  flex-wrap: wrap;
  gap: 0.45em 0.6em;
  align-items: center;
  margin: 0.35em 0;
}
.gan-pair {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5em 0.8em;
  align-items: flex-start;
}
.gan-pair > canvas {
  flex: 1 1 300px;
  min-width: min(290px, 100%);
}
.gan-widget label {
  font: inherit;
  margin: 0;
}
.gan-row > .gan-slider {
  flex: 1 1 18em;
}
.gan-slider {
  display: grid;
  grid-template-columns: minmax(7.5em, auto) 1fr 4.6em;
  gap: 0.7em;
  align-items: center;
  min-height: 1.9em;
}
.gan-slider input {
  width: 100%;
  min-width: 5em;
  accent-color: #0072b2;
  margin: 0;
}
.gan-slider output {
  font-variant-numeric: tabular-nums;
  text-align: right;
  white-space: nowrap;
}
.gan-split .gan-slider {
  grid-template-columns: 9.4em 1fr 3.6em;
}
[data-kind="laboratory"] .gan-widget {
  max-width: 62em;
}
[data-kind="laboratory"] .gan-split .gan-slider {
  grid-template-columns: 9.4em 1fr 4.2em;
}
.gan-row > .gan-slider {
  grid-template-columns: auto minmax(5em, 1fr) fit-content(12em);
} /* a long text breaks its line */
.gan-row > .gan-slider output {
  min-width: 6.5em;
  white-space: normal;
}
.gan-choice {
  display: grid;
  grid-template-columns: minmax(7.5em, auto) 1fr;
  gap: 0.7em;
  align-items: center;
  min-height: 2.1em;
}
.gan-widget select,
.gan-widget button {
  font: inherit;
  color: inherit;
  background: var(--gan-soft);
  min-width: 0;
  border: 1px solid var(--gan-line);
  border-radius: 5px;
  padding: 0.22em 0.7em;
  cursor: pointer;
}
.gan-widget button:hover,
.gan-widget select:hover {
  border-color: #0072b2;
}
.gan-widget button[aria-pressed="true"] {
  background: #0072b2;
  color: #fff;
  border-color: #0072b2;
}
.gan-widget :is(button, select, input):focus-visible {
  outline: 2px solid #0072b2;
  outline-offset: 2px;
}
.gan-widget button.gan-primary {
  background: #0072b2;
  border-color: #0072b2;
  color: #fff;
  font-weight: 600;
  min-width: 5.6em;
}
.gan-widget button.gan-primary:hover {
  background: #005a8c;
}
.gan-waiting {
  opacity: 0.5;
}
.gan-labels button {
  padding: 0.22em 0.55em;
}
.gan-check {
  display: inline-flex;
  gap: 0.35em;
  align-items: center;
  cursor: pointer;
}
.gan-caption {
  font-size: 0.93em;
  opacity: 0.85;
  margin: 0.35em 0;
  font-variant-numeric: tabular-nums;
  max-width: 42em;
}
.gan-split figure .gan-caption {
  max-width: 280px;
  min-height: 2.9em;
}
[data-kind="laboratory"] .gan-split figure .gan-caption {
  max-width: 470px;
  min-height: 0;
  margin-bottom: 0;
}
.gan-strip {
  margin-top: 0.6em;
  cursor: pointer;
}
.gan-note {
  margin-top: 0.5em;
  font-size: 0.93em;
  font-style: italic;
  opacity: 0.85;
}
.gan-error {
  margin-top: 0.5em;
  padding: 0.4em 0.7em;
  border-left: 4px solid #b00020;
  background: rgb(176 0 32 / 0.1);
  font-weight: 550;
  overflow-wrap: anywhere;
}
`;function f(a,s={},...r){let e=document.createElement(a);for(let[n,t]of Object.entries(s))n.startsWith("on")?e.addEventListener(n.slice(2),t):t!==!1&&t!=null&&e.setAttribute(n,t===!0?"":t);return e.append(...r.filter(n=>n!=null)),e}var T=Math.random().toString(36).slice(2),S=0;function b({label:a,low:s,high:r,step:e,value:n,tip:t,change:i,format:l}){let o=Math.max(0,Math.ceil(-Math.log10(e))),d=l||(p=>p.toFixed(Number.isInteger(e)?0:o).replace("-","−")),u=`gan-slider-${T}-${++S}`,g=f("input",{type:"range",id:u,min:s,max:r,step:e,value:n,title:t}),c=f("output",{for:u}),m=()=>{c.textContent=d(Number(g.value)),g.setAttribute("aria-valuetext",c.textContent)};return g.addEventListener("input",()=>{m(),i?.(Number(g.value))}),m(),{node:f("div",{class:"gan-slider"},f("label",{for:u,title:t},a),g,c),input:g,get value(){return Number(g.value)},set(p){g.value=String(p),m()}}}function w(a,s){let r=f("div",{class:"gan-body"}),e=f("div",{class:"gan-error",role:"alert",hidden:!0}),n=f("div",{class:"gan-note",hidden:!0}),t={"data-lm-suppress-shortcuts":!0,onkeydown:o=>o.stopPropagation()};a.append(f("div",{class:"gan-widget",role:"group","aria-label":s,...t},r,n,e));let i={body:r,redraw:()=>{},fail(o){e.hidden=!o,e.textContent=o?String(o.message||o):""},note(o){n.hidden=!o,n.textContent=o||""},coalesce(o){let d=!1,u=!1;return async function(){if(u=!0,!d){d=!0;try{for(;u;)u=!1,await o(),i.fail(null)}catch(c){i.fail(c)}finally{d=!1}}}}},l=new MutationObserver(()=>i.redraw());return l.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),l.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),i.close=()=>l.disconnect(),i}function v(a){return a?new Uint8Array(a.buffer||a,a.byteOffset||0,a.byteLength):new Uint8Array}function C(a,s){let r={generator:a.generator,ask:null};if(a.send){let e=new Map,n=Math.random().toString(36).slice(2),t=0,i=(l,o)=>{let d=e.get(l.id);d&&(e.delete(l.id),l.error?d.reject(new Error(l.error)):d.resolve({content:l.content,bytes:v(o?.[0])}))};a.on("msg:custom",i),s.addEventListener("abort",()=>a.off("msg:custom",i)),r.ask=(l,o={},d=[])=>new Promise((u,g)=>{let c=`${n}-${++t}`;e.set(c,{resolve:u,reject:g}),a.send({id:c,name:l,content:o},void 0,d)})}return r.alive=(e,n)=>{let t=i=>{n.inert=!i,n.style.opacity=i?"1":"0.5"};t(!1),e.note(r.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),r.ask?.("hello").then(()=>{t(!0),e.note(null)}).catch(e.fail)},r}function P(){document.getElementById("gan-course-style")||document.head.append(f("style",{id:"gan-course-style"},h))}function y(a){function s({model:r,el:e}){let n=new AbortController;e.dataset.kind=r.get("kind"),P();let t=()=>{};try{t=a(e,r.get("config"),v(r.get("data")),C(r,n.signal))}catch(i){e.append(f("div",{class:"gan-error",role:"alert"},`This widget could not start: ${i.message}`)),console.error(i)}return()=>{n.abort(),t()}}return{render:s}}function $(a,s,r,e){let n=w(a,s.title),t=f("img",{class:"gan-canvas",alt:""}),i=0,l=null,o=()=>Object.fromEntries(s.sliders.map(({name:m},p)=>[m,g[p].value]));function d(m){let p=l;l=URL.createObjectURL(new Blob([m],{type:"image/png"})),t.onload=()=>{URL.revokeObjectURL(p),t.dataset.frame=String(++i)},t.src=l;let k=s.sliders.map(({label:M},A)=>`${M} ${g[A].value}`);t.alt=`${s.title}: ${k.join(", ")}`,t.style.width=`${new DataView(m.buffer,m.byteOffset).getUint32(16)}px`}let u=n.coalesce(async()=>{e.ask&&d((await e.ask("draw",o())).bytes)}),g=s.sliders.map(m=>b({...m,tip:m.label,change:u})),c=f("div",{class:"gan-controls gan-wide"},...g.map(m=>m.node));return n.body.append(c,t),d(r),e.alive(n,c),n.close}var U=y($);export{U as default};
