var X=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var B={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},U=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function u(e,r={},...s){let t=document.createElement(e);for(let[n,a]of Object.entries(r))n.startsWith("on")?t.addEventListener(n.slice(2),a):a!==!1&&a!=null&&t.setAttribute(n,a===!0?"":a);return t.append(...s.filter(n=>n!=null)),t}var K=Math.random().toString(36).slice(2),Z=0;function z({label:e,low:r,high:s,step:t,value:n,tip:a,change:o,format:g}){let i=Math.max(0,Math.ceil(-Math.log10(t))),c=g||(m=>m.toFixed(Number.isInteger(t)?0:i).replace("-","−")),y=`gan-slider-${K}-${++Z}`,d=u("input",{type:"range",id:y,min:r,max:s,step:t,value:n,title:a}),f=u("output",{for:y}),b=()=>{f.textContent=c(Number(d.value)),d.setAttribute("aria-valuetext",f.textContent)};return d.addEventListener("input",()=>{b(),o?.(Number(d.value))}),b(),{node:u("div",{class:"gan-slider"},u("label",{for:y,title:a},e),d,f),input:d,get value(){return Number(d.value)},set(m){d.value=String(m),b()}}}function R(e,r,s){return u("button",{type:"button",title:r,onclick:s},e)}function ee(e,r,s,t,n){let a=`gan-choice-${K}-${++Z}`,o=u("select",{id:a,title:n,onchange:()=>t(o.value)});for(let g of r){let[i,c]=Array.isArray(g)?g:[g,g];o.append(u("option",{value:i,selected:i===s},c))}return{node:u("div",{class:"gan-choice"},u("label",{for:a,title:n},e),o),select:o}}function te(e,r,s){let t=null,n=R("▶ Play",e,()=>t?o():a()),a=()=>{n.textContent="❚❚ Pause",t=setInterval(()=>n.isConnected?s(o):o(),r)},o=()=>{clearInterval(t),t=null,n.textContent="▶ Play"};return{node:n,start:a,stop:o}}function ne(e,r){let s=u("div",{class:"gan-body"}),t=u("div",{class:"gan-error",role:"alert",hidden:!0}),n=u("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:i=>i.stopPropagation()};e.append(u("div",{class:"gan-widget",role:"group","aria-label":r,...a},s,n,t));let o={body:s,redraw:()=>{},fail(i){t.hidden=!i,t.textContent=i?String(i.message||i):""},note(i){n.hidden=!i,n.textContent=i||""},coalesce(i){let c=!1,y=!1;return async function(){if(y=!0,!c){c=!0;try{for(;y;)y=!1,await i(),o.fail(null)}catch(f){o.fail(f)}finally{c=!1}}}}},g=new MutationObserver(()=>o.redraw());return g.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),g.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),o.close=()=>g.disconnect(),o}function _(e,r,s){let t=u("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${r}`,{node:t,describe(n){t.setAttribute("aria-label",n)},draw(...n){let a=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*a),t.height=Math.round(r*a);let o=t.getContext("2d");o.scale(a,a);let g=getComputedStyle(t).color||"#222";s(o,e,r,g,...n)}}}function Y(e,r,s=5){let t=(r-e)/s,n=10**Math.floor(Math.log10(t)),a=[1,2,5,10].map(g=>g*n).find(g=>g>=t),o=[];for(let g=Math.ceil(e/a-1e-9)*a;g<=r+1e-9*a;g+=a)o.push(Math.abs(g)<a/1e6?0:g);return o}function q(e,r,[s,t],[n,a],o,{title:g="",xlabel:i="",ylabel:c="",grid:y=!0}={}){let[d,f,b,m]=r,C=l=>d+(l-s)/(t-s)*b,A=l=>f+m-(l-n)/(a-n)*m;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let E=l=>String(Number(l.toPrecision(4))).replace("-","−"),I=(l,h,w,x,v)=>{e.globalAlpha=v,e.strokeStyle=o,e.beginPath(),e.moveTo(l,h),e.lineTo(w,x),e.stroke(),e.globalAlpha=1};e.fillStyle=o,e.textAlign="center";for(let l of Y(s,t,Math.max(2,b/70)))y&&I(C(l),f,C(l),f+m,.12),e.fillText(E(l),C(l),f+m+11);e.textAlign="right";for(let l of Y(n,a,Math.max(2,m/45)))y&&I(d,A(l),d+b,A(l),.12),e.fillText(E(l),d-6,A(l));I(d,f,d,f+m,.6),I(d,f+m,d+b,f+m,.6),e.textAlign="center",e.fillText(i,d+b/2,f+m+28),e.save(),e.translate(d-44,f+m/2),e.rotate(-Math.PI/2),e.fillText(c,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(g,d-4,f-12),e.font="12px system-ui, sans-serif";let P=l=>{e.save(),e.beginPath(),e.rect(d,f-1,b+1,m+2),e.clip(),l(),e.restore()};return{X:C,Y:A,clip:P,line(l,h,w,{width:x=2,dash:v=[],fill:k=!1,alpha:M=1}={}){P(()=>{e.beginPath(),l.forEach(($,L)=>e[L?"lineTo":"moveTo"](C($),A(h[L]))),e.strokeStyle=w,e.lineWidth=x,e.setLineDash(v),e.globalAlpha=M,e.stroke(),k&&(e.lineTo(C(l[l.length-1]),A(Math.max(n,0))),e.lineTo(C(l[0]),A(Math.max(n,0))),e.fillStyle=w,e.globalAlpha=.15,e.fill())})},level(l,h,w){l<n||l>a||(P(()=>{e.setLineDash([2,3]),e.strokeStyle=h,e.beginPath(),e.moveTo(d,A(l)),e.lineTo(d+b,A(l)),e.stroke()}),e.fillStyle=h,e.textAlign="right",e.fillText(w,d+b,A(l)-8))},points(l,h,w=2,x=.5){P(()=>{e.fillStyle=h,e.globalAlpha=x;for(let v=0;v<l.length;v+=2){let[k,M]=[C(l[v]),A(l[v+1])];w<3?e.fillRect(k-.85*w,M-.85*w,1.7*w,1.7*w):(e.beginPath(),e.arc(k,M,w,0,7),e.fill())}})},heat(l,h){let w=new ImageData(h,h);for(let v=0;v<h*h;v++){let k=l[v]/255*4,M=Math.min(3,Math.floor(k)),$=k-M,L=4*((h-1-Math.floor(v/h))*h+v%h);for(let S=0;S<3;S++)w.data[L+S]=U[M][S]+$*(U[M+1][S]-U[M][S]);w.data[L+3]=255}let x=new OffscreenCanvas(h,h);x.getContext("2d").putImageData(w,0,0),P(()=>{e.imageSmoothingEnabled=!0,e.drawImage(x,d,f,b,m)})}}}function ae(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function ue(e,r){let s={generator:e.generator,ask:null};if(e.send){let t=new Map,n=Math.random().toString(36).slice(2),a=0,o=(g,i)=>{let c=t.get(g.id);c&&(t.delete(g.id),g.error?c.reject(new Error(g.error)):c.resolve({content:g.content,bytes:ae(i?.[0])}))};e.on("msg:custom",o),r.addEventListener("abort",()=>e.off("msg:custom",o)),s.ask=(g,i={},c=[])=>new Promise((y,d)=>{let f=`${n}-${++a}`;t.set(f,{resolve:y,reject:d}),e.send({id:f,name:g,content:i},void 0,c)})}return s.alive=(t,n)=>{let a=o=>{n.inert=!o,n.style.opacity=o?"1":"0.5"};a(!1),t.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{a(!0),t.note(null)}).catch(t.fail)},s}function pe(){document.getElementById("gan-course-style")||document.head.append(u("style",{id:"gan-course-style"},X))}function oe(e){function r({model:s,el:t}){let n=new AbortController;t.dataset.kind=s.get("kind"),pe();let a=()=>{};try{a=e(t,s.get("config"),ae(s.get("data")),ue(s,n.signal))}catch(o){t.append(u("div",{class:"gan-error",role:"alert"},`This widget could not start: ${o.message}`)),console.error(o)}return()=>{n.abort(),a()}}return{render:r}}function he(e){let t=new Float32Array(4*e.length);for(let n=0;n<t.length;n++){let a=n/4,o=Math.max(0,Math.ceil(a-8)),g=Math.min(e.length-1,Math.floor(a+8));for(let i=o;i<=g;i++){let c=Math.PI*(a-i);t[n]+=e[i]*(c?Math.sin(c)/c*Math.cos(c/16)**2:1)}}return t}function be(e,r=128,s=16){let t=Float32Array.from({length:r},(a,o)=>Math.cos(2*Math.PI*o/r)),n=[];for(let a=-r/2;a<=e.length-r/2;a+=s){let o=Float32Array.from({length:r},(g,i)=>(e[a+i]||0)*(.5-.5*t[i]));n.push(Float32Array.from({length:r/2},(g,i)=>{let c=0,y=0;for(let d=0;d<r;d++)c+=o[d]*t[d*i%r],y+=o[d]*t[(d*i+3*r/4)%r];return 10*Math.log10(16*(c*c+y*y)/(r*r)+1e-9)}))}return n}function we(e,r,s,t){let n=ne(e,r.title),{rate:a,rows:o,captions:g,count:i,samples:c}=r,y=new DataView(s.buffer,s.byteOffset,s.byteLength),d=0,f=-60,b=0,m=r.start,C=0,A=0,E=null,I=null,P=()=>Float32Array.from({length:c},(p,T)=>y.getInt16(2*((b*i+m)*c+T),!0)/32767),l=()=>r.real.includes(o[b])?B.real:B.fake,h=1e3*c/a,w=_(400,250,(p,T,W,N,j)=>{q(p,[54,28,334,176],[0,h],[-1,1],N,{title:"wave",xlabel:"time (ms)",ylabel:"pressure"}).line(Array.from(j,(O,D)=>1e3*D/a),Array.from(j),l(),{width:1})}),x=_(400,250,(p,T,W,N,j)=>{let G=q(p,[54,28,334,176],[0,h],[0,a/2],N,{title:"spectrogram (darker is louder)",xlabel:"time (ms)",ylabel:"frequency (Hz)",grid:!1}),O=be(j),D=O[0].length,H=new ImageData(O.length,D),[re,ie]=[[255,255,255],l()===B.real?[0,48,92]:[92,30,0]];O.forEach((le,se)=>le.forEach((ge,de)=>{let ce=Math.min(1,Math.max(0,(ge-f)/(d-f)));H.data.set([...re.map((V,me)=>V+ce*(ie[me]-V)),255],4*((D-1-de)*O.length+se))}));let Q=new OffscreenCanvas(O.length,D);Q.getContext("2d").putImageData(H,0,0),G.clip(()=>{p.imageSmoothingEnabled=!0,p.drawImage(Q,54,28,334,176)})}),v=u("div",{class:"gan-caption","aria-live":"polite"}),k=n.coalesce(async()=>{let p=P(),T=g[b][m];w.draw(p),x.draw(p),v.textContent=T.replaceAll("-","−"),w.describe(`Wave: ${o[b]}, ${T}`),x.describe(`Spectrogram: ${o[b]}, ${T}`),x.node.dataset.frame=String(++C),e.dataset.values=JSON.stringify({row:o[b],at:m,caption:T,played:A})});function M(){try{E||=new AudioContext,E.resume(),I?.stop();let p=he(P()),T=E.createBuffer(1,p.length,4*a),W=E.createGain();T.copyToChannel(p,0),W.gain.value=.4,I=E.createBufferSource(),I.buffer=T,I.connect(W).connect(E.destination),I.start(),A++,n.fail(null)}catch(p){n.fail(p)}}let $=u("input",{type:"checkbox",checked:!0}),L=p=>{m=p,$.checked&&M(),k()},S=z({label:r.label,low:0,high:i-1,step:1,value:m,tip:"From one sound to the other: arrow keys move, Enter plays again",format:p=>`${p+1} of ${i}`,change:L});S.input.addEventListener("keydown",p=>{p.key==="Enter"&&(M(),k())});let F=te("Play the whole row, one sound after the other",Math.max(300,h+60),p=>{if(m>=i-1)return p();S.set(m+1),m+=1,M(),k()});F.node.addEventListener("click",()=>{m>=i-1&&(m=0,S.set(0)),F.node.textContent.includes("Pause")&&(M(),k())});let J=o.length>1&&ee("sounds",o,o[0],p=>{b=o.indexOf(p),$.checked&&M(),k()},"Which row of sounds");return n.body.append(u("div",{class:"gan-title"},r.title),u("div",{class:"gan-row"},R("♪ Listen","Play this sound",()=>{M(),k()}),F.node,J?J.node:null,u("label",{class:"gan-check"},$,"play on each move")),u("div",{class:"gan-row"},S.node),u("div",{class:"gan-pair"},w.node,x.node),v),n.redraw=k,k(),()=>{F.stop(),E?.close(),n.close()}}var Te=oe(we);export{Te as default};
