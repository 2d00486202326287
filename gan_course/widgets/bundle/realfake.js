var U=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var W={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function d(r,o={},...i){let t=document.createElement(r);for(let[s,e]of Object.entries(o))s.startsWith("on")?t.addEventListener(s.slice(2),e):e!==!1&&e!=null&&t.setAttribute(s,e===!0?"":e);return t.append(...i.filter(s=>s!=null)),t}var ee=Math.random().toString(36).slice(2),te=0;function L(r,o,i){return d("button",{type:"button",title:o,onclick:i},r)}function G(r,o,i,t,s){let e=`gan-choice-${ee}-${++te}`,a=d("select",{id:e,title:s,onchange:()=>t(a.value)});for(let g of o){let[c,u]=Array.isArray(g)?g:[g,g];a.append(d("option",{value:c,selected:c===i},u))}return{node:d("div",{class:"gan-choice"},d("label",{for:e,title:s},r),a),select:a}}function K(r,o){let i=d("div",{class:"gan-body"}),t=d("div",{class:"gan-error",role:"alert",hidden:!0}),s=d("div",{class:"gan-note",hidden:!0}),e={"data-lm-suppress-shortcuts":!0,onkeydown:c=>c.stopPropagation()};r.append(d("div",{class:"gan-widget",role:"group","aria-label":o,...e},i,s,t));let a={body:i,redraw:()=>{},fail(c){t.hidden=!c,t.textContent=c?String(c.message||c):""},note(c){s.hidden=!c,s.textContent=c||""},coalesce(c){let u=!1,m=!1;return async function(){if(m=!0,!u){u=!0;try{for(;m;)m=!1,await c(),a.fail(null)}catch(w){a.fail(w)}finally{u=!1}}}}},g=new MutationObserver(()=>a.redraw());return g.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),g.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),a.close=()=>g.disconnect(),a}function j(r,o,i){let t=d("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${r}px`,t.style.maxWidth=`min(100%, ${r}px)`,t.style.aspectRatio=`${r} / ${o}`,{node:t,describe(s){t.setAttribute("aria-label",s)},draw(...s){let e=(window.devicePixelRatio||1)*((t.clientWidth||r)/r);t.width=Math.round(r*e),t.height=Math.round(o*e);let a=t.getContext("2d");a.scale(e,e);let g=getComputedStyle(t).color||"#222";i(a,r,o,g,...s)}}}function B(r,o,[i,t],s,e,a=1){let g=i*t,c=o.length/(a*g),u=Math.ceil(c/s),m=s*(t+1)-1,h=u*(i+1)-1,w=new ImageData(m,h);for(let k=0;k<c;k++){let b=Math.floor(k/s)*(i+1),x=k%s*(t+1);for(let T=0;T<i;T++)for(let v=0;v<t;v++){let y=4*((b+T)*m+x+v),D=k*a*g+T*t+v;for(let M=0;M<3;M++)w.data[y+M]=a===1?255-o[D]:o[D+M*g];w.data[y+3]=255}}let A=new OffscreenCanvas(m,h);A.getContext("2d").putImageData(w,0,0),r.imageSmoothingEnabled=!1,r.drawImage(A,0,0,m*e,h*e)}function J(r){let o=r*2654435761+1>>>0,i=()=>{o=o+1831565813>>>0;let t=Math.imul(o^o>>>15,o|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:i,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-i()))*Math.cos(2*Math.PI*i()))}}function _(r){return r?new Uint8Array(r.buffer||r,r.byteOffset||0,r.byteLength):new Uint8Array}function ne(r,o){let i={generator:r.generator,ask:null};if(r.send){let t=new Map,s=Math.random().toString(36).slice(2),e=0,a=(g,c)=>{let u=t.get(g.id);u&&(t.delete(g.id),g.error?u.reject(new Error(g.error)):u.resolve({content:g.content,bytes:_(c?.[0])}))};r.on("msg:custom",a),o.addEventListener("abort",()=>r.off("msg:custom",a)),i.ask=(g,c={},u=[])=>new Promise((m,h)=>{let w=`${s}-${++e}`;t.set(w,{resolve:m,reject:h}),r.send({id:w,name:g,content:c},void 0,u)})}return i.alive=(t,s)=>{let e=a=>{s.inert=!a,s.style.opacity=a?"1":"0.5"};e(!1),t.note(i.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),i.ask?.("hello").then(()=>{e(!0),t.note(null)}).catch(t.fail)},i}function ae(){document.getElementById("gan-course-style")||document.head.append(d("style",{id:"gan-course-style"},U))}function X(r){function o({model:i,el:t}){let s=new AbortController;t.dataset.kind=i.get("kind"),ae();let e=()=>{};try{e=r(t,i.get("config"),_(i.get("data")),ne(i,s.signal))}catch(a){t.append(d("div",{class:"gan-error",role:"alert"},`This widget could not start: ${a.message}`)),console.error(a)}return()=>{s.abort(),e()}}return{render:o}}var Y=1.96;function Z(r,o){let i=r/o,t=Y**2/o,s=(i+t/2)/(1+t),e=Y*Math.sqrt(i*(1-i)/o+t/o/4)/(1+t);return[Math.max(0,s-e),Math.min(1,s+e)]}var R=r=>`${Math.round(100*r)} %`;function re(r,o,i){let t=K(r,o.title),s=n=>196/Math.max(...n.shape),e={set:0,answers:[],deck:[],ends:0,timer:null,games:{}},a=()=>o.sets[e.set],g=n=>n.channels*n.shape[0]*n.shape[1],c=o.sets.map((n,l)=>o.sets.slice(0,l).reduce((p,f)=>p+2*f.each*g(f),0)),u=n=>{let l=c[e.set]+n*g(a());return i.subarray(l,l+g(a()))},m=n=>n>=a().each,h=j(196,196,n=>{let l=e.deck[Math.min(e.answers.length,e.deck.length-1)];B(n,u(l),a().shape,1,s(a()),a().channels)}),A=j(408,40*Math.ceil(o.rounds/12),n=>{e.answers.forEach(({picture:l,wrong:p},f)=>{n.save(),n.translate(f%12*34+2,Math.floor(f/12)*40+2),B(n,u(l),a().shape,1,30/Math.max(...a().shape),a().channels),n.fillStyle=m(l)?W.fake:W.real,n.fillRect(0,31,30,p?5:2),n.restore()})}),k=d("div",{class:"gan-caption","aria-live":"polite"}),b=d("div",{class:"gan-caption","aria-live":"polite",hidden:!0}),x=d("figure",{hidden:!0},A.node);function T(n){let l=J(n),p=f=>Array.from({length:a().each},(S,C)=>[l.uniform(),f+C]).sort((S,C)=>S[0]-C[0]).slice(0,o.rounds/2).map(([,S])=>[l.uniform(),S]);return[...p(0),...p(a().each)].sort((f,E)=>f[0]-E[0]).map(([,f])=>f)}let v=()=>e.ends>0;function y(){let n=Math.max(0,Math.ceil((e.ends-Date.now())/1e3));k.textContent=v()?`Picture ${e.answers.length+1} of ${e.deck.length}; ${n} seconds left.`:"",h.describe(`A picture of the set “${a().name}”: real or generated?`),r.dataset.values=JSON.stringify({set:a().name,playing:v(),shown:v()?e.deck[e.answers.length]:null,answered:e.answers.length,wrong:e.answers.filter(l=>l.wrong).length})}function D(n=Date.now()){e.deck=T(n),e.answers=[],e.ends=Date.now()+1e3*o.seconds,clearInterval(e.timer),e.timer=setInterval(()=>{Date.now()>=e.ends?q():y()},500),b.hidden=x.hidden=!0,I.inert=!1,F.textContent="Begin anew",h.draw(),y()}function M(n){if(!v())return;let l=e.deck[e.answers.length];if(e.answers.push({picture:l,wrong:n!==m(l)}),e.answers.length===e.deck.length)return q();h.draw(),y()}function N(n,l){let[p,f]=Z(n,l);return`${n} of ${l} wrong: an error of ${R(n/l)}, 95 % interval ${R(p)} to ${R(f)}`}function q(){clearInterval(e.timer),e.ends=0,I.inert=!0,y();let n=e.answers.length;if(!n)return;let l=e.answers.filter($=>$.wrong).length,[p,f]=Z(l,n),E=e.answers.filter($=>m($.picture)),S=e.answers.filter($=>!m($.picture)),C=$=>`${$.filter(V=>V.wrong).length} of ${$.length}`,O=e.games[a().name]||{wrong:0,count:0,games:0},P={wrong:O.wrong+l,count:O.count+n,games:O.games+1};e.games[a().name]=P;let Q=p>.5?"Worse than guessing: the generated pictures look more real to you than the real ones.":f<.5?"Better than guessing: you see a difference.":"Guessing, 50 %, lies in the interval: these answers do not show that you see a difference.";b.replaceChildren(d("p",{},d("strong",{},`${N(l,n)}.`),` ${Q}`),d("p",{},`Generated pictures taken for real: ${C(E)}. Real ones taken for generated: ${C(S)}.`)),P.games>1&&b.append(d("p",{},`All ${P.games} games with this set: ${N(P.wrong,P.count)}.`)),b.append(d("p",{},"Below, in the order you saw them: a blue bar for a real picture, an orange one for a generated one; a thick bar where you were wrong.")),b.hidden=x.hidden=!1,A.draw(),A.describe(`The ${n} pictures of the game, ${l} of them with a thick bar`)}let F=L("Begin","Two minutes at most; no picture comes twice",()=>D()),I=d("div",{class:"gan-row",role:"group","aria-label":"your answer"},L("real (R)","I think this picture is real",()=>M(!1)),L("generated (G)","I think this picture is generated",()=>M(!0)));I.inert=!0;let H=G("pictures",o.sets.map(({name:n},l)=>[String(l),n]),"0",n=>{e.set=Number(n),clearInterval(e.timer),e.ends=0,e.answers=[],e.deck=[0],I.inert=!0,b.hidden=x.hidden=!0,h.draw(),y()},"Which data set, and which generator");return t.body.addEventListener("keydown",n=>{let l={r:!1,g:!0}[n.key.toLowerCase()];l===void 0||n.ctrlKey||n.metaKey||n.altKey||(n.preventDefault(),M(l))}),t.body.append(d("div",{class:"gan-title"},o.title),d("div",{class:"gan-split"},d("figure",{},h.node,k),d("div",{class:"gan-controls"},H.node,F,I,b)),x),e.deck=[0],h.draw(),y(),t.redraw=()=>{h.draw(),x.hidden||A.draw()},()=>{clearInterval(e.timer),t.close()}}var ue=X(re);export{ue as default,Z as interval};
