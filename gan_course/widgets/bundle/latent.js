function Be(e){let n=new DataView(e.buffer,e.byteOffset,e.byteLength),r=new Float32Array(n.getUint32(0,!0)),t=4+4*Math.ceil(r.length/16);for(let a=0;a<r.length;a++)r[a]=n.getInt16(t+2*a,!0)*n.getFloat32(4+4*(a>>4),!0);return r}function be(e){return Uint8Array.from(atob(e),n=>n.charCodeAt(0))}var G={linear(e,{n_in:n,n_out:r,weight:t,bias:a},i){let s=new Float32Array(r);for(let c=0,d=t;c<r;c++){let u=i[a+c];for(let m=0;m<n;m++,d++)u+=i[d]*e[m];s[c]=u}return s},relu(e,{slope:n}){for(let r=0;r<e.length;r++)e[r]<0&&(e[r]*=n);return e},tanh(e){for(let n=0;n<e.length;n++)e[n]=Math.tanh(e[n]);return e},upsample(e,{shape:[n,r,t],factor:a}){let i=r*a,s=t*a,c=new Float32Array(n*i*s);for(let d=0,u=0;d<n;d++)for(let m=0;m<i;m++)for(let f=0;f<s;f++,u++)c[u]=e[(d*r+Math.floor(m/a))*t+Math.floor(f/a)];return c},conv(e,{shape:[n,r,t],out:[a,i,s],kernel:[c,d],stride:u,padding:[m,f],weight:p,bias:o},y){let T=(v,k)=>Math.max(0,Math.ceil((v-k)/u)),h=(v,k,A,M)=>Math.min(v,Math.floor((k-1+A-M)/u)+1),$=new Float32Array(a*i*s);for(let v=0;v<a;v++){o!=null&&$.fill(y[o+v],v*i*s,(v+1)*i*s);for(let k=0;k<n;k++)for(let A=0;A<c;A++)for(let M=0;M<d;M++){let j=y[p+((v*n+k)*c+A)*d+M],W=T(f,M),B=h(s,t,f,M);for(let C=T(m,A);C<h(i,r,m,A);C++){let N=(k*r+u*C+A-m)*t+M-f,L=(v*i+C)*s;for(let O=W;O<B;O++)$[L+O]+=j*e[N+u*O]}}}return $},transposed(e,{shape:[n,r,t],out:[a,i,s],kernel:[c,d],stride:u,padding:[m,f],weight:p,bias:o},y){let T=new Float32Array(a*i*s);for(let h=0;h<a;h++)T.fill(y[o+h],h*i*s,(h+1)*i*s);for(let h=0;h<n;h++)for(let $=0;$<r;$++)for(let v=0;v<t;v++){let k=e[(h*r+$)*t+v];if(k===0)continue;let A=$*u-m,M=v*u-f,j=Math.max(0,-M),W=Math.min(d,s-M);for(let B=0;B<a;B++)for(let C=Math.max(0,-A);C<Math.min(c,i-A);C++){let N=p+((h*a+B)*c+C)*d,L=(B*i+A+C)*s+M;for(let O=j;O<W;O++)T[L+O]+=k*y[N+O]}}return T},keep(e,n,r,{shelf:t}){return t.push(e.slice()),e},join(e,n,r,{shelf:t}){let a=t.pop(),i=new Float32Array(e.length+a.length);return i.set(e),i.set(a,e.length),i},part(e,{first:n,count:r},t,{input:a}){return a.slice(n,n+r)},normalise(e){let n=1e-8*e.length;for(let t of e)n+=t*t;let r=Math.sqrt(n/e.length);return e.map(t=>t/r)},truncate(e,{mean:n},r,{psi:t}){return e.map((a,i)=>r[n+i]+t*(a-r[n+i]))},style(e,n,r,{styles:t}){return t.push(e),e},constant(e,{place:n,shape:r},t){return t.slice(n,n+r[0]*r[1]*r[2])},modulated(e,n,r,t){let{shape:a,out:i,kernel:s,weight:c,bias:d,noise:u,gain:m}=n,f=G.linear(t.styles[n.style],n.affine,r),p=a[1]*a[2],o=s[0]*s[1],y=e.map((h,$)=>h*f[Math.floor($/p)]),T=G.conv(y,{...n,bias:null},r);for(let h=0;h<i[0];h++){let $=n.demodulate?1e-8:1;if(n.demodulate)for(let k=0,A=c+h*a[0]*o;k<a[0];k++)for(let M=0;M<o;M++,A++)$+=(f[k]*r[A])**2;let v=m/Math.sqrt($);for(let k=0;k<p;k++)T[h*p+k]=T[h*p+k]*v+r[d+h]+(u==null?0:r[u+k])}return T},draw(e,n,r,t){let a=G.modulated(e,n,r,t),[i,s,c]=n.out;if(t.picture){let d=G.upsample(t.picture,{shape:[i,s/2,c/2],factor:2});for(let u=0;u<a.length;u++)a[u]+=d[u]}return t.picture=a,e},picture(e,n,r,t){return t.picture},paste(e,{channels:n=1},r,{input:t}){let a=e.length/n;return e.map((i,s)=>t[e.length+s%a]>.5?t[s]:i)}};function ee(e,n){let r=Be(n),{latent_dim:t,num_classes:a,label_dim:i,label_table:s}=e;return(c,d=0,u=1)=>{let m=new Float32Array(t+i);m.set(c.subarray(0,t));for(let p=0;p<a;p++){let o=typeof d=="number"?+(p===d):d[p];if(s==null)m[t+p]=o;else for(let y=0;y<i;y++)m[t+y]+=o*r[s+y*a+p]}let f={shelf:[],input:m,styles:[],psi:u,picture:null};return e.operations.reduce((p,o)=>G[o.op](p,o,r,f),m)}}function we(e){return Uint8Array.from(e,n=>Math.round((Math.min(1,Math.max(-1,n))+1)*127.5))}function ce(e,n,r){let t=f=>Math.hypot(...f),[a,i]=[t(e),t(n)],s=Math.min(1,Math.max(-1,e.reduce((f,p,o)=>f+p*n[o],0)/(a*i||1))),c=Math.acos(s),d=(1-r)*a+r*i;if(c<1e-4||!a||!i)return e.map((f,p)=>(1-r)*f+r*n[p]);let[u,m]=[Math.sin((1-r)*c)/Math.sin(c),Math.sin(r*c)/Math.sin(c)];return e.map((f,p)=>d*(u*(f/a)+m*(n[p]/i)))}async function ye(e,n,r){let{shape:t,channels:a=1}=e,i=a*t[0]*t[1],s=c=>({where:"this browser",draw:async(d,u,m=1)=>{let f=new Uint8Array(d.length*i);for(let[p,o]of d.entries())f.set(we(c(o,u,m)),p*i);return f}});if(e.portable){let c=await n.generator?.(e.name);if(c)return s(ee(c.program,be(c.weights)));if(e.program)return s(ee(e.program,r.subarray(e.pictures)))}if(!n.ask)return null;if(e.portable){let c=await n.ask("weights");return s(ee(c.content,c.bytes))}return{where:"the kernel",draw:async(c,d)=>{let u=new Float32Array(c.length*e.latent_dim);return c.forEach((m,f)=>u.set(m,f*e.latent_dim)),(await n.ask("draw",{count:c.length,label:d},[u.buffer])).bytes}}}function ve({weights:e=0}){return`This generator was trained in the notebook and is too large to travel with the page.${e?` It has ${Math.ceil(e/1e3)} kB of weights; up to 300 travel.`:""} To move the sliders, download the notebook (the link is at the top of the page) and run it, or use the explorer of a generator that comes with the course, in notebook 00. The picture is the first one.`}var ke=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var Me={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function w(e,n={},...r){let t=document.createElement(e);for(let[a,i]of Object.entries(n))a.startsWith("on")?t.addEventListener(a.slice(2),i):i!==!1&&i!=null&&t.setAttribute(a,i===!0?"":i);return t.append(...r.filter(a=>a!=null)),t}var Ae=Math.random().toString(36).slice(2),$e=0;function U({label:e,low:n,high:r,step:t,value:a,tip:i,change:s,format:c}){let d=Math.max(0,Math.ceil(-Math.log10(t))),u=c||(y=>y.toFixed(Number.isInteger(t)?0:d).replace("-","−")),m=`gan-slider-${Ae}-${++$e}`,f=w("input",{type:"range",id:m,min:n,max:r,step:t,value:a,title:i}),p=w("output",{for:m}),o=()=>{p.textContent=u(Number(f.value)),f.setAttribute("aria-valuetext",p.textContent)};return f.addEventListener("input",()=>{o(),s?.(Number(f.value))}),o(),{node:w("div",{class:"gan-slider"},w("label",{for:m,title:i},e),f,p),input:f,get value(){return Number(f.value)},set(y){f.value=String(y),o()}}}function z(e,n,r){return w("button",{type:"button",title:n,onclick:r},e)}function xe(e,n,r,t,a){let i=`gan-choice-${Ae}-${++$e}`,s=w("select",{id:i,title:a,onchange:()=>t(s.value)});for(let c of n){let[d,u]=Array.isArray(c)?c:[c,c];s.append(w("option",{value:d,selected:d===r},u))}return{node:w("div",{class:"gan-choice"},w("label",{for:i,title:a},e),s),select:s}}function Se(e,n,r){let t=null,a=z("▶ Play",e,()=>t?s():i()),i=()=>{a.textContent="❚❚ Pause",t=setInterval(()=>a.isConnected?r(s):s(),n)},s=()=>{clearInterval(t),t=null,a.textContent="▶ Play"};return{node:a,start:i,stop:s}}function Te(e,n){let r=w("div",{class:"gan-body"}),t=w("div",{class:"gan-error",role:"alert",hidden:!0}),a=w("div",{class:"gan-note",hidden:!0}),i={"data-lm-suppress-shortcuts":!0,onkeydown:d=>d.stopPropagation()};e.append(w("div",{class:"gan-widget",role:"group","aria-label":n,...i},r,a,t));let s={body:r,redraw:()=>{},fail(d){t.hidden=!d,t.textContent=d?String(d.message||d):""},note(d){a.hidden=!d,a.textContent=d||""},coalesce(d){let u=!1,m=!1;return async function(){if(m=!0,!u){u=!0;try{for(;m;)m=!1,await d(),s.fail(null)}catch(p){s.fail(p)}finally{u=!1}}}}},c=new MutationObserver(()=>s.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),s.close=()=>c.disconnect(),s}function de(e,n,r){let t=w("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${n}`,{node:t,describe(a){t.setAttribute("aria-label",a)},draw(...a){let i=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*i),t.height=Math.round(n*i);let s=t.getContext("2d");s.scale(i,i);let c=getComputedStyle(t).color||"#222";r(s,e,n,c,...a)}}}function fe(e,n,[r,t],a,i,s=1){let c=r*t,d=n.length/(s*c),u=Math.ceil(d/a),m=a*(t+1)-1,f=u*(r+1)-1,p=new ImageData(m,f);for(let y=0;y<d;y++){let T=Math.floor(y/a)*(r+1),h=y%a*(t+1);for(let $=0;$<r;$++)for(let v=0;v<t;v++){let k=4*((T+$)*m+h+v),A=y*s*c+$*t+v;for(let M=0;M<3;M++)p.data[k+M]=s===1?255-n[A]:n[A+M*c];p.data[k+3]=255}}let o=new OffscreenCanvas(m,f);o.getContext("2d").putImageData(p,0,0),e.imageSmoothingEnabled=!1,e.drawImage(o,0,0,m*i,f*i)}function te(e){let n=e*2654435761+1>>>0,r=()=>{n=n+1831565813>>>0;let t=Math.imul(n^n>>>15,n|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:r,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-r()))*Math.cos(2*Math.PI*r()))}}function Oe(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function ze(e,n){let r={generator:e.generator,ask:null};if(e.send){let t=new Map,a=Math.random().toString(36).slice(2),i=0,s=(c,d)=>{let u=t.get(c.id);u&&(t.delete(c.id),c.error?u.reject(new Error(c.error)):u.resolve({content:c.content,bytes:Oe(d?.[0])}))};e.on("msg:custom",s),n.addEventListener("abort",()=>e.off("msg:custom",s)),r.ask=(c,d={},u=[])=>new Promise((m,f)=>{let p=`${a}-${++i}`;t.set(p,{resolve:m,reject:f}),e.send({id:p,name:c,content:d},void 0,u)})}return r.alive=(t,a)=>{let i=s=>{a.inert=!s,a.style.opacity=s?"1":"0.5"};i(!1),t.note(r.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),r.ask?.("hello").then(()=>{i(!0),t.note(null)}).catch(t.fail)},r}function Ne(){document.getElementById("gan-course-style")||document.head.append(w("style",{id:"gan-course-style"},ke))}function Ce(e){function n({model:r,el:t}){let a=new AbortController;t.dataset.kind=r.get("kind"),Ne();let i=()=>{};try{i=e(t,r.get("config"),Oe(r.get("data")),ze(r,a.signal))}catch(s){t.append(w("div",{class:"gan-error",role:"alert"},`This widget could not start: ${s.message}`)),console.error(s)}return()=>{a.abort(),i()}}return{render:n}}var I=9;function Re(e,n,r,t){let a=Te(e,n.title),{latent_dim:i,directions:s,shares:c,num_classes:d,channels:u=1,shape:[m,f]}=n,p=u*m*f,o={mode:"directions",seed:n.seed,psi:1,label:n.label,t:0,moved:0,first:0,raw:{}};o.steps=s.map(()=>0);let y=null,T="",h=null,$=0,v=n.truncation==="w",k=()=>v?o.psi:1;function A(){let l=te(o.seed).normal(i).map(g=>v?g:g*o.psi);s.forEach((g,b)=>o.steps[b]&&g.forEach((x,E)=>{l[E]+=o.steps[b]*x}));for(let[g,b]of Object.entries(o.raw))l[g]=b;return l}let M=A(),j=te(o.seed+1).normal(i),W=()=>o.mode==="ab"?ce(M,j,o.t):A();function B(){let l=Array.from({length:I},(b,x)=>o.mode==="ab"?x/(I-1):x-(I-1)/2),g=l.map(b=>{if(o.mode==="ab")return ce(M,j,b);let x=A(),E=o.moved;return o.mode==="raw"?x[o.first+E]=b*.75:s[E].forEach((F,q)=>{x[q]+=(b-o.steps[E])*F}),x});return{positions:o.mode==="raw"?l.map(b=>b*.75):l,zs:g}}let C=()=>o.mode==="ab"?o.t:o.mode==="raw"?A()[o.first+o.moved]:o.steps[o.moved],N=()=>o.mode==="ab"?"from A to B":o.mode==="raw"?`coordinate ${o.first+o.moved}`:`direction ${o.moved+1}`;function L(){let l=d?`, label ${o.label}`:"",g=o.mode==="ab"?`, ${(100*o.t).toFixed(0)} % of the way from A to B`:o.mode==="raw"?`, ${N()} at ${C().toFixed(2)}`:o.steps.map((b,x)=>b?`, direction ${x+1} at ${b.toFixed(1)}`:"").join("");return`seed ${o.seed}, truncation ${o.psi.toFixed(2)}${l}${g}`}let O=280/Math.max(m,f),R=56/Math.max(m,f),D=de(f*O,m*O,(l,g,b,x,E)=>fe(l,E,[m,f],1,O,u)),J=f*R+8,_=de(I*J,m*R+26,(l,g,b,x,E,F,q)=>{let he=F.reduce((Z,P,We)=>Math.abs(P-q)<Math.abs(F[Z]-q)?We:Z,0);l.textAlign="center",F.forEach((Z,P)=>{l.save(),l.translate(P*J+4,4),fe(l,E.subarray(P*p,(P+1)*p),[m,f],1,R,u),l.restore(),l.strokeStyle=P===he?Me.fake:"transparent",l.lineWidth=3,l.strokeRect(P*J+2.5,2.5,f*R+3,m*R+3),l.fillStyle=x,l.font=`${P===he?"bold ":""}12px system-ui, sans-serif`,l.fillText(String(Z).replace("-","−"),P*J+4+f*R/2,m*R+20)})}),ne=w("div",{class:"gan-caption","aria-live":"polite"}),me=w("div",{class:"gan-caption"});function ue(){h&&(_.draw(h.pixels,h.positions,C()),_.describe(`Nine pictures along ${N()}, from ${h.positions[0]} to ${h.positions[I-1]}`),me.textContent=`The neighbours: ${N()}, the rest as above. Click one to go there.`)}let oe=0;async function Ee(){let l=++oe,g=JSON.stringify([o.mode,o.seed,o.psi,o.label,o.first,o.moved,Array.from(M),Array.from(j),o.steps.map((b,x)=>x===o.moved?0:b),{...o.raw,[o.first+o.moved]:0}]);if(g!==T){let{positions:b,zs:x}=B(),E=new Uint8Array(I*p);for(let F=0;F<I;F+=y.where==="the kernel"?I:1){if(await new Promise(q=>setTimeout(q)),l!==oe)return;E.set(await y.draw(y.where==="the kernel"?x:[x[F]],o.label,k()),F*p)}if(l!==oe)return;h={pixels:E,positions:b},T=g}ue()}let S=a.coalesce(async()=>{if(!y)return;let l=performance.now(),g=await y.draw([W()],o.label,k());D.draw(g),D.describe(`Generated picture: ${L()}`),ne.textContent=L(),D.node.dataset.frame=String(++$),D.node.dataset.ms=(performance.now()-l).toFixed(2),Ee().catch(a.fail)});_.node.addEventListener("click",l=>{if(!h)return;let g=Math.min(I-1,Math.floor(l.offsetX/_.node.clientWidth*I));o.mode==="ab"?Y(h.positions[g]):((o.mode==="raw"?X:ae)[o.moved].set(h.positions[g]),re(o.moved,h.positions[g])),S()});function re(l,g){o.moved=l,o.mode==="raw"?o.raw[o.first+l]=g:o.steps[l]=g}let ae=s.map((l,g)=>U({label:`direction ${g+1} · ${(100*c[g]).toFixed(0)} %`,low:-4,high:4,step:.1,value:0,tip:`Moves z along the direction that changes the picture ${g?`most after the first ${g}`:"most"}: ${(100*c[g]).toFixed(0)} % of all change`,change:b=>{re(g,b),S()}})),X=Array.from({length:Math.min(6,i)},(l,g)=>U({label:`z[${g}]`,low:-3,high:3,step:.05,value:0,tip:"Sets one coordinate of z",change:b=>{re(g,b),S()}})),Fe=U({label:"first coordinate shown",low:0,high:Math.max(0,i-X.length),step:1,value:0,tip:"Which six coordinates the sliders below set",change:l=>{o.first=l,K(),S()}});function K(){let l=A();X.forEach((g,b)=>{g.node.querySelector("label").textContent=`z[${o.first+b}]`,g.set(l[o.first+b])})}let V=U({label:"from A to B",low:0,high:1,step:.02,value:0,tip:"Along the arc from picture A to picture B",change:l=>{o.t=l,S()}}),Y=l=>{o.t=l,V.set(l)},ie=1,se=Se("Walk from A to B and back",60,()=>{o.t>=1&&(ie=-1),o.t<=0&&(ie=1),Y(Math.min(1,Math.max(0,o.t+.02*ie))),S()}),H={directions:w("div",{},...ae.map(l=>l.node)),raw:w("div",{},Fe.node,...X.map(l=>l.node)),ab:w("div",{},V.node,w("div",{class:"gan-row"},se.node,z("A = this one","Start the walk at the picture shown",()=>{M=W(),Y(0),S()}),z("B = this one","End the walk at the picture shown",()=>{j=W(),Y(1),S()}),z("New B","End the walk at a random picture",()=>{j=te(Math.floor(1e6*Math.random())).normal(i),S()})))},Ie=xe("move",[["directions","leading directions of z"],["raw","raw coordinates of z"],["ab","from A to B"]],"directions",l=>{l==="ab"&&(M=W()),o.mode==="ab"&&se.stop(),Object.assign(o,{mode:l,moved:0,t:0}),V.set(0),l==="raw"&&K();for(let[g,b]of Object.entries(H))b.hidden=g!==l;S()},"What the sliders below move");H.raw.hidden=H.ab.hidden=!0;let Q=w("div",{class:"gan-row gan-labels",role:"group","aria-label":"label"});for(let l=0;l<d;l++)Q.append(z(String(l),`Ask for a ${l}`,g=>{o.label=l;for(let b of Q.children)b.setAttribute("aria-pressed",String(b===g.currentTarget));S()}));d&&Q.children[o.label].setAttribute("aria-pressed","true");let pe=U({label:"truncation ψ",low:0,high:1.5,step:.05,value:1,tip:v?"Shrinks w towards its mean: typical pictures, less variety":"Shrinks z towards 0: typical pictures, less variety",change:l=>{o.psi=l,S()}}),ge=U({label:"seed",low:0,high:999,step:1,value:o.seed,tip:"Which random z to start from",change:l=>{o.seed=l,S()}});function je(){Object.assign(o,{psi:1,raw:{},t:0}),o.steps.fill(0),pe.set(1),V.set(0);for(let l of ae)l.set(0);K(),S()}let Pe=()=>{o.seed=Math.floor(1e3*Math.random()),ge.set(o.seed),o.mode==="raw"&&K(),S()},le=w("div",{class:"gan-controls"},Ie.node,...Object.values(H),d?Q:null,pe.node,ge.node,w("div",{class:"gan-row"},z("Random","Another seed",Pe),z("Reset","Directions to 0, truncation to 1",je)));return a.body.append(w("div",{class:"gan-title"},n.title),w("div",{class:"gan-split"},w("figure",{},D.node,ne),le),w("div",{class:"gan-strip"},_.node,me)),a.redraw=()=>ue(),D.draw(r.subarray(0,p)),D.describe(`Generated picture: ${L()}`),ne.textContent=L(),a.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),ye(n,t,r).then(l=>{y=l,a.note(l?null:ve(n)),le.inert=!l,le.style.opacity=l?"1":"0.5",e.dataset.engine=l?l.where:"none",S()}).catch(a.fail),()=>{se.stop(),a.close()}}var Qe=Ce(Re);export{Qe as default};
