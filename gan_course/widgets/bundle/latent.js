function Fe(e){let a=new DataView(e.buffer,e.byteOffset,e.byteLength),i=new Float32Array(a.getUint32(0,!0)),t=4+4*Math.ceil(i.length/16);for(let o=0;o<i.length;o++)i[o]=a.getInt16(t+2*o,!0)*a.getFloat32(4+4*(o>>4),!0);return i}function ge(e){return Uint8Array.from(atob(e),a=>a.charCodeAt(0))}var je={linear(e,{n_in:a,n_out:i,weight:t,bias:o},s){let r=new Float32Array(i);for(let d=0,f=t;d<i;d++){let m=s[o+d];for(let g=0;g<a;g++,f++)m+=s[f]*e[g];r[d]=m}return r},relu(e,{slope:a}){for(let i=0;i<e.length;i++)e[i]<0&&(e[i]*=a);return e},tanh(e){for(let a=0;a<e.length;a++)e[a]=Math.tanh(e[a]);return e},upsample(e,{shape:[a,i,t],factor:o}){let s=i*o,r=t*o,d=new Float32Array(a*s*r);for(let f=0,m=0;f<a;f++)for(let g=0;g<s;g++)for(let c=0;c<r;c++,m++)d[m]=e[(f*i+Math.floor(g/o))*t+Math.floor(c/o)];return d},conv(e,{shape:[a,i,t],out:[o,s,r],kernel:[d,f],stride:m,padding:[g,c],weight:b,bias:n},y){let O=(w,A)=>Math.max(0,Math.ceil((w-A)/m)),v=(w,A,M,k)=>Math.min(w,Math.floor((A-1+M-k)/m)+1),T=new Float32Array(o*s*r);for(let w=0;w<o;w++){T.fill(y[n+w],w*s*r,(w+1)*s*r);for(let A=0;A<a;A++)for(let M=0;M<d;M++)for(let k=0;k<f;k++){let N=y[b+((w*a+A)*d+M)*f+k],D=O(c,k),j=v(r,t,c,k);for(let C=O(g,M);C<v(s,i,g,M);C++){let W=(A*i+m*C+M-g)*t+k-c,F=(w*s+C)*r;for(let S=D;S<j;S++)T[F+S]+=N*e[W+m*S]}}}return T},transposed(e,{shape:[a,i,t],out:[o,s,r],kernel:[d,f],stride:m,padding:[g,c],weight:b,bias:n},y){let O=new Float32Array(o*s*r);for(let v=0;v<o;v++)O.fill(y[n+v],v*s*r,(v+1)*s*r);for(let v=0;v<a;v++)for(let T=0;T<i;T++)for(let w=0;w<t;w++){let A=e[(v*i+T)*t+w];if(A===0)continue;let M=T*m-g,k=w*m-c,N=Math.max(0,-k),D=Math.min(f,r-k);for(let j=0;j<o;j++)for(let C=Math.max(0,-M);C<Math.min(d,s-M);C++){let W=b+((v*o+j)*d+C)*f,F=(j*s+M+C)*r+k;for(let S=N;S<D;S++)O[F+S]+=A*y[W+S]}}return O},keep(e,a,i,{shelf:t}){return t.push(e.slice()),e},join(e,a,i,{shelf:t}){let o=t.pop(),s=new Float32Array(e.length+o.length);return s.set(e),s.set(o,e.length),s},paste(e,{channels:a=1},i,{input:t}){let o=e.length/a;return e.map((s,r)=>t[e.length+r%o]>.5?t[r]:s)}};function re(e,a){let i=Fe(a),{latent_dim:t,num_classes:o,label_dim:s,label_table:r}=e;return(d,f=0)=>{let m=new Float32Array(t+s);if(m.set(d.subarray(0,t)),o&&r==null)m[t+f]=1;else if(o)for(let c=0;c<s;c++)m[t+c]=i[r+c*o+f];let g={shelf:[],input:m};return e.operations.reduce((c,b)=>je[b.op](c,b,i,g),m)}}function ue(e){return Uint8Array.from(e,a=>Math.round((Math.min(1,Math.max(-1,a))+1)*127.5))}var pe=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var he={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function h(e,a={},...i){let t=document.createElement(e);for(let[o,s]of Object.entries(a))o.startsWith("on")?t.addEventListener(o.slice(2),s):s!==!1&&s!=null&&t.setAttribute(o,s===!0?"":s);return t.append(...i.filter(o=>o!=null)),t}var be=Math.random().toString(36).slice(2),we=0;function R({label:e,low:a,high:i,step:t,value:o,tip:s,change:r,format:d}){let f=Math.max(0,Math.ceil(-Math.log10(t))),m=d||(y=>y.toFixed(Number.isInteger(t)?0:f).replace("-","−")),g=`gan-slider-${be}-${++we}`,c=h("input",{type:"range",id:g,min:a,max:i,step:t,value:o,title:s}),b=h("output",{for:g}),n=()=>{b.textContent=m(Number(c.value)),c.setAttribute("aria-valuetext",b.textContent)};return c.addEventListener("input",()=>{n(),r?.(Number(c.value))}),n(),{node:h("div",{class:"gan-slider"},h("label",{for:g,title:s},e),c,b),input:c,get value(){return Number(c.value)},set(y){c.value=String(y),n()}}}function L(e,a,i){return h("button",{type:"button",title:a,onclick:i},e)}function ve(e,a,i,t,o){let s=`gan-choice-${be}-${++we}`,r=h("select",{id:s,title:o,onchange:()=>t(r.value)});for(let d of a){let[f,m]=Array.isArray(d)?d:[d,d];r.append(h("option",{value:f,selected:f===i},m))}return{node:h("div",{class:"gan-choice"},h("label",{for:s,title:o},e),r),select:r}}function ye(e,a,i){let t=null,o=L("▶ Play",e,()=>t?r():s()),s=()=>{o.textContent="❚❚ Pause",t=setInterval(()=>o.isConnected?i(r):r(),a)},r=()=>{clearInterval(t),t=null,o.textContent="▶ Play"};return{node:o,start:s,stop:r}}function ke(e,a){let i=h("div",{class:"gan-body"}),t=h("div",{class:"gan-error",role:"alert",hidden:!0}),o=h("div",{class:"gan-note",hidden:!0}),s={"data-lm-suppress-shortcuts":!0,onkeydown:f=>f.stopPropagation()};e.append(h("div",{class:"gan-widget",role:"group","aria-label":a,...s},i,o,t));let r={body:i,redraw:()=>{},fail(f){t.hidden=!f,t.textContent=f?String(f.message||f):""},note(f){o.hidden=!f,o.textContent=f||""},coalesce(f){let m=!1,g=!1;return async function(){if(g=!0,!m){m=!0;try{for(;g;)g=!1,await f(),r.fail(null)}catch(b){r.fail(b)}finally{m=!1}}}}},d=new MutationObserver(()=>r.redraw());return d.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),d.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),r.close=()=>d.disconnect(),r}function ie(e,a,i){let t=h("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${a}`,{node:t,describe(o){t.setAttribute("aria-label",o)},draw(...o){let s=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*s),t.height=Math.round(a*s);let r=t.getContext("2d");r.scale(s,s);let d=getComputedStyle(t).color||"#222";i(r,e,a,d,...o)}}}function se(e,a,[i,t],o,s,r=1){let d=i*t,f=a.length/(r*d),m=Math.ceil(f/o),g=o*(t+1)-1,c=m*(i+1)-1,b=new ImageData(g,c);for(let y=0;y<f;y++){let O=Math.floor(y/o)*(i+1),v=y%o*(t+1);for(let T=0;T<i;T++)for(let w=0;w<t;w++){let A=4*((O+T)*g+v+w),M=y*r*d+T*t+w;for(let k=0;k<3;k++)b.data[A+k]=r===1?255-a[M]:a[M+k*d];b.data[A+3]=255}}let n=new OffscreenCanvas(g,c);n.getContext("2d").putImageData(b,0,0),e.imageSmoothingEnabled=!1,e.drawImage(n,0,0,g*s,c*s)}function H(e){let a=e*2654435761+1>>>0,i=()=>{a=a+1831565813>>>0;let t=Math.imul(a^a>>>15,a|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:i,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-i()))*Math.cos(2*Math.PI*i()))}}function Me(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function Pe(e,a){let i={generator:e.generator,ask:null};if(e.send){let t=new Map,o=Math.random().toString(36).slice(2),s=0,r=(d,f)=>{let m=t.get(d.id);m&&(t.delete(d.id),d.error?m.reject(new Error(d.error)):m.resolve({content:d.content,bytes:Me(f?.[0])}))};e.on("msg:custom",r),a.addEventListener("abort",()=>e.off("msg:custom",r)),i.ask=(d,f={},m=[])=>new Promise((g,c)=>{let b=`${o}-${++s}`;t.set(b,{resolve:g,reject:c}),e.send({id:b,name:d,content:f},void 0,m)})}return i.alive=(t,o)=>{let s=r=>{o.inert=!r,o.style.opacity=r?"1":"0.5"};s(!1),t.note(i.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),i.ask?.("hello").then(()=>{s(!0),t.note(null)}).catch(t.fail)},i}function Be(){document.getElementById("gan-course-style")||document.head.append(h("style",{id:"gan-course-style"},pe))}function Ae(e){function a({model:i,el:t}){let o=new AbortController;t.dataset.kind=i.get("kind"),Be();let s=()=>{};try{s=e(t,i.get("config"),Me(i.get("data")),Pe(i,o.signal))}catch(r){t.append(h("div",{class:"gan-error",role:"alert"},`This widget could not start: ${r.message}`)),console.error(r)}return()=>{o.abort(),s()}}return{render:a}}var P=9;function $e(e,a,i){let t=c=>Math.hypot(...c),[o,s]=[t(e),t(a)],r=Math.min(1,Math.max(-1,e.reduce((c,b,n)=>c+b*a[n],0)/(o*s||1))),d=Math.acos(r),f=(1-i)*o+i*s;if(d<1e-4||!o||!s)return e.map((c,b)=>(1-i)*c+i*a[b]);let[m,g]=[Math.sin((1-i)*d)/Math.sin(d),Math.sin(i*d)/Math.sin(d)];return e.map((c,b)=>f*(m*(c/o)+g*(a[b]/s)))}async function Le(e,a){let{shape:i,channels:t=1}=e,o=t*i[0]*i[1],s=r=>({where:"this browser",draw:async(d,f)=>{let m=new Uint8Array(d.length*o);for(let[g,c]of d.entries())m.set(ue(r(c,f)),g*o);return m}});if(e.portable){let r=await a.generator?.(e.name);if(r)return s(re(r.program,ge(r.weights)))}if(!a.ask)return null;if(e.portable){let r=await a.ask("weights");return s(re(r.content,r.bytes))}return{where:"the kernel",draw:async(r,d)=>{let f=new Float32Array(r.length*e.latent_dim);return r.forEach((m,g)=>f.set(m,g*e.latent_dim)),(await a.ask("draw",{count:r.length,label:d},[f.buffer])).bytes}}}function We(e,a,i,t){let o=ke(e,a.title),{latent_dim:s,directions:r,shares:d,num_classes:f,channels:m=1,shape:[g,c]}=a,b=m*g*c,n={mode:"directions",seed:a.seed,psi:1,label:a.label,t:0,moved:0,first:0,raw:{}};n.steps=r.map(()=>0);let y=null,O="",v=null,T=0;function w(){let l=H(n.seed).normal(s).map(u=>u*n.psi);r.forEach((u,p)=>n.steps[p]&&u.forEach(($,E)=>{l[E]+=n.steps[p]*$}));for(let[u,p]of Object.entries(n.raw))l[u]=p;return l}let A=w(),M=H(n.seed+1).normal(s),k=()=>n.mode==="ab"?$e(A,M,n.t):w();function N(){let l=Array.from({length:P},(p,$)=>n.mode==="ab"?$/(P-1):$-(P-1)/2),u=l.map(p=>{if(n.mode==="ab")return $e(A,M,p);let $=w(),E=n.moved;return n.mode==="raw"?$[n.first+E]=p*.75:r[E].forEach((I,z)=>{$[z]+=(p-n.steps[E])*I}),$});return{positions:n.mode==="raw"?l.map(p=>p*.75):l,zs:u}}let D=()=>n.mode==="ab"?n.t:n.mode==="raw"?w()[n.first+n.moved]:n.steps[n.moved],j=()=>n.mode==="ab"?"from A to B":n.mode==="raw"?`coordinate ${n.first+n.moved}`:`direction ${n.moved+1}`;function C(){let l=f?`, label ${n.label}`:"",u=n.mode==="ab"?`, ${(100*n.t).toFixed(0)} % of the way from A to B`:n.mode==="raw"?`, ${j()} at ${D().toFixed(2)}`:n.steps.map((p,$)=>p?`, direction ${$+1} at ${p.toFixed(1)}`:"").join("");return`seed ${n.seed}, truncation ${n.psi.toFixed(2)}${l}${u}`}let W=280/Math.max(g,c),F=56/Math.max(g,c),S=ie(c*W,g*W,(l,u,p,$,E)=>se(l,E,[g,c],1,W,m)),_=c*F+8,U=ie(P*_,g*F+26,(l,u,p,$,E,I,z)=>{let me=I.reduce((Y,B,Oe)=>Math.abs(B-z)<Math.abs(I[Y]-z)?Oe:Y,0);l.textAlign="center",I.forEach((Y,B)=>{l.save(),l.translate(B*_+4,4),se(l,E.subarray(B*b,(B+1)*b),[g,c],1,F,m),l.restore(),l.strokeStyle=B===me?he.fake:"transparent",l.lineWidth=3,l.strokeRect(B*_+2.5,2.5,c*F+3,g*F+3),l.fillStyle=$,l.font=`${B===me?"bold ":""}12px system-ui, sans-serif`,l.fillText(String(Y).replace("-","−"),B*_+4+c*F/2,g*F+20)})}),Q=h("div",{class:"gan-caption","aria-live":"polite"}),le=h("div",{class:"gan-caption"});function de(){v&&(U.draw(v.pixels,v.positions,D()),U.describe(`Nine pictures along ${j()}, from ${v.positions[0]} to ${v.positions[P-1]}`),le.textContent=`The neighbours: ${j()}, the rest as above. Click one to go there.`)}let Z=0;async function Se(){let l=++Z,u=JSON.stringify([n.mode,n.seed,n.psi,n.label,n.first,n.moved,Array.from(A),Array.from(M),n.steps.map((p,$)=>$===n.moved?0:p),{...n.raw,[n.first+n.moved]:0}]);if(u!==O){let{positions:p,zs:$}=N(),E=new Uint8Array(P*b);for(let I=0;I<P;I+=y.where==="the kernel"?P:1){if(await new Promise(z=>setTimeout(z)),l!==Z)return;E.set(await y.draw(y.where==="the kernel"?$:[$[I]],n.label),I*b)}if(l!==Z)return;v={pixels:E,positions:p},O=u}de()}let x=o.coalesce(async()=>{if(!y)return;let l=performance.now(),u=await y.draw([k()],n.label);S.draw(u),S.describe(`Generated picture: ${C()}`),Q.textContent=C(),S.node.dataset.frame=String(++T),S.node.dataset.ms=(performance.now()-l).toFixed(2),Se().catch(o.fail)});U.node.addEventListener("click",l=>{if(!v)return;let u=Math.min(P-1,Math.floor(l.offsetX/U.node.clientWidth*P));n.mode==="ab"?X(v.positions[u]):((n.mode==="raw"?q:te)[n.moved].set(v.positions[u]),ee(n.moved,v.positions[u])),x()});function ee(l,u){n.moved=l,n.mode==="raw"?n.raw[n.first+l]=u:n.steps[l]=u}let te=r.map((l,u)=>R({label:`direction ${u+1} · ${(100*d[u]).toFixed(0)} %`,low:-4,high:4,step:.1,value:0,tip:`Moves z along the direction that changes the picture ${u?`most after the first ${u}`:"most"}: ${(100*d[u]).toFixed(0)} % of all change`,change:p=>{ee(u,p),x()}})),q=Array.from({length:Math.min(6,s)},(l,u)=>R({label:`z[${u}]`,low:-3,high:3,step:.05,value:0,tip:"Sets one coordinate of z",change:p=>{ee(u,p),x()}})),xe=R({label:"first coordinate shown",low:0,high:Math.max(0,s-q.length),step:1,value:0,tip:"Which six coordinates the sliders below set",change:l=>{n.first=l,G(),x()}});function G(){let l=w();q.forEach((u,p)=>{u.node.querySelector("label").textContent=`z[${n.first+p}]`,u.set(l[n.first+p])})}let J=R({label:"from A to B",low:0,high:1,step:.02,value:0,tip:"Along the arc from picture A to picture B",change:l=>{n.t=l,x()}}),X=l=>{n.t=l,J.set(l)},ne=1,oe=ye("Walk from A to B and back",60,()=>{n.t>=1&&(ne=-1),n.t<=0&&(ne=1),X(Math.min(1,Math.max(0,n.t+.02*ne))),x()}),K={directions:h("div",{},...te.map(l=>l.node)),raw:h("div",{},xe.node,...q.map(l=>l.node)),ab:h("div",{},J.node,h("div",{class:"gan-row"},oe.node,L("A = this one","Start the walk at the picture shown",()=>{A=k(),X(0),x()}),L("B = this one","End the walk at the picture shown",()=>{M=k(),X(1),x()}),L("New B","End the walk at a random picture",()=>{M=H(Math.floor(1e6*Math.random())).normal(s),x()})))},Te=ve("move",[["directions","leading directions of z"],["raw","raw coordinates of z"],["ab","from A to B"]],"directions",l=>{l==="ab"&&(A=k()),n.mode==="ab"&&oe.stop(),Object.assign(n,{mode:l,moved:0,t:0}),J.set(0),l==="raw"&&G();for(let[u,p]of Object.entries(K))p.hidden=u!==l;x()},"What the sliders below move");K.raw.hidden=K.ab.hidden=!0;let V=h("div",{class:"gan-row gan-labels",role:"group","aria-label":"label"});for(let l=0;l<f;l++)V.append(L(String(l),`Ask for a ${l}`,u=>{n.label=l;for(let p of V.children)p.setAttribute("aria-pressed",String(p===u.currentTarget));x()}));f&&V.children[n.label].setAttribute("aria-pressed","true");let ce=R({label:"truncation ψ",low:0,high:1.5,step:.05,value:1,tip:"Shrinks z towards 0: typical pictures, less variety",change:l=>{n.psi=l,x()}}),fe=R({label:"seed",low:0,high:999,step:1,value:n.seed,tip:"Which random z to start from",change:l=>{n.seed=l,x()}});function Ce(){Object.assign(n,{psi:1,raw:{},t:0}),n.steps.fill(0),ce.set(1),J.set(0);for(let l of te)l.set(0);G(),x()}let Ee=()=>{n.seed=Math.floor(1e3*Math.random()),fe.set(n.seed),n.mode==="raw"&&G(),x()},ae=h("div",{class:"gan-controls"},Te.node,...Object.values(K),f?V:null,ce.node,fe.node,h("div",{class:"gan-row"},L("Random","Another seed",Ee),L("Reset","Directions to 0, truncation to 1",Ce)));return o.body.append(h("div",{class:"gan-title"},a.title),h("div",{class:"gan-split"},h("figure",{},S.node,Q),ae),h("div",{class:"gan-strip"},U.node,le)),o.redraw=()=>de(),S.draw(i),S.describe(`Generated picture: ${C()}`),Q.textContent=C(),o.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),Le(a,t).then(l=>{y=l,o.note(l?null:"These sliders need the notebook: this generator was trained in it. The picture is the first one."),ae.inert=!l,ae.style.opacity=l?"1":"0.5",e.dataset.engine=l?l.where:"none",x()}).catch(o.fail),()=>{oe.stop(),o.close()}}var Xe=Ae(We);export{Xe as default};
