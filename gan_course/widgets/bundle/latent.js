function je(e){let r=new DataView(e.buffer,e.byteOffset,e.byteLength),a=new Float32Array(r.getUint32(0,!0)),n=4+4*Math.ceil(a.length/16);for(let o=0;o<a.length;o++)a[o]=r.getInt16(n+2*o,!0)*r.getFloat32(4+4*(o>>4),!0);return a}function pe(e){return Uint8Array.from(atob(e),r=>r.charCodeAt(0))}var Pe={linear(e,{n_in:r,n_out:a,weight:n,bias:o},i){let l=new Float32Array(a);for(let c=0,m=n;c<a;c++){let g=i[o+c];for(let f=0;f<r;f++,m++)g+=i[m]*e[f];l[c]=g}return l},relu(e,{slope:r}){for(let a=0;a<e.length;a++)e[a]<0&&(e[a]*=r);return e},tanh(e){for(let r=0;r<e.length;r++)e[r]=Math.tanh(e[r]);return e},upsample(e,{shape:[r,a,n],factor:o}){let i=a*o,l=n*o,c=new Float32Array(r*i*l);for(let m=0,g=0;m<r;m++)for(let f=0;f<i;f++)for(let d=0;d<l;d++,g++)c[g]=e[(m*a+Math.floor(f/o))*n+Math.floor(d/o)];return c},conv(e,{shape:[r,a,n],out:[o,i,l],kernel:[c,m],stride:g,padding:[f,d],weight:u,bias:t},v){let E=(w,A)=>Math.max(0,Math.ceil((w-A)/g)),y=(w,A,M,k)=>Math.min(w,Math.floor((A-1+M-k)/g)+1),T=new Float32Array(o*i*l);for(let w=0;w<o;w++){T.fill(v[t+w],w*i*l,(w+1)*i*l);for(let A=0;A<r;A++)for(let M=0;M<c;M++)for(let k=0;k<m;k++){let D=v[u+((w*r+A)*c+M)*m+k],N=E(d,k),I=y(l,n,d,k);for(let C=E(f,M);C<y(i,a,f,M);C++){let W=(A*a+g*C+M-f)*n+k-d,F=(w*i+C)*l;for(let x=N;x<I;x++)T[F+x]+=D*e[W+g*x]}}}return T},transposed(e,{shape:[r,a,n],out:[o,i,l],kernel:[c,m],stride:g,padding:[f,d],weight:u,bias:t},v){let E=new Float32Array(o*i*l);for(let y=0;y<o;y++)E.fill(v[t+y],y*i*l,(y+1)*i*l);for(let y=0;y<r;y++)for(let T=0;T<a;T++)for(let w=0;w<n;w++){let A=e[(y*a+T)*n+w];if(A===0)continue;let M=T*g-f,k=w*g-d,D=Math.max(0,-k),N=Math.min(m,l-k);for(let I=0;I<o;I++)for(let C=Math.max(0,-M);C<Math.min(c,i-M);C++){let W=u+((y*o+I)*c+C)*m,F=(I*i+M+C)*l+k;for(let x=D;x<N;x++)E[F+x]+=A*v[W+x]}}return E},keep(e,r,a,{shelf:n}){return n.push(e.slice()),e},join(e,r,a,{shelf:n}){let o=n.pop(),i=new Float32Array(e.length+o.length);return i.set(e),i.set(o,e.length),i},paste(e,{channels:r=1},a,{input:n}){let o=e.length/r;return e.map((i,l)=>n[e.length+l%o]>.5?n[l]:i)}};function H(e,r){let a=je(r),{latent_dim:n,num_classes:o,label_dim:i,label_table:l}=e;return(c,m=0)=>{let g=new Float32Array(n+i);g.set(c.subarray(0,n));for(let d=0;d<o;d++){let u=typeof m=="number"?+(d===m):m[d];if(l==null)g[n+d]=u;else for(let t=0;t<i;t++)g[n+t]+=u*a[l+t*o+d]}let f={shelf:[],input:g};return e.operations.reduce((d,u)=>Pe[u.op](d,u,a,f),g)}}function ue(e){return Uint8Array.from(e,r=>Math.round((Math.min(1,Math.max(-1,r))+1)*127.5))}function ie(e,r,a){let n=d=>Math.hypot(...d),[o,i]=[n(e),n(r)],l=Math.min(1,Math.max(-1,e.reduce((d,u,t)=>d+u*r[t],0)/(o*i||1))),c=Math.acos(l),m=(1-a)*o+a*i;if(c<1e-4||!o||!i)return e.map((d,u)=>(1-a)*d+a*r[u]);let[g,f]=[Math.sin((1-a)*c)/Math.sin(c),Math.sin(a*c)/Math.sin(c)];return e.map((d,u)=>m*(g*(d/o)+f*(r[u]/i)))}async function he(e,r,a){let{shape:n,channels:o=1}=e,i=o*n[0]*n[1],l=c=>({where:"this browser",draw:async(m,g)=>{let f=new Uint8Array(m.length*i);for(let[d,u]of m.entries())f.set(ue(c(u,g)),d*i);return f}});if(e.portable){let c=await r.generator?.(e.name);if(c)return l(H(c.program,pe(c.weights)));if(e.program)return l(H(e.program,a.subarray(e.pictures)))}if(!r.ask)return null;if(e.portable){let c=await r.ask("weights");return l(H(c.content,c.bytes))}return{where:"the kernel",draw:async(c,m)=>{let g=new Float32Array(c.length*e.latent_dim);return c.forEach((f,d)=>g.set(f,d*e.latent_dim)),(await r.ask("draw",{count:c.length,label:m},[g.buffer])).bytes}}}function be({weights:e=0}){return`This generator was trained in the notebook and is too large to travel with the page.${e?` It has ${Math.ceil(e/1e3)} kB of weights; up to 300 travel.`:""} To move the sliders, download the notebook (the link is at the top of the page) and run it, or use the explorer of a generator that comes with the course, in notebook 00. The picture is the first one.`}var we=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var ye={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function b(e,r={},...a){let n=document.createElement(e);for(let[o,i]of Object.entries(r))o.startsWith("on")?n.addEventListener(o.slice(2),i):i!==!1&&i!=null&&n.setAttribute(o,i===!0?"":i);return n.append(...a.filter(o=>o!=null)),n}var ve=Math.random().toString(36).slice(2),ke=0;function z({label:e,low:r,high:a,step:n,value:o,tip:i,change:l,format:c}){let m=Math.max(0,Math.ceil(-Math.log10(n))),g=c||(v=>v.toFixed(Number.isInteger(n)?0:m).replace("-","−")),f=`gan-slider-${ve}-${++ke}`,d=b("input",{type:"range",id:f,min:r,max:a,step:n,value:o,title:i}),u=b("output",{for:f}),t=()=>{u.textContent=g(Number(d.value)),d.setAttribute("aria-valuetext",u.textContent)};return d.addEventListener("input",()=>{t(),l?.(Number(d.value))}),t(),{node:b("div",{class:"gan-slider"},b("label",{for:f,title:i},e),d,u),input:d,get value(){return Number(d.value)},set(v){d.value=String(v),t()}}}function L(e,r,a){return b("button",{type:"button",title:r,onclick:a},e)}function Me(e,r,a,n,o){let i=`gan-choice-${ve}-${++ke}`,l=b("select",{id:i,title:o,onchange:()=>n(l.value)});for(let c of r){let[m,g]=Array.isArray(c)?c:[c,c];l.append(b("option",{value:m,selected:m===a},g))}return{node:b("div",{class:"gan-choice"},b("label",{for:i,title:o},e),l),select:l}}function Ae(e,r,a){let n=null,o=L("▶ Play",e,()=>n?l():i()),i=()=>{o.textContent="❚❚ Pause",n=setInterval(()=>o.isConnected?a(l):l(),r)},l=()=>{clearInterval(n),n=null,o.textContent="▶ Play"};return{node:o,start:i,stop:l}}function $e(e,r){let a=b("div",{class:"gan-body"}),n=b("div",{class:"gan-error",role:"alert",hidden:!0}),o=b("div",{class:"gan-note",hidden:!0}),i={"data-lm-suppress-shortcuts":!0,onkeydown:m=>m.stopPropagation()};e.append(b("div",{class:"gan-widget",role:"group","aria-label":r,...i},a,o,n));let l={body:a,redraw:()=>{},fail(m){n.hidden=!m,n.textContent=m?String(m.message||m):""},note(m){o.hidden=!m,o.textContent=m||""},coalesce(m){let g=!1,f=!1;return async function(){if(f=!0,!g){g=!0;try{for(;f;)f=!1,await m(),l.fail(null)}catch(u){l.fail(u)}finally{g=!1}}}}},c=new MutationObserver(()=>l.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),l.close=()=>c.disconnect(),l}function se(e,r,a){let n=b("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${r}`,{node:n,describe(o){n.setAttribute("aria-label",o)},draw(...o){let i=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*i),n.height=Math.round(r*i);let l=n.getContext("2d");l.scale(i,i);let c=getComputedStyle(n).color||"#222";a(l,e,r,c,...o)}}}function le(e,r,[a,n],o,i,l=1){let c=a*n,m=r.length/(l*c),g=Math.ceil(m/o),f=o*(n+1)-1,d=g*(a+1)-1,u=new ImageData(f,d);for(let v=0;v<m;v++){let E=Math.floor(v/o)*(a+1),y=v%o*(n+1);for(let T=0;T<a;T++)for(let w=0;w<n;w++){let A=4*((E+T)*f+y+w),M=v*l*c+T*n+w;for(let k=0;k<3;k++)u.data[A+k]=l===1?255-r[M]:r[M+k*c];u.data[A+3]=255}}let t=new OffscreenCanvas(f,d);t.getContext("2d").putImageData(u,0,0),e.imageSmoothingEnabled=!1,e.drawImage(t,0,0,f*i,d*i)}function Q(e){let r=e*2654435761+1>>>0,a=()=>{r=r+1831565813>>>0;let n=Math.imul(r^r>>>15,r|1);return n^=n+Math.imul(n^n>>>7,n|61),((n^n>>>14)>>>0)/4294967296};return{uniform:a,normal:n=>Float32Array.from({length:n},()=>Math.sqrt(-2*Math.log(1-a()))*Math.cos(2*Math.PI*a()))}}function xe(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function Le(e,r){let a={generator:e.generator,ask:null};if(e.send){let n=new Map,o=Math.random().toString(36).slice(2),i=0,l=(c,m)=>{let g=n.get(c.id);g&&(n.delete(c.id),c.error?g.reject(new Error(c.error)):g.resolve({content:c.content,bytes:xe(m?.[0])}))};e.on("msg:custom",l),r.addEventListener("abort",()=>e.off("msg:custom",l)),a.ask=(c,m={},g=[])=>new Promise((f,d)=>{let u=`${o}-${++i}`;n.set(u,{resolve:f,reject:d}),e.send({id:u,name:c,content:m},void 0,g)})}return a.alive=(n,o)=>{let i=l=>{o.inert=!l,o.style.opacity=l?"1":"0.5"};i(!1),n.note(a.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),a.ask?.("hello").then(()=>{i(!0),n.note(null)}).catch(n.fail)},a}function We(){document.getElementById("gan-course-style")||document.head.append(b("style",{id:"gan-course-style"},we))}function Se(e){function r({model:a,el:n}){let o=new AbortController;n.dataset.kind=a.get("kind"),We();let i=()=>{};try{i=e(n,a.get("config"),xe(a.get("data")),Le(a,o.signal))}catch(l){n.append(b("div",{class:"gan-error",role:"alert"},`This widget could not start: ${l.message}`)),console.error(l)}return()=>{o.abort(),i()}}return{render:r}}var P=9;function ze(e,r,a,n){let o=$e(e,r.title),{latent_dim:i,directions:l,shares:c,num_classes:m,channels:g=1,shape:[f,d]}=r,u=g*f*d,t={mode:"directions",seed:r.seed,psi:1,label:r.label,t:0,moved:0,first:0,raw:{}};t.steps=l.map(()=>0);let v=null,E="",y=null,T=0;function w(){let s=Q(t.seed).normal(i).map(p=>p*t.psi);l.forEach((p,h)=>t.steps[h]&&p.forEach(($,O)=>{s[O]+=t.steps[h]*$}));for(let[p,h]of Object.entries(t.raw))s[p]=h;return s}let A=w(),M=Q(t.seed+1).normal(i),k=()=>t.mode==="ab"?ie(A,M,t.t):w();function D(){let s=Array.from({length:P},(h,$)=>t.mode==="ab"?$/(P-1):$-(P-1)/2),p=s.map(h=>{if(t.mode==="ab")return ie(A,M,h);let $=w(),O=t.moved;return t.mode==="raw"?$[t.first+O]=h*.75:l[O].forEach((j,R)=>{$[R]+=(h-t.steps[O])*j}),$});return{positions:t.mode==="raw"?s.map(h=>h*.75):s,zs:p}}let N=()=>t.mode==="ab"?t.t:t.mode==="raw"?w()[t.first+t.moved]:t.steps[t.moved],I=()=>t.mode==="ab"?"from A to B":t.mode==="raw"?`coordinate ${t.first+t.moved}`:`direction ${t.moved+1}`;function C(){let s=m?`, label ${t.label}`:"",p=t.mode==="ab"?`, ${(100*t.t).toFixed(0)} % of the way from A to B`:t.mode==="raw"?`, ${I()} at ${N().toFixed(2)}`:t.steps.map((h,$)=>h?`, direction ${$+1} at ${h.toFixed(1)}`:"").join("");return`seed ${t.seed}, truncation ${t.psi.toFixed(2)}${s}${p}`}let W=280/Math.max(f,d),F=56/Math.max(f,d),x=se(d*W,f*W,(s,p,h,$,O)=>le(s,O,[f,d],1,W,g)),_=d*F+8,U=se(P*_,f*F+26,(s,p,h,$,O,j,R)=>{let ge=j.reduce((Y,B,Ie)=>Math.abs(B-R)<Math.abs(j[Y]-R)?Ie:Y,0);s.textAlign="center",j.forEach((Y,B)=>{s.save(),s.translate(B*_+4,4),le(s,O.subarray(B*u,(B+1)*u),[f,d],1,F,g),s.restore(),s.strokeStyle=B===ge?ye.fake:"transparent",s.lineWidth=3,s.strokeRect(B*_+2.5,2.5,d*F+3,f*F+3),s.fillStyle=$,s.font=`${B===ge?"bold ":""}12px system-ui, sans-serif`,s.fillText(String(Y).replace("-","−"),B*_+4+d*F/2,f*F+20)})}),Z=b("div",{class:"gan-caption","aria-live":"polite"}),ce=b("div",{class:"gan-caption"});function de(){y&&(U.draw(y.pixels,y.positions,N()),U.describe(`Nine pictures along ${I()}, from ${y.positions[0]} to ${y.positions[P-1]}`),ce.textContent=`The neighbours: ${I()}, the rest as above. Click one to go there.`)}let ee=0;async function Te(){let s=++ee,p=JSON.stringify([t.mode,t.seed,t.psi,t.label,t.first,t.moved,Array.from(A),Array.from(M),t.steps.map((h,$)=>$===t.moved?0:h),{...t.raw,[t.first+t.moved]:0}]);if(p!==E){let{positions:h,zs:$}=D(),O=new Uint8Array(P*u);for(let j=0;j<P;j+=v.where==="the kernel"?P:1){if(await new Promise(R=>setTimeout(R)),s!==ee)return;O.set(await v.draw(v.where==="the kernel"?$:[$[j]],t.label),j*u)}if(s!==ee)return;y={pixels:O,positions:h},E=p}de()}let S=o.coalesce(async()=>{if(!v)return;let s=performance.now(),p=await v.draw([k()],t.label);x.draw(p),x.describe(`Generated picture: ${C()}`),Z.textContent=C(),x.node.dataset.frame=String(++T),x.node.dataset.ms=(performance.now()-s).toFixed(2),Te().catch(o.fail)});U.node.addEventListener("click",s=>{if(!y)return;let p=Math.min(P-1,Math.floor(s.offsetX/U.node.clientWidth*P));t.mode==="ab"?X(y.positions[p]):((t.mode==="raw"?q:ne)[t.moved].set(y.positions[p]),te(t.moved,y.positions[p])),S()});function te(s,p){t.moved=s,t.mode==="raw"?t.raw[t.first+s]=p:t.steps[s]=p}let ne=l.map((s,p)=>z({label:`direction ${p+1} · ${(100*c[p]).toFixed(0)} %`,low:-4,high:4,step:.1,value:0,tip:`Moves z along the direction that changes the picture ${p?`most after the first ${p}`:"most"}: ${(100*c[p]).toFixed(0)} % of all change`,change:h=>{te(p,h),S()}})),q=Array.from({length:Math.min(6,i)},(s,p)=>z({label:`z[${p}]`,low:-3,high:3,step:.05,value:0,tip:"Sets one coordinate of z",change:h=>{te(p,h),S()}})),Ce=z({label:"first coordinate shown",low:0,high:Math.max(0,i-q.length),step:1,value:0,tip:"Which six coordinates the sliders below set",change:s=>{t.first=s,G(),S()}});function G(){let s=w();q.forEach((p,h)=>{p.node.querySelector("label").textContent=`z[${t.first+h}]`,p.set(s[t.first+h])})}let J=z({label:"from A to B",low:0,high:1,step:.02,value:0,tip:"Along the arc from picture A to picture B",change:s=>{t.t=s,S()}}),X=s=>{t.t=s,J.set(s)},oe=1,re=Ae("Walk from A to B and back",60,()=>{t.t>=1&&(oe=-1),t.t<=0&&(oe=1),X(Math.min(1,Math.max(0,t.t+.02*oe))),S()}),K={directions:b("div",{},...ne.map(s=>s.node)),raw:b("div",{},Ce.node,...q.map(s=>s.node)),ab:b("div",{},J.node,b("div",{class:"gan-row"},re.node,L("A = this one","Start the walk at the picture shown",()=>{A=k(),X(0),S()}),L("B = this one","End the walk at the picture shown",()=>{M=k(),X(1),S()}),L("New B","End the walk at a random picture",()=>{M=Q(Math.floor(1e6*Math.random())).normal(i),S()})))},Oe=Me("move",[["directions","leading directions of z"],["raw","raw coordinates of z"],["ab","from A to B"]],"directions",s=>{s==="ab"&&(A=k()),t.mode==="ab"&&re.stop(),Object.assign(t,{mode:s,moved:0,t:0}),J.set(0),s==="raw"&&G();for(let[p,h]of Object.entries(K))h.hidden=p!==s;S()},"What the sliders below move");K.raw.hidden=K.ab.hidden=!0;let V=b("div",{class:"gan-row gan-labels",role:"group","aria-label":"label"});for(let s=0;s<m;s++)V.append(L(String(s),`Ask for a ${s}`,p=>{t.label=s;for(let h of V.children)h.setAttribute("aria-pressed",String(h===p.currentTarget));S()}));m&&V.children[t.label].setAttribute("aria-pressed","true");let me=z({label:"truncation ψ",low:0,high:1.5,step:.05,value:1,tip:"Shrinks z towards 0: typical pictures, less variety",change:s=>{t.psi=s,S()}}),fe=z({label:"seed",low:0,high:999,step:1,value:t.seed,tip:"Which random z to start from",change:s=>{t.seed=s,S()}});function Ee(){Object.assign(t,{psi:1,raw:{},t:0}),t.steps.fill(0),me.set(1),J.set(0);for(let s of ne)s.set(0);G(),S()}let Fe=()=>{t.seed=Math.floor(1e3*Math.random()),fe.set(t.seed),t.mode==="raw"&&G(),S()},ae=b("div",{class:"gan-controls"},Oe.node,...Object.values(K),m?V:null,me.node,fe.node,b("div",{class:"gan-row"},L("Random","Another seed",Fe),L("Reset","Directions to 0, truncation to 1",Ee)));return o.body.append(b("div",{class:"gan-title"},r.title),b("div",{class:"gan-split"},b("figure",{},x.node,Z),ae),b("div",{class:"gan-strip"},U.node,ce)),o.redraw=()=>de(),x.draw(a.subarray(0,u)),x.describe(`Generated picture: ${C()}`),Z.textContent=C(),o.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),he(r,n,a).then(s=>{v=s,o.note(s?null:be(r)),ae.inert=!s,ae.style.opacity=s?"1":"0.5",e.dataset.engine=s?s.where:"none",S()}).catch(o.fail),()=>{re.stop(),o.close()}}var Ye=Se(ze);export{Ye as default};
