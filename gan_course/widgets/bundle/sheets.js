function he(e){let n=new DataView(e.buffer,e.byteOffset,e.byteLength),a=new Float32Array(n.getUint32(0,!0)),t=4+4*Math.ceil(a.length/16);for(let o=0;o<a.length;o++)a[o]=n.getInt16(t+2*o,!0)*n.getFloat32(4+4*(o>>4),!0);return a}function H(e){return Uint8Array.from(atob(e),n=>n.charCodeAt(0))}var R={linear(e,{n_in:n,n_out:a,weight:t,bias:o},r){let i=new Float32Array(a);for(let l=0,s=t;l<a;l++){let f=r[o+l];for(let u=0;u<n;u++,s++)f+=r[s]*e[u];i[l]=f}return i},relu(e,{slope:n}){for(let a=0;a<e.length;a++)e[a]<0&&(e[a]*=n);return e},tanh(e){for(let n=0;n<e.length;n++)e[n]=Math.tanh(e[n]);return e},upsample(e,{shape:[n,a,t],factor:o}){let r=a*o,i=t*o,l=new Float32Array(n*r*i);for(let s=0,f=0;s<n;s++)for(let u=0;u<r;u++)for(let g=0;g<i;g++,f++)l[f]=e[(s*a+Math.floor(u/o))*t+Math.floor(g/o)];return l},conv(e,{shape:[n,a,t],out:[o,r,i],kernel:[l,s],stride:f,padding:[u,g],weight:m,bias:w},p){let M=(b,y)=>Math.max(0,Math.ceil((b-y)/f)),h=(b,y,A,v)=>Math.min(b,Math.floor((y-1+A-v)/f)+1),c=new Float32Array(o*r*i);for(let b=0;b<o;b++){w!=null&&c.fill(p[w+b],b*r*i,(b+1)*r*i);for(let y=0;y<n;y++)for(let A=0;A<l;A++)for(let v=0;v<s;v++){let j=p[m+((b*n+y)*l+A)*s+v],E=M(g,v),I=h(i,t,g,v);for(let $=M(u,A);$<h(r,a,u,A);$++){let P=(y*a+f*$+A-u)*t+v-g,S=(b*r+$)*i;for(let C=E;C<I;C++)c[S+C]+=j*e[P+f*C]}}}return c},transposed(e,{shape:[n,a,t],out:[o,r,i],kernel:[l,s],stride:f,padding:[u,g],weight:m,bias:w},p){let M=new Float32Array(o*r*i);for(let h=0;h<o;h++)M.fill(p[w+h],h*r*i,(h+1)*r*i);for(let h=0;h<n;h++)for(let c=0;c<a;c++)for(let b=0;b<t;b++){let y=e[(h*a+c)*t+b];if(y===0)continue;let A=c*f-u,v=b*f-g,j=Math.max(0,-v),E=Math.min(s,i-v);for(let I=0;I<o;I++)for(let $=Math.max(0,-A);$<Math.min(l,r-A);$++){let P=m+((h*o+I)*l+$)*s,S=(I*r+A+$)*i+v;for(let C=j;C<E;C++)M[S+C]+=y*p[P+C]}}return M},keep(e,n,a,{shelf:t}){return t.push(e.slice()),e},join(e,n,a,{shelf:t}){let o=t.pop(),r=new Float32Array(e.length+o.length);return r.set(e),r.set(o,e.length),r},part(e,{first:n,count:a},t,{input:o}){return o.slice(n,n+a)},normalise(e){let n=1e-8*e.length;for(let t of e)n+=t*t;let a=Math.sqrt(n/e.length);return e.map(t=>t/a)},truncate(e,{mean:n},a,{psi:t}){return e.map((o,r)=>a[n+r]+t*(o-a[n+r]))},style(e,n,a,{styles:t}){return t.push(e),e},constant(e,{place:n,shape:a},t){return t.slice(n,n+a[0]*a[1]*a[2])},modulated(e,n,a,t){let{shape:o,out:r,kernel:i,weight:l,bias:s,noise:f,gain:u}=n,g=R.linear(t.styles[n.style],n.affine,a),m=o[1]*o[2],w=i[0]*i[1],p=e.map((h,c)=>h*g[Math.floor(c/m)]),M=R.conv(p,{...n,bias:null},a);for(let h=0;h<r[0];h++){let c=n.demodulate?1e-8:1;if(n.demodulate)for(let y=0,A=l+h*o[0]*w;y<o[0];y++)for(let v=0;v<w;v++,A++)c+=(g[y]*a[A])**2;let b=u/Math.sqrt(c);for(let y=0;y<m;y++)M[h*m+y]=M[h*m+y]*b+a[s+h]+(f==null?0:a[f+y])}return M},draw(e,n,a,t){let o=R.modulated(e,n,a,t),[r,i,l]=n.out;if(t.picture){let s=R.upsample(t.picture,{shape:[r,i/2,l/2],factor:2});for(let f=0;f<o.length;f++)o[f]+=s[f]}return t.picture=o,e},picture(e,n,a,t){return t.picture},paste(e,{channels:n=1},a,{input:t}){let o=e.length/n;return e.map((r,i)=>t[e.length+i%o]>.5?t[i]:r)}};function B(e,n){let a=he(n),{latent_dim:t,num_classes:o,label_dim:r,label_table:i}=e;return(l,s=0,f=1)=>{let u=new Float32Array(t+r);u.set(l.subarray(0,t));for(let m=0;m<o;m++){let w=typeof s=="number"?+(m===s):s[m];if(i==null)u[t+m]=w;else for(let p=0;p<r;p++)u[t+p]+=w*a[i+p*o+m]}let g={shelf:[],input:u,styles:[],psi:f,picture:null};return e.operations.reduce((m,w)=>R[w.op](m,w,a,g),u)}}function K(e){return Uint8Array.from(e,n=>Math.round((Math.min(1,Math.max(-1,n))+1)*127.5))}function Q(e,n,a){let t=g=>Math.hypot(...g),[o,r]=[t(e),t(n)],i=Math.min(1,Math.max(-1,e.reduce((g,m,w)=>g+m*n[w],0)/(o*r||1))),l=Math.acos(i),s=(1-a)*o+a*r;if(l<1e-4||!o||!r)return e.map((g,m)=>(1-a)*g+a*n[m]);let[f,u]=[Math.sin((1-a)*l)/Math.sin(l),Math.sin(a*l)/Math.sin(l)];return e.map((g,m)=>s*(f*(g/o)+u*(n[m]/r)))}async function Z(e,n,a){let{shape:t,channels:o=1}=e,r=o*t[0]*t[1],i=l=>({where:"this browser",draw:async(s,f,u=1)=>{let g=new Uint8Array(s.length*r);for(let[m,w]of s.entries())g.set(K(l(w,f,u)),m*r);return g}});if(e.portable){let l=await n.generator?.(e.name);if(l)return i(B(l.program,H(l.weights)));if(e.program)return i(B(e.program,a.subarray(e.pictures)))}if(!n.ask)return null;if(e.portable){let l=await n.ask("weights");return i(B(l.content,l.bytes))}return{where:"the kernel",draw:async(l,s)=>{let f=new Float32Array(l.length*e.latent_dim);return l.forEach((u,g)=>f.set(u,g*e.latent_dim)),(await n.ask("draw",{count:l.length,label:s},[f.buffer])).bytes}}}function ee({weights:e=0}){return`This generator was trained in the notebook and is too large to travel with the page.${e?` It has ${Math.ceil(e/1e3)} kB of weights; up to 300 travel.`:""} To move the sliders, download the notebook (the link is at the top of the page) and run it, or use the explorer of a generator that comes with the course, in notebook 00. The picture is the first one.`}var te=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;function k(e,n={},...a){let t=document.createElement(e);for(let[o,r]of Object.entries(n))o.startsWith("on")?t.addEventListener(o.slice(2),r):r!==!1&&r!=null&&t.setAttribute(o,r===!0?"":r);return t.append(...a.filter(o=>o!=null)),t}var ne=Math.random().toString(36).slice(2),ae=0;function _({label:e,low:n,high:a,step:t,value:o,tip:r,change:i,format:l}){let s=Math.max(0,Math.ceil(-Math.log10(t))),f=l||(p=>p.toFixed(Number.isInteger(t)?0:s).replace("-","−")),u=`gan-slider-${ne}-${++ae}`,g=k("input",{type:"range",id:u,min:n,max:a,step:t,value:o,title:r}),m=k("output",{for:u}),w=()=>{m.textContent=f(Number(g.value)),g.setAttribute("aria-valuetext",m.textContent)};return g.addEventListener("input",()=>{w(),i?.(Number(g.value))}),w(),{node:k("div",{class:"gan-slider"},k("label",{for:u,title:r},e),g,m),input:g,get value(){return Number(g.value)},set(p){g.value=String(p),w()}}}function oe(e,n,a){return k("button",{type:"button",title:n,onclick:a},e)}function re(e,n,a,t,o){let r=`gan-choice-${ne}-${++ae}`,i=k("select",{id:r,title:o,onchange:()=>t(i.value)});for(let l of n){let[s,f]=Array.isArray(l)?l:[l,l];i.append(k("option",{value:s,selected:s===a},f))}return{node:k("div",{class:"gan-choice"},k("label",{for:r,title:o},e),i),select:i}}function le(e,n){let a=k("div",{class:"gan-body"}),t=k("div",{class:"gan-error",role:"alert",hidden:!0}),o=k("div",{class:"gan-note",hidden:!0}),r={"data-lm-suppress-shortcuts":!0,onkeydown:s=>s.stopPropagation()};e.append(k("div",{class:"gan-widget",role:"group","aria-label":n,...r},a,o,t));let i={body:a,redraw:()=>{},fail(s){t.hidden=!s,t.textContent=s?String(s.message||s):""},note(s){o.hidden=!s,o.textContent=s||""},coalesce(s){let f=!1,u=!1;return async function(){if(u=!0,!f){f=!0;try{for(;u;)u=!1,await s(),i.fail(null)}catch(m){i.fail(m)}finally{f=!1}}}}},l=new MutationObserver(()=>i.redraw());return l.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),l.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),i.close=()=>l.disconnect(),i}function ie(e,n,a){let t=k("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${n}`,{node:t,describe(o){t.setAttribute("aria-label",o)},draw(...o){let r=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*r),t.height=Math.round(n*r);let i=t.getContext("2d");i.scale(r,r);let l=getComputedStyle(t).color||"#222";a(i,e,n,l,...o)}}}function se(e,n,[a,t],o,r,i=1){let l=a*t,s=n.length/(i*l),f=Math.ceil(s/o),u=o*(t+1)-1,g=f*(a+1)-1,m=new ImageData(u,g);for(let p=0;p<s;p++){let M=Math.floor(p/o)*(a+1),h=p%o*(t+1);for(let c=0;c<a;c++)for(let b=0;b<t;b++){let y=4*((M+c)*u+h+b),A=p*i*l+c*t+b;for(let v=0;v<3;v++)m.data[y+v]=i===1?255-n[A]:n[A+v*l];m.data[y+3]=255}}let w=new OffscreenCanvas(u,g);w.getContext("2d").putImageData(m,0,0),e.imageSmoothingEnabled=!1,e.drawImage(w,0,0,u*r,g*r)}function J(e){let n=e*2654435761+1>>>0,a=()=>{n=n+1831565813>>>0;let t=Math.imul(n^n>>>15,n|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:a,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-a()))*Math.cos(2*Math.PI*a()))}}function ce(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function we(e,n){let a={generator:e.generator,ask:null};if(e.send){let t=new Map,o=Math.random().toString(36).slice(2),r=0,i=(l,s)=>{let f=t.get(l.id);f&&(t.delete(l.id),l.error?f.reject(new Error(l.error)):f.resolve({content:l.content,bytes:ce(s?.[0])}))};e.on("msg:custom",i),n.addEventListener("abort",()=>e.off("msg:custom",i)),a.ask=(l,s={},f=[])=>new Promise((u,g)=>{let m=`${o}-${++r}`;t.set(m,{resolve:u,reject:g}),e.send({id:m,name:l,content:s},void 0,f)})}return a.alive=(t,o)=>{let r=i=>{o.inert=!i,o.style.opacity=i?"1":"0.5"};r(!1),t.note(a.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),a.ask?.("hello").then(()=>{r(!0),t.note(null)}).catch(t.fail)},a}function ye(){document.getElementById("gan-course-style")||document.head.append(k("style",{id:"gan-course-style"},te))}function ue(e){function n({model:a,el:t}){let o=new AbortController;t.dataset.kind=a.get("kind"),ye();let r=()=>{};try{r=e(t,a.get("config"),ce(a.get("data")),we(a,o.signal))}catch(i){t.append(k("div",{class:"gan-error",role:"alert"},`This widget could not start: ${i.message}`)),console.error(i)}return()=>{o.abort(),r()}}return{render:n}}var V=10;function ve(e,n,a,t){let o=le(e,n.title),{latent_dim:r,channels:i,count:l,moves:s,labels:f,num_classes:u}=n,[g,m]=n.shape,w=i*g*m,p=n.walk===!0?["from here to there"]:n.walk||[],M=r/Math.max(1,p.length),h=n.truncation==="w",c={seed:n.seed,psi:1,way:"arc",steps:s.map(()=>0)};c.ways=p.map(()=>0),Object.assign(c,{a:f[0],b:f[1],mix:0});let b=null,y=0;function A(){let d=J(c.seed).normal(l*M),x=p.length?J(c.seed+1e3).normal(l*M):null;return Array.from({length:l},(T,F)=>{let D=d.slice(F*M,(F+1)*M),U=new Float32Array(r);U.set(D);for(let[O,N]of c.ways.entries()){let L=x.slice(F*M,(F+1)*M),me=c.way==="arc"?Q(D,L,N):D.map((de,pe)=>(1-N)*de+N*L[pe]);U.set(N>0?me:D,O*M)}if(!h)for(let O=0;O<r;O++)U[O]*=c.psi;for(let[O,{vector:N}]of s.entries())if(c.steps[O])for(let L=0;L<r;L++)U[L]+=c.steps[O]*N[L];return U})}function v(){let d=new Float32Array(u);return u&&(d[c.a]+=1-c.mix),u&&(d[c.b]+=c.mix),d}function j(){let d=[`${l} pictures, seed ${c.seed}, scale ${c.psi.toFixed(2)}`];u&&d.push(`${(100*c.mix).toFixed(0)} % of the way from ${c.a} to ${c.b}`);for(let[x,T]of c.ways.entries()){let F=n.walk===!0?"":`${p[x]}: `;d.push(`${F}${(100*T).toFixed(0)} % of the way on the ${c.way}`)}for(let[x,T]of s.entries())c.steps[x]&&d.push(`${T.label} ${c.steps[x].toFixed(2)}`);return d.join(", ")}let E=2,I=Math.ceil(l/V),$=ie((V*(m+1)-1)*E,(I*(g+1)-1)*E,(d,x,T,F,D)=>se(d,D,[g,m],V,E,i)),P=k("div",{class:"gan-caption gan-wide-caption","aria-live":"polite"}),S=o.coalesce(async()=>{if(!b)return;let d=await b.draw(A(),v(),h?c.psi:1);$.draw(d),P.textContent=j(),$.describe(`A sheet of ${P.textContent}`),$.node.dataset.frame=String(++y),await new Promise(x=>setTimeout(x))}),C=[],W=(d,x)=>{let T=_({...x,value:c[d],change:F=>{c[d]=F,S()}});return C.push([T,c[d],d]),T.node},X=s.map((d,x)=>_({label:d.label,low:-4,high:4,step:.25,value:0,tip:`Moves all latent vectors along ${d.label}`,change:T=>{c.steps[x]=T,S()}})),Y={low:0,high:1,step:.05},z=p.map((d,x)=>_({...Y,label:d,value:0,tip:`Moves ${n.walk===!0?"all latent vectors":d} to those of other pictures`,change:T=>{c.ways[x]=T,S()}})),G={low:0,high:u-1,step:1},fe=re("on the",["arc","line"],c.way,d=>{c.way=d,S()},"The way between the two sets of latent vectors"),ge=()=>{for(let[d,x,T]of C)c[T]=x,d.set(x);c.steps.fill(0),c.ways.fill(0);for(let d of[...X,...z])d.set(0);S()},q=k("div",{class:"gan-controls gan-wide"},...u?[W("a",{...G,label:"label a"})]:[],...u?[W("b",{...G,label:"label b"})]:[],...u?[W("mix",{...Y,label:"from a to b"})]:[],...p.length?[...z.map(d=>d.node),fe.node]:[],...X.map(d=>d.node),W("psi",{low:0,high:1.5,step:.05,label:"scale ψ"}),W("seed",{low:0,high:99,step:1,label:"seed"}));return o.body.append(k("div",{class:"gan-title"},n.title),q,k("div",{class:"gan-row"},oe("Reset","All sliders to where they began",ge)),$.node,P),$.draw(a.subarray(0,w*l)),$.describe(`A sheet of ${j()}`),P.textContent=j(),o.redraw=S,q.inert=!0,o.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),Z(n,t,a).then(d=>{b=d,o.note(d?null:ee(n)),q.inert=!d,q.style.opacity=d?"1":"0.5",e.dataset.engine=d?d.where:"none",S()}).catch(o.fail),o.close}var Oe=ue(ve);export{Oe as default};
