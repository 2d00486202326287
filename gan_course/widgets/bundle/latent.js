function Fe(e){let a=new DataView(e.buffer,e.byteOffset,e.byteLength),i=new Float32Array(a.getUint32(0,!0)),t=4+4*Math.ceil(i.length/16);for(let o=0;o<i.length;o++)i[o]=a.getInt16(t+2*o,!0)*a.getFloat32(4+4*(o>>4),!0);return i}function ue(e){return Uint8Array.from(atob(e),a=>a.charCodeAt(0))}var je={linear(e,{n_in:a,n_out:i,weight:t,bias:o},s){let r=new Float32Array(i);for(let c=0,f=t;c<i;c++){let m=s[o+c];for(let u=0;u<a;u++,f++)m+=s[f]*e[u];r[c]=m}return r},relu(e,{slope:a}){for(let i=0;i<e.length;i++)e[i]<0&&(e[i]*=a);return e},tanh(e){for(let a=0;a<e.length;a++)e[a]=Math.tanh(e[a]);return e},upsample(e,{shape:[a,i,t],factor:o}){let s=i*o,r=t*o,c=new Float32Array(a*s*r);for(let f=0,m=0;f<a;f++)for(let u=0;u<s;u++)for(let d=0;d<r;d++,m++)c[m]=e[(f*i+Math.floor(u/o))*t+Math.floor(d/o)];return c},conv(e,{shape:[a,i,t],out:[o,s,r],kernel:[c,f],stride:m,padding:[u,d],weight:b,bias:n},y){let O=(w,A)=>Math.max(0,Math.ceil((w-A)/m)),v=(w,A,k,M)=>Math.min(w,Math.floor((A-1+k-M)/m)+1),x=new Float32Array(o*s*r);for(let w=0;w<o;w++){x.fill(y[n+w],w*s*r,(w+1)*s*r);for(let A=0;A<a;A++)for(let k=0;k<c;k++)for(let M=0;M<f;M++){let N=y[b+((w*a+A)*c+k)*f+M],D=O(d,M),j=v(r,t,d,M);for(let C=O(u,k);C<v(s,i,u,k);C++){let W=(A*i+m*C+k-u)*t+M-d,F=(w*s+C)*r;for(let S=D;S<j;S++)x[F+S]+=N*e[W+m*S]}}}return x},transposed(e,{shape:[a,i,t],out:[o,s,r],kernel:[c,f],stride:m,padding:[u,d],weight:b,bias:n},y){let O=new Float32Array(o*s*r);for(let v=0;v<o;v++)O.fill(y[n+v],v*s*r,(v+1)*s*r);for(let v=0;v<a;v++)for(let x=0;x<i;x++)for(let w=0;w<t;w++){let A=e[(v*i+x)*t+w];if(A===0)continue;let k=x*m-u,M=w*m-d,N=Math.max(0,-M),D=Math.min(f,r-M);for(let j=0;j<o;j++)for(let C=Math.max(0,-k);C<Math.min(c,s-k);C++){let W=b+((v*o+j)*c+C)*f,F=(j*s+k+C)*r+M;for(let S=N;S<D;S++)O[F+S]+=A*y[W+S]}}return O},keep(e,a,i,{shelf:t}){return t.push(e.slice()),e},join(e,a,i,{shelf:t}){let o=t.pop(),s=new Float32Array(e.length+o.length);return s.set(e),s.set(o,e.length),s},paste(e,{channels:a=1},i,{input:t}){let o=e.length/a;return e.map((s,r)=>t[e.length+r%o]>.5?t[r]:s)}};function re(e,a){let i=Fe(a),{latent_dim:t,num_classes:o,label_dim:s,label_table:r}=e;return(c,f=0)=>{let m=new Float32Array(t+s);if(m.set(c.subarray(0,t)),o&&r==null)m[t+f]=1;else if(o)for(let d=0;d<s;d++)m[t+d]=i[r+d*o+f];let u={shelf:[],input:m};return e.operations.reduce((d,b)=>je[b.op](d,b,i,u),m)}}function ge(e){return Uint8Array.from(e,a=>Math.round((Math.min(1,Math.max(-1,a))+1)*127.5))}var pe=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var he={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function h(e,a={},...i){let t=document.createElement(e);for(let[o,s]of Object.entries(a))o.startsWith("on")?t.addEventListener(o.slice(2),s):s!==!1&&s!=null&&t.setAttribute(o,s===!0?"":s);return t.append(...i.filter(o=>o!=null)),t}var be=Math.random().toString(36).slice(2),we=0;function R({label:e,low:a,high:i,step:t,value:o,tip:s,change:r,format:c}){let f=Math.max(0,Math.ceil(-Math.log10(t))),m=c||(y=>y.toFixed(Number.isInteger(t)?0:f).replace("-","−")),u=`gan-slider-${be}-${++we}`,d=h("input",{type:"range",id:u,min:a,max:i,step:t,value:o,title:s}),b=h("output",{for:u}),n=()=>{b.textContent=m(Number(d.value)),d.setAttribute("aria-valuetext",b.textContent)};return d.addEventListener("input",()=>{n(),r?.(Number(d.value))}),n(),{node:h("div",{class:"gan-slider"},h("label",{for:u,title:s},e),d,b),input:d,get value(){return Number(d.value)},set(y){d.value=String(y),n()}}}function L(e,a,i){return h("button",{type:"button",title:a,onclick:i},e)}function ve(e,a,i,t,o){let s=`gan-choice-${be}-${++we}`,r=h("select",{id:s,title:o,onchange:()=>t(r.value)});for(let c of a){let[f,m]=Array.isArray(c)?c:[c,c];r.append(h("option",{value:f,selected:f===i},m))}return{node:h("div",{class:"gan-choice"},h("label",{for:s,title:o},e),r),select:r}}function ye(e,a,i){let t=null,o=L("▶ Play",e,()=>t?r():s()),s=()=>{o.textContent="❚❚ Pause",t=setInterval(()=>o.isConnected?i(r):r(),a)},r=()=>{clearInterval(t),t=null,o.textContent="▶ Play"};return{node:o,start:s,stop:r}}function Me(e,a){let i=h("div",{class:"gan-body"}),t=h("div",{class:"gan-error",role:"alert",hidden:!0}),o=h("div",{class:"gan-note",hidden:!0}),s={"data-lm-suppress-shortcuts":!0,onkeydown:f=>f.stopPropagation()};e.append(h("div",{class:"gan-widget",role:"group","aria-label":a,...s},i,o,t));let r={body:i,redraw:()=>{},fail(f){t.hidden=!f,t.textContent=f?String(f.message||f):""},note(f){o.hidden=!f,o.textContent=f||""},coalesce(f){let m=!1,u=!1;return async function(){if(u=!0,!m){m=!0;try{for(;u;)u=!1,await f(),r.fail(null)}catch(b){r.fail(b)}finally{m=!1}}}}},c=new MutationObserver(()=>r.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),r.close=()=>c.disconnect(),r}function ie(e,a,i){let t=h("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${a}`,{node:t,describe(o){t.setAttribute("aria-label",o)},draw(...o){let s=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*s),t.height=Math.round(a*s);let r=t.getContext("2d");r.scale(s,s);let c=getComputedStyle(t).color||"#222";i(r,e,a,c,...o)}}}function se(e,a,[i,t],o,s,r=1){let c=i*t,f=a.length/(r*c),m=Math.ceil(f/o),u=o*(t+1)-1,d=m*(i+1)-1,b=new ImageData(u,d);for(let y=0;y<f;y++){let O=Math.floor(y/o)*(i+1),v=y%o*(t+1);for(let x=0;x<i;x++)for(let w=0;w<t;w++){let A=4*((O+x)*u+v+w),k=y*r*c+x*t+w;for(let M=0;M<3;M++)b.data[A+M]=r===1?255-a[k]:a[k+M*c];b.data[A+3]=255}}let n=new OffscreenCanvas(u,d);n.getContext("2d").putImageData(b,0,0),e.imageSmoothingEnabled=!1,e.drawImage(n,0,0,u*s,d*s)}function H(e){let a=e*2654435761+1>>>0,i=()=>{a=a+1831565813>>>0;let t=Math.imul(a^a>>>15,a|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:i,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-i()))*Math.cos(2*Math.PI*i()))}}function ke(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function Pe(e,a){let i={generator:e.generator,ask:null};if(e.send){let t=new Map,o=Math.random().toString(36).slice(2),s=0,r=(c,f)=>{let m=t.get(c.id);m&&(t.delete(c.id),c.error?m.reject(new Error(c.error)):m.resolve({content:c.content,bytes:ke(f?.[0])}))};e.on("msg:custom",r),a.addEventListener("abort",()=>e.off("msg:custom",r)),i.ask=(c,f={},m=[])=>new Promise((u,d)=>{let b=`${o}-${++s}`;t.set(b,{resolve:u,reject:d}),e.send({id:b,name:c,content:f},void 0,m)})}return i.alive=(t,o)=>{let s=r=>{o.inert=!r,o.style.opacity=r?"1":"0.5"};s(!1),t.note(i.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),i.ask?.("hello").then(()=>{s(!0),t.note(null)}).catch(t.fail)},i}function Be(){document.getElementById("gan-course-style")||document.head.append(h("style",{id:"gan-course-style"},pe))}function Ae(e){function a({model:i,el:t}){let o=new AbortController;t.dataset.kind=i.get("kind"),Be();let s=()=>{};try{s=e(t,i.get("config"),ke(i.get("data")),Pe(i,o.signal))}catch(r){t.append(h("div",{class:"gan-error",role:"alert"},`This widget could not start: ${r.message}`)),console.error(r)}return()=>{o.abort(),s()}}return{render:a}}var P=9;function $e(e,a,i){let t=d=>Math.hypot(...d),[o,s]=[t(e),t(a)],r=Math.min(1,Math.max(-1,e.reduce((d,b,n)=>d+b*a[n],0)/(o*s||1))),c=Math.acos(r),f=(1-i)*o+i*s;if(c<1e-4||!o||!s)return e.map((d,b)=>(1-i)*d+i*a[b]);let[m,u]=[Math.sin((1-i)*c)/Math.sin(c),Math.sin(i*c)/Math.sin(c)];return e.map((d,b)=>f*(m*(d/o)+u*(a[b]/s)))}async function Le(e,a){let{shape:i,channels:t=1}=e,o=t*i[0]*i[1],s=r=>({where:"this browser",draw:async(c,f)=>{let m=new Uint8Array(c.length*o);for(let[u,d]of c.entries())m.set(ge(r(d,f)),u*o);return m}});if(e.portable){let r=await a.generator?.(e.name);if(r)return s(re(r.program,ue(r.weights)))}if(!a.ask)return null;if(e.portable){let r=await a.ask("weights");return s(re(r.content,r.bytes))}return{where:"the kernel",draw:async(r,c)=>{let f=new Float32Array(r.length*e.latent_dim);return r.forEach((m,u)=>f.set(m,u*e.latent_dim)),(await a.ask("draw",{count:r.length,label:c},[f.buffer])).bytes}}}function We(e,a,i,t){let o=Me(e,a.title),{latent_dim:s,directions:r,shares:c,num_classes:f,channels:m=1,shape:[u,d]}=a,b=m*u*d,n={mode:"directions",seed:a.seed,psi:1,label:a.label,t:0,moved:0,first:0,raw:{}};n.steps=r.map(()=>0);let y=null,O="",v=null,x=0;function w(){let l=H(n.seed).normal(s).map(g=>g*n.psi);r.forEach((g,p)=>n.steps[p]&&g.forEach(($,E)=>{l[E]+=n.steps[p]*$}));for(let[g,p]of Object.entries(n.raw))l[g]=p;return l}let A=w(),k=H(n.seed+1).normal(s),M=()=>n.mode==="ab"?$e(A,k,n.t):w();function N(){let l=Array.from({length:P},(p,$)=>n.mode==="ab"?$/(P-1):$-(P-1)/2),g=l.map(p=>{if(n.mode==="ab")return $e(A,k,p);let $=w(),E=n.moved;return n.mode==="raw"?$[n.first+E]=p*.75:r[E].forEach((I,z)=>{$[z]+=(p-n.steps[E])*I}),$});return{positions:n.mode==="raw"?l.map(p=>p*.75):l,zs:g}}let D=()=>n.mode==="ab"?n.t:n.mode==="raw"?w()[n.first+n.moved]:n.steps[n.moved],j=()=>n.mode==="ab"?"from A to B":n.mode==="raw"?`coordinate ${n.first+n.moved}`:`direction ${n.moved+1}`;function C(){let l=f?`, label ${n.label}`:"",g=n.mode==="ab"?`, ${(100*n.t).toFixed(0)} % of the way from A to B`:n.mode==="raw"?`, ${j()} at ${D().toFixed(2)}`:n.steps.map((p,$)=>p?`, direction ${$+1} at ${p.toFixed(1)}`:"").join("");return`seed ${n.seed}, truncation ${n.psi.toFixed(2)}${l}${g}`}let W=280/Math.max(u,d),F=56/Math.max(u,d),S=ie(d*W,u*W,(l,g,p,$,E)=>se(l,E,[u,d],1,W,m)),_=d*F+8,U=ie(P*_,u*F+26,(l,g,p,$,E,I,z)=>{let me=I.reduce((Y,B,Oe)=>Math.abs(B-z)<Math.abs(I[Y]-z)?Oe:Y,0);l.textAlign="center",I.forEach((Y,B)=>{l.save(),l.translate(B*_+4,4),se(l,E.subarray(B*b,(B+1)*b),[u,d],1,F,m),l.restore(),l.strokeStyle=B===me?he.fake:"transparent",l.lineWidth=3,l.strokeRect(B*_+2.5,2.5,d*F+3,u*F+3),l.fillStyle=$,l.font=`${B===me?"bold ":""}12px system-ui, sans-serif`,l.fillText(String(Y).replace("-","−"),B*_+4+d*F/2,u*F+20)})}),Q=h("div",{class:"gan-caption","aria-live":"polite"}),le=h("div",{class:"gan-caption"});function ce(){v&&(U.draw(v.pixels,v.positions,D()),U.describe(`Nine pictures along ${j()}, from ${v.positions[0]} to ${v.positions[P-1]}`),le.textContent=`The neighbours: ${j()}, the rest as above. Click one to go there.`)}let Z=0;async function Se(){let l=++Z,g=JSON.stringify([n.mode,n.seed,n.psi,n.label,n.first,n.moved,Array.from(A),Array.from(k),n.steps.map((p,$)=>$===n.moved?0:p),{...n.raw,[n.first+n.moved]:0}]);if(g!==O){let{positions:p,zs:$}=N(),E=new Uint8Array(P*b);for(let I=0;I<P;I+=y.where==="the kernel"?P:1){if(await new Promise(z=>setTimeout(z)),l!==Z)return;E.set(await y.draw(y.where==="the kernel"?$:[$[I]],n.label),I*b)}if(l!==Z)return;v={pixels:E,positions:p},O=g}ce()}let T=o.coalesce(async()=>{if(!y)return;let l=performance.now(),g=await y.draw([M()],n.label);S.draw(g),S.describe(`Generated picture: ${C()}`),Q.textContent=C(),S.node.dataset.frame=String(++x),S.node.dataset.ms=(performance.now()-l).toFixed(2),Se().catch(o.fail)});U.node.addEventListener("click",l=>{if(!v)return;let g=Math.min(P-1,Math.floor(l.offsetX/U.node.clientWidth*P));n.mode==="ab"?X(v.positions[g]):((n.mode==="raw"?q:te)[n.moved].set(v.positions[g]),ee(n.moved,v.positions[g])),T()});function ee(l,g){n.moved=l,n.mode==="raw"?n.raw[n.first+l]=g:n.steps[l]=g}let te=r.map((l,g)=>R({label:`direction ${g+1} · ${(100*c[g]).toFixed(0)} %`,low:-4,high:4,step:.1,value:0,tip:`Moves z along the direction that changes the picture ${g?`most after the first ${g}`:"most"}: ${(100*c[g]).toFixed(0)} % of all change`,change:p=>{ee(g,p),T()}})),q=Array.from({length:Math.min(6,s)},(l,g)=>R({label:`z[${g}]`,low:-3,high:3,step:.05,value:0,tip:"Sets one coordinate of z",change:p=>{ee(g,p),T()}})),Te=R({label:"first coordinate shown",low:0,high:Math.max(0,s-q.length),step:1,value:0,tip:"Which six coordinates the sliders below set",change:l=>{n.first=l,G(),T()}});function G(){let l=w();q.forEach((g,p)=>{g.node.querySelector("label").textContent=`z[${n.first+p}]`,g.set(l[n.first+p])})}let J=R({label:"from A to B",low:0,high:1,step:.02,value:0,tip:"Along the arc from picture A to picture B",change:l=>{n.t=l,T()}}),X=l=>{n.t=l,J.set(l)},ne=1,oe=ye("Walk from A to B and back",60,()=>{n.t>=1&&(ne=-1),n.t<=0&&(ne=1),X(Math.min(1,Math.max(0,n.t+.02*ne))),T()}),K={directions:h("div",{},...te.map(l=>l.node)),raw:h("div",{},Te.node,...q.map(l=>l.node)),ab:h("div",{},J.node,h("div",{class:"gan-row"},oe.node,L("A = this one","Start the walk at the picture shown",()=>{A=M(),X(0),T()}),L("B = this one","End the walk at the picture shown",()=>{k=M(),X(1),T()}),L("New B","End the walk at a random picture",()=>{k=H(Math.floor(1e6*Math.random())).normal(s),T()})))},xe=ve("move",[["directions","leading directions of z"],["raw","raw coordinates of z"],["ab","from A to B"]],"directions",l=>{l==="ab"&&(A=M()),n.mode==="ab"&&oe.stop(),Object.assign(n,{mode:l,moved:0,t:0}),J.set(0),l==="raw"&&G();for(let[g,p]of Object.entries(K))p.hidden=g!==l;T()},"What the sliders below move");K.raw.hidden=K.ab.hidden=!0;let V=h("div",{class:"gan-row gan-labels",role:"group","aria-label":"label"});for(let l=0;l<f;l++)V.append(L(String(l),`Ask for a ${l}`,g=>{n.label=l;for(let p of V.children)p.setAttribute("aria-pressed",String(p===g.currentTarget));T()}));f&&V.children[n.label].setAttribute("aria-pressed","true");let de=R({label:"truncation ψ",low:0,high:1.5,step:.05,value:1,tip:"Shrinks z towards 0: typical pictures, less variety",change:l=>{n.psi=l,T()}}),fe=R({label:"seed",low:0,high:999,step:1,value:n.seed,tip:"Which random z to start from",change:l=>{n.seed=l,T()}});function Ce(){Object.assign(n,{psi:1,raw:{},t:0}),n.steps.fill(0),de.set(1),J.set(0);for(let l of te)l.set(0);G(),T()}let Ee=()=>{n.seed=Math.floor(1e3*Math.random()),fe.set(n.seed),n.mode==="raw"&&G(),T()},ae=h("div",{class:"gan-controls"},xe.node,...Object.values(K),f?V:null,de.node,fe.node,h("div",{class:"gan-row"},L("Random","Another seed",Ee),L("Reset","Directions to 0, truncation to 1",Ce)));return o.body.append(h("div",{class:"gan-title"},a.title),h("div",{class:"gan-split"},h("figure",{},S.node,Q),ae),h("div",{class:"gan-strip"},U.node,le)),o.redraw=()=>ce(),S.draw(i),S.describe(`Generated picture: ${C()}`),Q.textContent=C(),o.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),Le(a,t).then(l=>{y=l,o.note(l?null:"These sliders need the notebook: this generator was trained in it. The picture is the first one."),ae.inert=!l,ae.style.opacity=l?"1":"0.5",e.dataset.engine=l?l.where:"none",T()}).catch(o.fail),()=>{oe.stop(),o.close()}}var Xe=Ae(We);export{Xe as default};
