var Z=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var O={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},H=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function b(e,l={},...i){let a=document.createElement(e);for(let[o,t]of Object.entries(l))o.startsWith("on")?a.addEventListener(o.slice(2),t):t!==!1&&t!=null&&a.setAttribute(o,t===!0?"":t);return a.append(...i.filter(o=>o!=null)),a}var ee=Math.random().toString(36).slice(2),te=0;function R({label:e,low:l,high:i,step:a,value:o,tip:t,change:f,format:n}){let s=Math.max(0,Math.ceil(-Math.log10(a))),c=n||(k=>k.toFixed(Number.isInteger(a)?0:s).replace("-","−")),v=`gan-slider-${ee}-${++te}`,r=b("input",{type:"range",id:v,min:l,max:i,step:a,value:o,title:t}),g=b("output",{for:v}),u=()=>{g.textContent=c(Number(r.value)),r.setAttribute("aria-valuetext",g.textContent)};return r.addEventListener("input",()=>{u(),f?.(Number(r.value))}),u(),{node:b("div",{class:"gan-slider"},b("label",{for:v,title:t},e),r,g),input:r,get value(){return Number(r.value)},set(k){r.value=String(k),u()}}}function _(e,l,i){return b("button",{type:"button",title:l,onclick:i},e)}function ne(e,l,i,a,o){let t=`gan-choice-${ee}-${++te}`,f=b("select",{id:t,title:o,onchange:()=>a(f.value)});for(let n of l){let[s,c]=Array.isArray(n)?n:[n,n];f.append(b("option",{value:s,selected:s===i},c))}return{node:b("div",{class:"gan-choice"},b("label",{for:t,title:o},e),f),select:f}}function ae(e,l){let i=b("div",{class:"gan-body"}),a=b("div",{class:"gan-error",role:"alert",hidden:!0}),o=b("div",{class:"gan-note",hidden:!0}),t={"data-lm-suppress-shortcuts":!0,onkeydown:s=>s.stopPropagation()};e.append(b("div",{class:"gan-widget",role:"group","aria-label":l,...t},i,o,a));let f={body:i,redraw:()=>{},fail(s){a.hidden=!s,a.textContent=s?String(s.message||s):""},note(s){o.hidden=!s,o.textContent=s||""},coalesce(s){let c=!1,v=!1;return async function(){if(v=!0,!c){c=!0;try{for(;v;)v=!1,await s(),f.fail(null)}catch(g){f.fail(g)}finally{c=!1}}}}},n=new MutationObserver(()=>f.redraw());return n.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),n.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),f.close=()=>n.disconnect(),f}function B(e,l,i){let a=b("canvas",{class:"gan-canvas",role:"img"});return a.style.width=`${e}px`,a.style.maxWidth=`min(100%, ${e}px)`,a.style.aspectRatio=`${e} / ${l}`,{node:a,describe(o){a.setAttribute("aria-label",o)},draw(...o){let t=(window.devicePixelRatio||1)*((a.clientWidth||e)/e);a.width=Math.round(e*t),a.height=Math.round(l*t);let f=a.getContext("2d");f.scale(t,t);let n=getComputedStyle(a).color||"#222";i(f,e,l,n,...o)}}}function z(e,l,i=5){let a=(l-e)/i,o=10**Math.floor(Math.log10(a)),t=[1,2,5,10].map(n=>n*o).find(n=>n>=a),f=[];for(let n=Math.ceil(e/t-1e-9)*t;n<=l+1e-9*t;n+=t)f.push(Math.abs(n)<t/1e6?0:n);return f}function G(e,l,[i,a],[o,t],f,{title:n="",xlabel:s="",ylabel:c="",grid:v=!0}={}){let[r,g,u,k]=l,m=d=>r+(d-i)/(a-i)*u,M=d=>g+k-(d-o)/(t-o)*k;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let x=d=>String(Number(d.toPrecision(4))).replace("-","−"),F=(d,w,A,$,P)=>{e.globalAlpha=P,e.strokeStyle=f,e.beginPath(),e.moveTo(d,w),e.lineTo(A,$),e.stroke(),e.globalAlpha=1};e.fillStyle=f,e.textAlign="center";for(let d of z(i,a,Math.max(2,u/70)))v&&F(m(d),g,m(d),g+k,.12),e.fillText(x(d),m(d),g+k+11);e.textAlign="right";for(let d of z(o,t,Math.max(2,k/45)))v&&F(r,M(d),r+u,M(d),.12),e.fillText(x(d),r-6,M(d));F(r,g,r,g+k,.6),F(r,g+k,r+u,g+k,.6),e.textAlign="center",e.fillText(s,r+u/2,g+k+28),e.save(),e.translate(r-44,g+k/2),e.rotate(-Math.PI/2),e.fillText(c,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(n,r-4,g-12),e.font="12px system-ui, sans-serif";let E=d=>{e.save(),e.beginPath(),e.rect(r,g-1,u+1,k+2),e.clip(),d(),e.restore()};return{X:m,Y:M,clip:E,line(d,w,A,{width:$=2,dash:P=[],fill:L=!1,alpha:S=1}={}){E(()=>{e.beginPath(),d.forEach((j,I)=>e[I?"lineTo":"moveTo"](m(j),M(w[I]))),e.strokeStyle=A,e.lineWidth=$,e.setLineDash(P),e.globalAlpha=S,e.stroke(),L&&(e.lineTo(m(d[d.length-1]),M(Math.max(o,0))),e.lineTo(m(d[0]),M(Math.max(o,0))),e.fillStyle=A,e.globalAlpha=.15,e.fill())})},level(d,w,A){d<o||d>t||(E(()=>{e.setLineDash([2,3]),e.strokeStyle=w,e.beginPath(),e.moveTo(r,M(d)),e.lineTo(r+u,M(d)),e.stroke()}),e.fillStyle=w,e.textAlign="right",e.fillText(A,r+u,M(d)-8))},points(d,w,A=2,$=.5){E(()=>{e.fillStyle=w,e.globalAlpha=$;for(let P=0;P<d.length;P+=2){let[L,S]=[m(d[P]),M(d[P+1])];A<3?e.fillRect(L-.85*A,S-.85*A,1.7*A,1.7*A):(e.beginPath(),e.arc(L,S,A,0,7),e.fill())}})},heat(d,w){let A=new ImageData(w,w);for(let P=0;P<w*w;P++){let L=d[P]/255*4,S=Math.min(3,Math.floor(L)),j=L-S,I=4*((w-1-Math.floor(P/w))*w+P%w);for(let D=0;D<3;D++)A.data[I+D]=H[S][D]+j*(H[S+1][D]-H[S][D]);A.data[I+3]=255}let $=new OffscreenCanvas(w,w);$.getContext("2d").putImageData(A,0,0),E(()=>{e.imageSmoothingEnabled=!0,e.drawImage($,r,g,u,k)})}}}function N(e,l,i,a,o){e.font="12px system-ui, sans-serif",e.textAlign="left",e.textBaseline="middle";for(let[t,f,n]of a)e.strokeStyle=f,e.lineWidth=3,e.setLineDash(n?[5,3]:[]),e.beginPath(),e.moveTo(l,i),e.lineTo(l+18,i),e.stroke(),e.setLineDash([]),e.fillStyle=o,e.fillText(t,l+23,i),l+=23+e.measureText(t).width+16}function oe(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function pe(e,l){let i={generator:e.generator,ask:null};if(e.send){let a=new Map,o=Math.random().toString(36).slice(2),t=0,f=(n,s)=>{let c=a.get(n.id);c&&(a.delete(n.id),n.error?c.reject(new Error(n.error)):c.resolve({content:n.content,bytes:oe(s?.[0])}))};e.on("msg:custom",f),l.addEventListener("abort",()=>e.off("msg:custom",f)),i.ask=(n,s={},c=[])=>new Promise((v,r)=>{let g=`${o}-${++t}`;a.set(g,{resolve:v,reject:r}),e.send({id:g,name:n,content:s},void 0,c)})}return i.alive=(a,o)=>{let t=f=>{o.inert=!f,o.style.opacity=f?"1":"0.5"};t(!1),a.note(i.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),i.ask?.("hello").then(()=>{t(!0),a.note(null)}).catch(a.fail)},i}function ce(){document.getElementById("gan-course-style")||document.head.append(b("style",{id:"gan-course-style"},Z))}function re(e){function l({model:i,el:a}){let o=new AbortController;a.dataset.kind=i.get("kind"),ce();let t=()=>{};try{t=e(a,i.get("config"),oe(i.get("data")),pe(i,o.signal))}catch(f){a.append(b("div",{class:"gan-error",role:"alert"},`This widget could not start: ${f.message}`)),console.error(f)}return()=>{o.abort(),t()}}return{render:l}}function ie(e,l,i){let a={u1:1,i2:2,f4:4},o={},t=i*e.reduce((n,[,s,c])=>n+a[s]*c,0),f=new DataView(l.buffer,l.byteOffset,l.byteLength);for(let[n,s,c,v]of e){let r={u1:g=>f.getUint8(t+g),i2:g=>f.getInt16(t+2*g,!0),f4:g=>f.getFloat32(t+4*g,!0)}[s];o[n]=Float32Array.from({length:c},(g,u)=>v*r(u)),t+=a[s]*c}return o}function se(e,l,i,a,{map:o,size:t,real:f,centres:n,fake:s,arrows:c,manifold:v,title:r,layers:g={}}){let u=G(e,l,[-i,i],[-i,i],a,{title:r,xlabel:"x₁",ylabel:"x₂",grid:!o}),k=m=>g[m]!==!1;if(o&&k("map")&&u.heat(o,t),v&&k("manifold"))for(let m of v){let M=[],x=[];for(let F=0;F<m.length;F+=2)M.push(m[F]),x.push(m[F+1]);u.line(M,x,O.fake,{width:.8,alpha:.45})}f&&k("real")&&u.points(f,O.real,1.8,.6),n&&u.clip(()=>{e.strokeStyle=O.real,e.lineWidth=1.6;for(let m=0;m<n.length;m+=2)e.beginPath(),e.arc(u.X(n[m]),u.Y(n[m+1]),6,0,7),e.stroke()}),s&&k("fake")&&u.points(s,O.fake,2.2,.75),c&&k("arrows")&&u.clip(()=>{e.strokeStyle=e.fillStyle="#222",e.lineWidth=1.4;let m=c.length/4,M=0;for(let x=0;x<m;x++)M+=Math.hypot(c[4*x+2],c[4*x+3])/m;for(let x=0;x<m;x++){let[F,E,d,w]=c.slice(4*x,4*x+4),A=Math.hypot(d,w)||1,$=Math.min(60,26*A/(M||1)),P=$/A;if($<2)continue;let L=[u.X(F),u.Y(E)],S=[L[0]+d*P,L[1]-w*P],j=Math.atan2(S[1]-L[1],S[0]-L[0]),I=Math.min(6,.4*$);e.beginPath(),e.moveTo(...L),e.lineTo(...S),e.stroke(),e.beginPath(),e.moveTo(...S);for(let D of[.45,-.45])e.lineTo(S[0]-I*Math.cos(j+D),S[1]-I*Math.sin(j+D));e.fill()}})}function le(e,l,i,a,o,t){let f=i.step.filter(r=>r<=a).length,n=i.step.flatMap((r,g)=>[i.d[g],i.g[g]]).filter(Number.isFinite).sort((r,g)=>r-g),s=Math.max(1.6,n.length?1.1*n[Math.floor(.99*(n.length-1))]:0),c=Math.min(0,n.length?n[Math.floor(.01*n.length)]:0),v=G(e,l,[0,Math.max(1,o)],[c,s],t,{title:"losses",xlabel:"generator step",ylabel:"nats"});i.reference&&(v.level(Math.log(4),O.grey,"log 4"),v.level(Math.log(2),O.grey,"log 2"));for(let[r,g]of[[i.d,t],[i.g,O.fake]])v.line(i.step,r,g,{width:1.2,alpha:.2}),f>1&&v.line(i.step.slice(0,f),r.slice(0,f),g,{width:1.7});N(e,l[0]+60,l[1]-12,[["discriminator",t],["generator",O.fake]],t)}function ue(e,l,i,a){let o=ae(e,l.title),t={...l.settings},f={map:!0,real:!0,fake:!0,manifold:!0,arrows:!0},n={step:[],d:[],g:[]},s={step:[],modes:[],quality:[],kl:[]},c=null,v=Float32Array.from(l.first.real),r=l.first,g=!1,u=0,k=0,m=0,M=B(470,470,(p,T,y,C)=>se(p,[50,30,400,400],r.limit,C,{...c,size:l.size,real:v,layers:f,title:"data (blue), generated (orange), D's map"})),x=B(376,210,(p,T,y,C)=>{let h={...n,reference:t.loss==="non-saturating"};le(p,[56,40,300,120],h,1/0,r.step,C)}),F=B(376,210,(p,T,y,C)=>{let h=G(p,[56,40,300,120],[0,Math.max(1,r.step)],[0,1],C,{title:"coverage",xlabel:"generator step",ylabel:"share"});s.step.length<2||(h.line(s.step,s.modes.map(W=>W/r.of),O.real),h.line(s.step,s.quality,O.green),h.line(s.step,s.kl.map(W=>W/Math.log(r.of)),O.purple,{dash:[5,3]}),N(p,126,28,[["modes",O.real],["quality",O.green],["KL / log K",O.purple,!0]],C))}),E=b("div",{class:"gan-caption","aria-live":"off"});function d({content:p,bytes:T}){r=p,c=ie(p.parts,T,0);let y=[],C=2*p.along;for(let h=0;h<c.manifold.length;h+=C)y.push(c.manifold.subarray(h,h+C));c.manifold=y,p.real&&(v=Float32Array.from(p.real));for(let h of["step","d","g"])n[h].push(...p.losses[h]);if(n.step.length>1200)for(let h of["step","d","g"])n[h]=n[h].filter((W,Y)=>Y%2);if(p.of){for(let h of Object.keys(s))s[h].push(p[h]);if(s.step.length>1200)for(let h of Object.keys(s))s[h]=s[h].filter((W,Y)=>Y%2)}w()}function w(){if(!c)return;M.draw(),F.node.hidden=!r.of,(!g||u%4===0)&&(x.draw(),r.of&&F.draw());let p=r.of?`${r.modes} of ${r.of} modes, ${(100*r.quality).toFixed(1)} % high quality, KL ${r.kl.toFixed(2)}`:"no modes to count",T=g&&m>3?`; ${(1e3*m/(performance.now()-k)).toFixed(0)} pictures a second`:"";E.textContent=`step ${r.step.toLocaleString("en")}: ${p}${T}`,M.describe(`Samples of the generator on the discriminator's map, ${E.textContent}`);let y=n.step.length-1;x.describe(y<0?"Losses, none yet":`Losses at step ${n.step[y]}: D ${n.d[y].toFixed(3)}, G ${n.g[y].toFixed(3)}`),F.describe(`Coverage: ${p}`),M.node.dataset.frame=String(++u)}let A=()=>[n,s].forEach(p=>Object.keys(p).forEach(T=>{p[T]=[]})),$=Promise.resolve();function P(p,T){return $=$.then(async()=>{let y=await a.ask(p,T);return o.fail(null),y}),$}async function L(p,T={}){try{d(await P(p,{...T,settings:t}))}catch(y){D(),$=Promise.resolve(),o.fail(y)}}let S=0,j=0;async function I(){let p=S,T=++j,y=()=>a.ask("advance",{settings:t,steps:V.value}),C=[y(),y()];try{for(;C.length;){let h=await C.shift();p===S&&(g&&T===j&&e.isConnected&&C.push(y()),d(h),m++,await new Promise(requestAnimationFrame))}}catch(h){C.forEach(W=>W.catch(()=>{})),D(),o.fail(h)}}function D(){g=!1,U.textContent="▶ Play",e.dataset.playing="false"}let U=_("▶ Play","Train, a few steps a picture",()=>{if(g)return D(),w();o.fail(null),g=!0,e.dataset.playing="true",U.textContent="❚❚ Pause",k=performance.now(),m=0,I()}),{options:fe}=l,K=(p,T,y,C)=>ne(T,fe[p],t[p],h=>{t[p]=h,C&&X()},y).node,J=(p,T)=>R({label:T,low:-5,high:-2,step:.1,value:Math.log10(t[p]),tip:"Adam's learning rate; takes effect at once",format:y=>(10**y).toExponential(1).replace("-","−"),change:y=>{t[p]=10**y}}),X=()=>{S++,D(),A(),L("reset")},ge=R({label:"D steps per G step",low:1,high:5,step:1,value:t.d_steps,tip:"How often D moves before G does",change:p=>{t.d_steps=p}}),V=R({label:"G steps a picture",low:1,high:30,step:1,value:5,tip:"Faster training, fewer pictures"}),q=(p,T)=>{let y=b("input",{type:"checkbox",checked:!0,onchange:C=>{f[p]=C.target.checked,w()}});return b("label",{class:"gan-check"},y,T)},Q=b("div",{class:"gan-controls"},b("div",{class:"gan-row"},U,_("D step","One step of the discriminator alone",()=>{D(),L("d_step")}),_("G step","One step of the generator alone",()=>{D(),L("g_step")}),_("Reset","New networks, from the seed",X)),K("data","data","What G has to imitate; starts anew",!0),K("loss","loss","What both players minimise; takes effect at once"),K("penalty","penalty","A term of D's loss, or clipping of its weights; takes effect at once"),J("lr_d","learning rate of D").node,J("lr_g","learning rate of G").node,ge.node,V.node,R({label:"seed",low:0,high:20,step:1,value:t.seed,tip:"Another start of both networks; starts anew",change:p=>{t.seed=p,X()}}).node,b("div",{class:"gan-row"},q("map","D's map"),q("real","data"),q("fake","samples"),q("manifold","G's sheet"),q("arrows","arrows")));return o.body.append(b("div",{class:"gan-title"},l.title),b("div",{class:"gan-split"},b("figure",{},M.node,E),Q),b("div",{class:"gan-pair"},x.node,F.node)),o.redraw=w,d({content:l.first,bytes:i}),a.alive(o,Q),()=>{D(),o.close()}}var Te=re(ue);export{Te as default};
