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
.gan-widget figure {
  margin: 0;
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
[data-kind="laboratory"] .gan-split .gan-slider {
  grid-template-columns: 9.4em 1fr 4.4em;
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
`;var B={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},U=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function m(e,r={},...s){let t=document.createElement(e);for(let[n,a]of Object.entries(r))n.startsWith("on")?t.addEventListener(n.slice(2),a):a!==!1&&a!=null&&t.setAttribute(n,a===!0?"":a);return t.append(...s.filter(n=>n!=null)),t}var K=Math.random().toString(36).slice(2),Z=0;function z({label:e,low:r,high:s,step:t,value:n,tip:a,change:o,format:c}){let l=Math.max(0,Math.ceil(-Math.log10(t))),d=c||(f=>f.toFixed(Number.isInteger(t)?0:l).replace("-","−")),y=`gan-slider-${K}-${++Z}`,g=m("input",{type:"range",id:y,min:r,max:s,step:t,value:n,title:a}),u=m("output",{for:y}),b=()=>{u.textContent=d(Number(g.value)),g.setAttribute("aria-valuetext",u.textContent)};return g.addEventListener("input",()=>{b(),o?.(Number(g.value))}),b(),{node:m("div",{class:"gan-slider"},m("label",{for:y,title:a},e),g,u),input:g,get value(){return Number(g.value)},set(f){g.value=String(f),b()}}}function R(e,r,s){return m("button",{type:"button",title:r,onclick:s},e)}function ee(e,r,s,t,n){let a=`gan-choice-${K}-${++Z}`,o=m("select",{id:a,title:n,onchange:()=>t(o.value)});for(let c of r){let[l,d]=Array.isArray(c)?c:[c,c];o.append(m("option",{value:l,selected:l===s},d))}return{node:m("div",{class:"gan-choice"},m("label",{for:a,title:n},e),o),select:o}}function te(e,r,s){let t=null,n=R("▶ Play",e,()=>t?o():a()),a=()=>{n.textContent="❚❚ Pause",t=setInterval(()=>n.isConnected?s(o):o(),r)},o=()=>{clearInterval(t),t=null,n.textContent="▶ Play"};return{node:n,start:a,stop:o}}function ne(e,r){let s=m("div",{class:"gan-body"}),t=m("div",{class:"gan-error",role:"alert",hidden:!0}),n=m("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:l=>l.stopPropagation()};e.append(m("div",{class:"gan-widget",role:"group","aria-label":r,...a},s,n,t));let o={body:s,redraw:()=>{},fail(l){t.hidden=!l,t.textContent=l?String(l.message||l):""},note(l){n.hidden=!l,n.textContent=l||""},coalesce(l){let d=!1,y=!1;return async function(){if(y=!0,!d){d=!0;try{for(;y;)y=!1,await l(),o.fail(null)}catch(u){o.fail(u)}finally{d=!1}}}}},c=new MutationObserver(()=>o.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),o.close=()=>c.disconnect(),o}function _(e,r,s){let t=m("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${r}`,{node:t,describe(n){t.setAttribute("aria-label",n)},draw(...n){let a=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*a),t.height=Math.round(r*a);let o=t.getContext("2d");o.scale(a,a);let c=getComputedStyle(t).color||"#222";s(o,e,r,c,...n)}}}function Y(e,r,s=5){let t=(r-e)/s,n=10**Math.floor(Math.log10(t)),a=[1,2,5,10].map(c=>c*n).find(c=>c>=t),o=[];for(let c=Math.ceil(e/a-1e-9)*a;c<=r+1e-9*a;c+=a)o.push(Math.abs(c)<a/1e6?0:c);return o}function q(e,r,[s,t],[n,a],o,{title:c="",xlabel:l="",ylabel:d="",grid:y=!0}={}){let[g,u,b,f]=r,C=i=>g+(i-s)/(t-s)*b,A=i=>u+f-(i-n)/(a-n)*f;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let E=i=>String(Number(i.toPrecision(4))).replace("-","−"),I=(i,h,w,x,v)=>{e.globalAlpha=v,e.strokeStyle=o,e.beginPath(),e.moveTo(i,h),e.lineTo(w,x),e.stroke(),e.globalAlpha=1};e.fillStyle=o,e.textAlign="center";for(let i of Y(s,t,Math.max(2,b/70)))y&&I(C(i),u,C(i),u+f,.12),e.fillText(E(i),C(i),u+f+11);e.textAlign="right";for(let i of Y(n,a,Math.max(2,f/45)))y&&I(g,A(i),g+b,A(i),.12),e.fillText(E(i),g-6,A(i));I(g,u,g,u+f,.6),I(g,u+f,g+b,u+f,.6),e.textAlign="center",e.fillText(l,g+b/2,u+f+28),e.save(),e.translate(g-44,u+f/2),e.rotate(-Math.PI/2),e.fillText(d,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(c,g-4,u-12),e.font="12px system-ui, sans-serif";let P=i=>{e.save(),e.beginPath(),e.rect(g,u-1,b+1,f+2),e.clip(),i(),e.restore()};return{X:C,Y:A,clip:P,line(i,h,w,{width:x=2,dash:v=[],fill:k=!1,alpha:M=1}={}){P(()=>{e.beginPath(),i.forEach(($,L)=>e[L?"lineTo":"moveTo"](C($),A(h[L]))),e.strokeStyle=w,e.lineWidth=x,e.setLineDash(v),e.globalAlpha=M,e.stroke(),k&&(e.lineTo(C(i[i.length-1]),A(Math.max(n,0))),e.lineTo(C(i[0]),A(Math.max(n,0))),e.fillStyle=w,e.globalAlpha=.15,e.fill())})},level(i,h,w){i<n||i>a||(P(()=>{e.setLineDash([2,3]),e.strokeStyle=h,e.beginPath(),e.moveTo(g,A(i)),e.lineTo(g+b,A(i)),e.stroke()}),e.fillStyle=h,e.textAlign="right",e.fillText(w,g+b,A(i)-8))},points(i,h,w=2,x=.5){P(()=>{e.fillStyle=h,e.globalAlpha=x;for(let v=0;v<i.length;v+=2){let[k,M]=[C(i[v]),A(i[v+1])];w<3?e.fillRect(k-.85*w,M-.85*w,1.7*w,1.7*w):(e.beginPath(),e.arc(k,M,w,0,7),e.fill())}})},heat(i,h){let w=new ImageData(h,h);for(let v=0;v<h*h;v++){let k=i[v]/255*4,M=Math.min(3,Math.floor(k)),$=k-M,L=4*((h-1-Math.floor(v/h))*h+v%h);for(let S=0;S<3;S++)w.data[L+S]=U[M][S]+$*(U[M+1][S]-U[M][S]);w.data[L+3]=255}let x=new OffscreenCanvas(h,h);x.getContext("2d").putImageData(w,0,0),P(()=>{e.imageSmoothingEnabled=!0,e.drawImage(x,g,u,b,f)})}}}function ae(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function me(e,r){let s={generator:e.generator,ask:null};if(e.send){let t=new Map,n=Math.random().toString(36).slice(2),a=0,o=(c,l)=>{let d=t.get(c.id);d&&(t.delete(c.id),c.error?d.reject(new Error(c.error)):d.resolve({content:c.content,bytes:ae(l?.[0])}))};e.on("msg:custom",o),r.addEventListener("abort",()=>e.off("msg:custom",o)),s.ask=(c,l={},d=[])=>new Promise((y,g)=>{let u=`${n}-${++a}`;t.set(u,{resolve:y,reject:g}),e.send({id:u,name:c,content:l},void 0,d)})}return s.alive=(t,n)=>{let a=o=>{n.inert=!o,n.style.opacity=o?"1":"0.5"};a(!1),t.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{a(!0),t.note(null)}).catch(t.fail)},s}function pe(){document.getElementById("gan-course-style")||document.head.append(m("style",{id:"gan-course-style"},X))}function oe(e){function r({model:s,el:t}){let n=new AbortController;t.dataset.kind=s.get("kind"),pe();let a=()=>{};try{a=e(t,s.get("config"),ae(s.get("data")),me(s,n.signal))}catch(o){t.append(m("div",{class:"gan-error",role:"alert"},`This widget could not start: ${o.message}`)),console.error(o)}return()=>{n.abort(),a()}}return{render:r}}function he(e){let t=new Float32Array(4*e.length);for(let n=0;n<t.length;n++){let a=n/4,o=Math.max(0,Math.ceil(a-8)),c=Math.min(e.length-1,Math.floor(a+8));for(let l=o;l<=c;l++){let d=Math.PI*(a-l);t[n]+=e[l]*(d?Math.sin(d)/d*Math.cos(d/16)**2:1)}}return t}function be(e,r=128,s=16){let t=Float32Array.from({length:r},(a,o)=>Math.cos(2*Math.PI*o/r)),n=[];for(let a=-r/2;a<=e.length-r/2;a+=s){let o=Float32Array.from({length:r},(c,l)=>(e[a+l]||0)*(.5-.5*t[l]));n.push(Float32Array.from({length:r/2},(c,l)=>{let d=0,y=0;for(let g=0;g<r;g++)d+=o[g]*t[g*l%r],y+=o[g]*t[(g*l+3*r/4)%r];return 10*Math.log10(16*(d*d+y*y)/(r*r)+1e-9)}))}return n}function we(e,r,s,t){let n=ne(e,r.title),{rate:a,rows:o,captions:c,count:l,samples:d}=r,y=new DataView(s.buffer,s.byteOffset,s.byteLength),g=0,u=-60,b=0,f=r.start,C=0,A=0,E=null,I=null,P=()=>Float32Array.from({length:d},(p,T)=>y.getInt16(2*((b*l+f)*d+T),!0)/32767),i=()=>r.real.includes(o[b])?B.real:B.fake,h=1e3*d/a,w=_(400,250,(p,T,W,N,j)=>{q(p,[54,28,334,176],[0,h],[-1,1],N,{title:"wave",xlabel:"time (ms)",ylabel:"pressure"}).line(Array.from(j,(O,D)=>1e3*D/a),Array.from(j),i(),{width:1})}),x=_(400,250,(p,T,W,N,j)=>{let G=q(p,[54,28,334,176],[0,h],[0,a/2],N,{title:"spectrogram (darker is louder)",xlabel:"time (ms)",ylabel:"frequency (Hz)",grid:!1}),O=be(j),D=O[0].length,H=new ImageData(O.length,D),[re,le]=[[255,255,255],i()===B.real?[0,48,92]:[92,30,0]];O.forEach((ie,se)=>ie.forEach((ce,ge)=>{let de=Math.min(1,Math.max(0,(ce-u)/(g-u)));H.data.set([...re.map((V,fe)=>V+de*(le[fe]-V)),255],4*((D-1-ge)*O.length+se))}));let Q=new OffscreenCanvas(O.length,D);Q.getContext("2d").putImageData(H,0,0),G.clip(()=>{p.imageSmoothingEnabled=!0,p.drawImage(Q,54,28,334,176)})}),v=m("div",{class:"gan-caption","aria-live":"polite"}),k=n.coalesce(async()=>{let p=P(),T=c[b][f];w.draw(p),x.draw(p),v.textContent=T.replaceAll("-","−"),w.describe(`Wave: ${o[b]}, ${T}`),x.describe(`Spectrogram: ${o[b]}, ${T}`),x.node.dataset.frame=String(++C),e.dataset.values=JSON.stringify({row:o[b],at:f,caption:T,played:A})});function M(){try{E||=new AudioContext,E.resume(),I?.stop();let p=he(P()),T=E.createBuffer(1,p.length,4*a),W=E.createGain();T.copyToChannel(p,0),W.gain.value=.4,I=E.createBufferSource(),I.buffer=T,I.connect(W).connect(E.destination),I.start(),A++,n.fail(null)}catch(p){n.fail(p)}}let $=m("input",{type:"checkbox",checked:!0}),L=p=>{f=p,$.checked&&M(),k()},S=z({label:r.label,low:0,high:l-1,step:1,value:f,tip:"From one sound to the other: arrow keys move, Enter plays again",format:p=>`${p+1} of ${l}`,change:L});S.input.addEventListener("keydown",p=>{p.key==="Enter"&&(M(),k())});let F=te("Play the whole row, one sound after the other",Math.max(300,h+60),p=>{if(f>=l-1)return p();S.set(f+1),f+=1,M(),k()});F.node.addEventListener("click",()=>{f>=l-1&&(f=0,S.set(0)),F.node.textContent.includes("Pause")&&(M(),k())});let J=o.length>1&&ee("sounds",o,o[0],p=>{b=o.indexOf(p),$.checked&&M(),k()},"Which row of sounds");return n.body.append(m("div",{class:"gan-title"},r.title),m("div",{class:"gan-row"},R("♪ Listen","Play this sound",()=>{M(),k()}),F.node,J?J.node:null,m("label",{class:"gan-check"},$,"play on each move")),m("div",{class:"gan-row"},S.node),m("div",{class:"gan-pair"},w.node,x.node),v),n.redraw=k,k(),()=>{F.stop(),E?.close(),n.close()}}var Te=oe(we);export{Te as default};
