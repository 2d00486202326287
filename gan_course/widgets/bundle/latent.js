function Ee(t){let r=new DataView(t.buffer,t.byteOffset,t.byteLength),i=new Float32Array(r.getUint32(0,!0)),n=4+4*Math.ceil(i.length/16);for(let a=0;a<i.length;a++)i[a]=r.getInt16(n+2*a,!0)*r.getFloat32(4+4*(a>>4),!0);return i}function fe(t){return Uint8Array.from(atob(t),r=>r.charCodeAt(0))}var Oe={linear(t,{n_in:r,n_out:i,weight:n,bias:a},o){let l=new Float32Array(i);for(let c=0,f=n;c<i;c++){let d=o[a+c];for(let m=0;m<r;m++,f++)d+=o[f]*t[m];l[c]=d}return l},relu(t,{slope:r}){for(let i=0;i<t.length;i++)t[i]<0&&(t[i]*=r);return t},tanh(t){for(let r=0;r<t.length;r++)t[r]=Math.tanh(t[r]);return t},upsample(t,{shape:[r,i,n],factor:a}){let o=i*a,l=n*a,c=new Float32Array(r*o*l);for(let f=0,d=0;f<r;f++)for(let m=0;m<o;m++)for(let e=0;e<l;e++,d++)c[d]=t[(f*i+Math.floor(m/a))*n+Math.floor(e/a)];return c},conv(t,{shape:[r,i,n],out:[a,o,l],kernel:[c,f],stride:d,padding:[m,e],weight:g,bias:M},v){let F=(b,k)=>Math.max(0,Math.ceil((b-k)/d)),w=(b,k,C,x)=>Math.min(b,Math.floor((k-1+C-x)/d)+1),y=new Float32Array(a*o*l);for(let b=0;b<a;b++){y.fill(v[M+b],b*o*l,(b+1)*o*l);for(let k=0;k<r;k++)for(let C=0;C<c;C++)for(let x=0;x<f;x++){let D=v[g+((b*r+k)*c+C)*f+x],L=F(e,x),j=w(l,n,e,x);for(let $=F(m,C);$<w(o,i,m,C);$++){let O=(k*i+d*$+C-m)*n+x-e,W=(b*o+$)*l;for(let T=L;T<j;T++)y[W+T]+=D*t[O+d*T]}}}return y},transposed(t,{shape:[r,i,n],out:[a,o,l],kernel:[c,f],stride:d,padding:[m,e],weight:g,bias:M},v){let F=new Float32Array(a*o*l);for(let w=0;w<a;w++)F.fill(v[M+w],w*o*l,(w+1)*o*l);for(let w=0;w<r;w++)for(let y=0;y<i;y++)for(let b=0;b<n;b++){let k=t[(w*i+y)*n+b];if(k===0)continue;let C=y*d-m,x=b*d-e,D=Math.max(0,-x),L=Math.min(f,l-x);for(let j=0;j<a;j++)for(let $=Math.max(0,-C);$<Math.min(c,o-C);$++){let O=g+((w*a+j)*c+$)*f,W=(j*o+C+$)*l+x;for(let T=D;T<L;T++)F[W+T]+=k*v[O+T]}}return F},keep(t,r,i,{shelf:n}){return n.push(t.slice()),t},join(t,r,i,{shelf:n}){let a=n.pop(),o=new Float32Array(t.length+a.length);return o.set(t),o.set(a,t.length),o},paste(t,r,i,{input:n}){return t.map((a,o)=>n[t.length+o]>.5?n[o]:a)}};function oe(t,r){let i=Ee(r),{latent_dim:n,num_classes:a,label_dim:o,label_table:l}=t;return(c,f=0)=>{let d=new Float32Array(n+o);if(d.set(c.subarray(0,n)),a&&l==null)d[n+f]=1;else if(a)for(let e=0;e<o;e++)d[n+e]=i[l+e*a+f];let m={shelf:[],input:d};return t.operations.reduce((e,g)=>Oe[g.op](e,g,i,m),d)}}function me(t){return Uint8Array.from(t,r=>Math.round((Math.min(1,Math.max(-1,r))+1)*127.5))}var ue=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var pe={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function h(t,r={},...i){let n=document.createElement(t);for(let[a,o]of Object.entries(r))a.startsWith("on")?n.addEventListener(a.slice(2),o):o!==!1&&o!=null&&n.setAttribute(a,o===!0?"":o);return n.append(...i.filter(a=>a!=null)),n}var ge=Math.random().toString(36).slice(2),he=0;function N({label:t,low:r,high:i,step:n,value:a,tip:o,change:l,format:c}){let f=Math.max(0,Math.ceil(-Math.log10(n))),d=c||(v=>v.toFixed(Number.isInteger(n)?0:f).replace("-","−")),m=`gan-slider-${ge}-${++he}`,e=h("input",{type:"range",id:m,min:r,max:i,step:n,value:a,title:o}),g=h("output",{for:m}),M=()=>{g.textContent=d(Number(e.value)),e.setAttribute("aria-valuetext",g.textContent)};return e.addEventListener("input",()=>{M(),l?.(Number(e.value))}),M(),{node:h("div",{class:"gan-slider"},h("label",{for:m,title:o},t),e,g),input:e,get value(){return Number(e.value)},set(v){e.value=String(v),M()}}}function R(t,r,i){return h("button",{type:"button",title:r,onclick:i},t)}function be(t,r,i,n,a){let o=`gan-choice-${ge}-${++he}`,l=h("select",{id:o,title:a,onchange:()=>n(l.value)});for(let c of r){let[f,d]=Array.isArray(c)?c:[c,c];l.append(h("option",{value:f,selected:f===i},d))}return{node:h("div",{class:"gan-choice"},h("label",{for:o,title:a},t),l),select:l}}function we(t,r,i){let n=null,a=R("▶ Play",t,()=>n?l():o()),o=()=>{a.textContent="❚❚ Pause",n=setInterval(()=>a.isConnected?i(l):l(),r)},l=()=>{clearInterval(n),n=null,a.textContent="▶ Play"};return{node:a,start:o,stop:l}}function ve(t,r){let i=h("div",{class:"gan-body"}),n=h("div",{class:"gan-error",role:"alert",hidden:!0}),a=h("div",{class:"gan-note",hidden:!0}),o={"data-lm-suppress-shortcuts":!0,onkeydown:f=>f.stopPropagation()};t.append(h("div",{class:"gan-widget",role:"group","aria-label":r,...o},i,a,n));let l={body:i,redraw:()=>{},fail(f){n.hidden=!f,n.textContent=f?String(f.message||f):""},note(f){a.hidden=!f,a.textContent=f||""},coalesce(f){let d=!1,m=!1;return async function(){if(m=!0,!d){d=!0;try{for(;m;)m=!1,await f(),l.fail(null)}catch(g){l.fail(g)}finally{d=!1}}}}},c=new MutationObserver(()=>l.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),l.close=()=>c.disconnect(),l}function ae(t,r,i){let n=h("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${t}px`,n.style.maxWidth=`min(100%, ${t}px)`,n.style.aspectRatio=`${t} / ${r}`,{node:n,describe(a){n.setAttribute("aria-label",a)},draw(...a){let o=(window.devicePixelRatio||1)*((n.clientWidth||t)/t);n.width=Math.round(t*o),n.height=Math.round(r*o);let l=n.getContext("2d");l.scale(o,o);let c=getComputedStyle(n).color||"#222";i(l,t,r,c,...a)}}}function re(t,r,[i,n],a,o,l=1){let c=r.length/(i*n),f=Math.ceil(c/a),d=a*(n+l)-l,m=f*(i+l)-l,e=new ImageData(d,m);for(let M=0;M<c;M++){let v=Math.floor(M/a)*(i+l),F=M%a*(n+l);for(let w=0;w<i;w++)for(let y=0;y<n;y++){let b=4*((v+w)*d+F+y),k=255-r[(M*i+w)*n+y];e.data[b]=e.data[b+1]=e.data[b+2]=k,e.data[b+3]=255}}let g=new OffscreenCanvas(d,m);g.getContext("2d").putImageData(e,0,0),t.imageSmoothingEnabled=!1,t.drawImage(g,0,0,d*o,m*o)}function V(t){let r=t*2654435761+1>>>0,i=()=>{r=r+1831565813>>>0;let n=Math.imul(r^r>>>15,r|1);return n^=n+Math.imul(n^n>>>7,n|61),((n^n>>>14)>>>0)/4294967296};return{uniform:i,normal:n=>Float32Array.from({length:n},()=>Math.sqrt(-2*Math.log(1-i()))*Math.cos(2*Math.PI*i()))}}function ye(t){return t?new Uint8Array(t.buffer||t,t.byteOffset||0,t.byteLength):new Uint8Array}function je(t,r){let i={generator:t.generator,ask:null};if(t.send){let n=new Map,a=Math.random().toString(36).slice(2),o=0,l=(c,f)=>{let d=n.get(c.id);d&&(n.delete(c.id),c.error?d.reject(new Error(c.error)):d.resolve({content:c.content,bytes:ye(f?.[0])}))};t.on("msg:custom",l),r.addEventListener("abort",()=>t.off("msg:custom",l)),i.ask=(c,f={},d=[])=>new Promise((m,e)=>{let g=`${a}-${++o}`;n.set(g,{resolve:m,reject:e}),t.send({id:g,name:c,content:f},void 0,d)})}return i.alive=(n,a)=>{let o=l=>{a.inert=!l,a.style.opacity=l?"1":"0.5"};o(!1),n.note(i.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),i.ask?.("hello").then(()=>{o(!0),n.note(null)}).catch(n.fail)},i}function Ie(){document.getElementById("gan-course-style")||document.head.append(h("style",{id:"gan-course-style"},ue))}function Me(t){function r({model:i,el:n}){let a=new AbortController;n.dataset.kind=i.get("kind"),Ie();let o=()=>{};try{o=t(n,i.get("config"),ye(i.get("data")),je(i,a.signal))}catch(l){n.append(h("div",{class:"gan-error",role:"alert"},`This widget could not start: ${l.message}`)),console.error(l)}return()=>{a.abort(),o()}}return{render:r}}var P=9;function ke(t,r,i){let n=e=>Math.hypot(...e),[a,o]=[n(t),n(r)],l=Math.min(1,Math.max(-1,t.reduce((e,g,M)=>e+g*r[M],0)/(a*o||1))),c=Math.acos(l),f=(1-i)*a+i*o;if(c<1e-4||!a||!o)return t.map((e,g)=>(1-i)*e+i*r[g]);let[d,m]=[Math.sin((1-i)*c)/Math.sin(c),Math.sin(i*c)/Math.sin(c)];return t.map((e,g)=>f*(d*(e/a)+m*(r[g]/o)))}async function Pe(t,r){let{shape:i}=t,n=i[0]*i[1],a=o=>({where:"this browser",draw:async(l,c)=>{let f=new Uint8Array(l.length*n);for(let[d,m]of l.entries())f.set(me(o(m,c)),d*n);return f}});if(t.portable){let o=await r.generator?.(t.name);if(o)return a(oe(o.program,fe(o.weights)))}if(!r.ask)return null;if(t.portable){let o=await r.ask("weights");return a(oe(o.content,o.bytes))}return{where:"the kernel",draw:async(o,l)=>{let c=new Float32Array(o.length*t.latent_dim);return o.forEach((f,d)=>c.set(f,d*t.latent_dim)),(await r.ask("draw",{count:o.length,label:l},[c.buffer])).bytes}}}function Be(t,r,i,n){let a=ve(t,r.title),{latent_dim:o,directions:l,shares:c,num_classes:f,shape:[d,m]}=r,e={mode:"directions",seed:r.seed,psi:1,label:r.label,t:0,moved:0,first:0,raw:{}};e.steps=l.map(()=>0);let g=null,M="",v=null,F=0;function w(){let s=V(e.seed).normal(o).map(u=>u*e.psi);l.forEach((u,p)=>e.steps[p]&&u.forEach((A,E)=>{s[E]+=e.steps[p]*A}));for(let[u,p]of Object.entries(e.raw))s[u]=p;return s}let y=w(),b=V(e.seed+1).normal(o),k=()=>e.mode==="ab"?ke(y,b,e.t):w();function C(){let s=Array.from({length:P},(p,A)=>e.mode==="ab"?A/(P-1):A-(P-1)/2),u=s.map(p=>{if(e.mode==="ab")return ke(y,b,p);let A=w(),E=e.moved;return e.mode==="raw"?A[e.first+E]=p*.75:l[E].forEach((I,U)=>{A[U]+=(p-e.steps[E])*I}),A});return{positions:e.mode==="raw"?s.map(p=>p*.75):s,zs:u}}let x=()=>e.mode==="ab"?e.t:e.mode==="raw"?w()[e.first+e.moved]:e.steps[e.moved],D=()=>e.mode==="ab"?"from A to B":e.mode==="raw"?`coordinate ${e.first+e.moved}`:`direction ${e.moved+1}`;function L(){let s=f?`, label ${e.label}`:"",u=e.mode==="ab"?`, ${(100*e.t).toFixed(0)} % of the way from A to B`:e.mode==="raw"?`, ${D()} at ${x().toFixed(2)}`:e.steps.map((p,A)=>p?`, direction ${A+1} at ${p.toFixed(1)}`:"").join("");return`seed ${e.seed}, truncation ${e.psi.toFixed(2)}${s}${u}`}let j=280/Math.max(d,m),$=56/Math.max(d,m),O=ae(m*j,d*j,(s,u,p,A,E)=>re(s,E,[d,m],1,j)),W=m*$+8,T=ae(P*W,d*$+26,(s,u,p,A,E,I,U)=>{let ce=I.reduce((K,B,Ce)=>Math.abs(B-U)<Math.abs(I[K]-U)?Ce:K,0);s.textAlign="center",I.forEach((K,B)=>{s.save(),s.translate(B*W+4,4),re(s,E.subarray(B*d*m,(B+1)*d*m),[d,m],1,$),s.restore(),s.strokeStyle=B===ce?pe.fake:"transparent",s.lineWidth=3,s.strokeRect(B*W+2.5,2.5,m*$+3,d*$+3),s.fillStyle=A,s.font=`${B===ce?"bold ":""}12px system-ui, sans-serif`,s.fillText(String(K).replace("-","−"),B*W+4+m*$/2,d*$+20)})}),Y=h("div",{class:"gan-caption","aria-live":"polite"}),ie=h("div",{class:"gan-caption"});function se(){v&&(T.draw(v.pixels,v.positions,x()),T.describe(`Nine pictures along ${D()}, from ${v.positions[0]} to ${v.positions[P-1]}`),ie.textContent=`The neighbours: ${D()}, the rest as above. Click one to go there.`)}let H=0;async function Ae(){let s=++H,u=JSON.stringify([e.mode,e.seed,e.psi,e.label,e.first,e.moved,Array.from(y),Array.from(b),e.steps.map((p,A)=>A===e.moved?0:p),{...e.raw,[e.first+e.moved]:0}]);if(u!==M){let{positions:p,zs:A}=C(),E=new Uint8Array(P*d*m);for(let I=0;I<P;I+=g.where==="the kernel"?P:1){if(await new Promise(U=>setTimeout(U)),s!==H)return;E.set(await g.draw(g.where==="the kernel"?A:[A[I]],e.label),I*d*m)}if(s!==H)return;v={pixels:E,positions:p},M=u}se()}let S=a.coalesce(async()=>{if(!g)return;let s=performance.now(),u=await g.draw([k()],e.label);O.draw(u),O.describe(`Generated picture: ${L()}`),Y.textContent=L(),O.node.dataset.frame=String(++F),O.node.dataset.ms=(performance.now()-s).toFixed(2),Ae().catch(a.fail)});T.node.addEventListener("click",s=>{if(!v)return;let u=Math.min(P-1,Math.floor(s.offsetX/T.node.clientWidth*P));e.mode==="ab"?G(v.positions[u]):((e.mode==="raw"?z:Z)[e.moved].set(v.positions[u]),Q(e.moved,v.positions[u])),S()});function Q(s,u){e.moved=s,e.mode==="raw"?e.raw[e.first+s]=u:e.steps[s]=u}let Z=l.map((s,u)=>N({label:`direction ${u+1} · ${(100*c[u]).toFixed(0)} %`,low:-4,high:4,step:.1,value:0,tip:`Moves z along the direction that changes the picture ${u?`most after the first ${u}`:"most"}: ${(100*c[u]).toFixed(0)} % of all change`,change:p=>{Q(u,p),S()}})),z=Array.from({length:Math.min(6,o)},(s,u)=>N({label:`z[${u}]`,low:-3,high:3,step:.05,value:0,tip:"Sets one coordinate of z",change:p=>{Q(u,p),S()}})),$e=N({label:"first coordinate shown",low:0,high:Math.max(0,o-z.length),step:1,value:0,tip:"Which six coordinates the sliders below set",change:s=>{e.first=s,_(),S()}});function _(){let s=w();z.forEach((u,p)=>{u.node.querySelector("label").textContent=`z[${e.first+p}]`,u.set(s[e.first+p])})}let q=N({label:"from A to B",low:0,high:1,step:.02,value:0,tip:"Along the arc from picture A to picture B",change:s=>{e.t=s,S()}}),G=s=>{e.t=s,q.set(s)},ee=1,te=we("Walk from A to B and back",60,()=>{e.t>=1&&(ee=-1),e.t<=0&&(ee=1),G(Math.min(1,Math.max(0,e.t+.02*ee))),S()}),J={directions:h("div",{},...Z.map(s=>s.node)),raw:h("div",{},$e.node,...z.map(s=>s.node)),ab:h("div",{},q.node,h("div",{class:"gan-row"},te.node,R("A = this one","Start the walk at the picture shown",()=>{y=k(),G(0),S()}),R("B = this one","End the walk at the picture shown",()=>{b=k(),G(1),S()}),R("New B","End the walk at a random picture",()=>{b=V(Math.floor(1e6*Math.random())).normal(o),S()})))},Se=be("move",[["directions","leading directions of z"],["raw","raw coordinates of z"],["ab","from A to B"]],"directions",s=>{s==="ab"&&(y=k()),e.mode==="ab"&&te.stop(),Object.assign(e,{mode:s,moved:0,t:0}),q.set(0),s==="raw"&&_();for(let[u,p]of Object.entries(J))p.hidden=u!==s;S()},"What the sliders below move");J.raw.hidden=J.ab.hidden=!0;let X=h("div",{class:"gan-row gan-labels",role:"group","aria-label":"label"});for(let s=0;s<f;s++)X.append(R(String(s),`Ask for a ${s}`,u=>{e.label=s;for(let p of X.children)p.setAttribute("aria-pressed",String(p===u.currentTarget));S()}));f&&X.children[e.label].setAttribute("aria-pressed","true");let le=N({label:"truncation ψ",low:0,high:1.5,step:.05,value:1,tip:"Shrinks z towards 0: typical pictures, less variety",change:s=>{e.psi=s,S()}}),de=N({label:"seed",low:0,high:999,step:1,value:e.seed,tip:"Which random z to start from",change:s=>{e.seed=s,S()}});function xe(){Object.assign(e,{psi:1,raw:{},t:0}),e.steps.fill(0),le.set(1),q.set(0);for(let s of Z)s.set(0);_(),S()}let Te=()=>{e.seed=Math.floor(1e3*Math.random()),de.set(e.seed),e.mode==="raw"&&_(),S()},ne=h("div",{class:"gan-controls"},Se.node,...Object.values(J),f?X:null,le.node,de.node,h("div",{class:"gan-row"},R("Random","Another seed",Te),R("Reset","Directions to 0, truncation to 1",xe)));return a.body.append(h("div",{class:"gan-title"},r.title),h("div",{class:"gan-split"},h("figure",{},O.node,Y),ne),h("div",{class:"gan-strip"},T.node,ie)),a.redraw=()=>se(),O.draw(i),O.describe(`Generated picture: ${L()}`),Y.textContent=L(),a.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),Pe(r,n).then(s=>{g=s,a.note(s?null:"These sliders need the notebook: this generator was trained in it. The picture is the first one."),ne.inert=!s,ne.style.opacity=s?"1":"0.5",t.dataset.engine=s?s.where:"none",S()}).catch(a.fail),()=>{te.stop(),a.close()}}var Ge=Me(Be);export{Ge as default};
