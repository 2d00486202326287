function Pe(e){let o=new DataView(e.buffer,e.byteOffset,e.byteLength),s=new Float32Array(o.getUint32(0,!0)),n=4+4*Math.ceil(s.length/16);for(let a=0;a<s.length;a++)s[a]=o.getInt16(n+2*a,!0)*o.getFloat32(4+4*(a>>4),!0);return s}function Me(e){return Uint8Array.from(atob(e),o=>o.charCodeAt(0))}var ze={linear(e,{n_in:o,n_out:s,weight:n,bias:a},r){let l=new Float32Array(s);for(let c=0,m=n;c<s;c++){let h=r[a+c];for(let f=0;f<o;f++,m++)h+=r[m]*e[f];l[c]=h}return l},relu(e,{slope:o}){for(let s=0;s<e.length;s++)e[s]<0&&(e[s]*=o);return e},tanh(e){for(let o=0;o<e.length;o++)e[o]=Math.tanh(e[o]);return e},upsample(e,{shape:[o,s,n],factor:a}){let r=s*a,l=n*a,c=new Float32Array(o*r*l);for(let m=0,h=0;m<o;m++)for(let f=0;f<r;f++)for(let d=0;d<l;d++,h++)c[h]=e[(m*s+Math.floor(f/a))*n+Math.floor(d/a)];return c},conv(e,{shape:[o,s,n],out:[a,r,l],kernel:[c,m],stride:h,padding:[f,d],weight:u,bias:t},p){let E=(v,A)=>Math.max(0,Math.ceil((v-A)/h)),k=(v,A,M,$)=>Math.min(v,Math.floor((A-1+M-$)/h)+1),F=new Float32Array(a*r*l);for(let v=0;v<a;v++){F.fill(p[t+v],v*r*l,(v+1)*r*l);for(let A=0;A<o;A++)for(let M=0;M<c;M++)for(let $=0;$<m;$++){let B=p[u+((v*o+A)*c+M)*m+$],R=E(d,$),O=k(l,n,d,$);for(let j=E(f,M);j<k(r,s,f,M);j++){let I=(A*s+h*j+M-f)*n+$-d,P=(v*r+j)*l;for(let S=R;S<O;S++)F[P+S]+=B*e[I+h*S]}}}return F},transposed(e,{shape:[o,s,n],out:[a,r,l],kernel:[c,m],stride:h,padding:[f,d],weight:u,bias:t},p){let E=new Float32Array(a*r*l);for(let k=0;k<a;k++)E.fill(p[t+k],k*r*l,(k+1)*r*l);for(let k=0;k<o;k++)for(let F=0;F<s;F++)for(let v=0;v<n;v++){let A=e[(k*s+F)*n+v];if(A===0)continue;let M=F*h-f,$=v*h-d,B=Math.max(0,-$),R=Math.min(m,l-$);for(let O=0;O<a;O++)for(let j=Math.max(0,-M);j<Math.min(c,r-M);j++){let I=u+((k*a+O)*c+j)*m,P=(O*r+M+j)*l+$;for(let S=B;S<R;S++)E[P+S]+=A*p[I+S]}}return E},keep(e,o,s,{shelf:n}){return n.push(e.slice()),e},join(e,o,s,{shelf:n}){let a=n.pop(),r=new Float32Array(e.length+a.length);return r.set(e),r.set(a,e.length),r},paste(e,{channels:o=1},s,{input:n}){let a=e.length/o;return e.map((r,l)=>n[e.length+l%a]>.5?n[l]:r)}};function le(e,o){let s=Pe(o),{latent_dim:n,num_classes:a,label_dim:r,label_table:l}=e;return(c,m=0)=>{let h=new Float32Array(n+r);h.set(c.subarray(0,n));for(let d=0;d<a;d++){let u=typeof m=="number"?+(d===m):m[d];if(l==null)h[n+d]=u;else for(let t=0;t<r;t++)h[n+t]+=u*s[l+t*a+d]}let f={shelf:[],input:h};return e.operations.reduce((d,u)=>ze[u.op](d,u,s,f),h)}}function Ae(e){return Uint8Array.from(e,o=>Math.round((Math.min(1,Math.max(-1,o))+1)*127.5))}var $e=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var xe={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function w(e,o={},...s){let n=document.createElement(e);for(let[a,r]of Object.entries(o))a.startsWith("on")?n.addEventListener(a.slice(2),r):r!==!1&&r!=null&&n.setAttribute(a,r===!0?"":r);return n.append(...s.filter(a=>a!=null)),n}var Se=Math.random().toString(36).slice(2),Te=0;function U({label:e,low:o,high:s,step:n,value:a,tip:r,change:l,format:c}){let m=Math.max(0,Math.ceil(-Math.log10(n))),h=c||(p=>p.toFixed(Number.isInteger(n)?0:m).replace("-","−")),f=`gan-slider-${Se}-${++Te}`,d=w("input",{type:"range",id:f,min:o,max:s,step:n,value:a,title:r}),u=w("output",{for:f}),t=()=>{u.textContent=h(Number(d.value)),d.setAttribute("aria-valuetext",u.textContent)};return d.addEventListener("input",()=>{t(),l?.(Number(d.value))}),t(),{node:w("div",{class:"gan-slider"},w("label",{for:f,title:r},e),d,u),input:d,get value(){return Number(d.value)},set(p){d.value=String(p),t()}}}function _(e,o,s){return w("button",{type:"button",title:o,onclick:s},e)}function ce(e,o,s,n,a){let r=`gan-choice-${Se}-${++Te}`,l=w("select",{id:r,title:a,onchange:()=>n(l.value)});for(let c of o){let[m,h]=Array.isArray(c)?c:[c,c];l.append(w("option",{value:m,selected:m===s},h))}return{node:w("div",{class:"gan-choice"},w("label",{for:r,title:a},e),l),select:l}}function Ce(e,o,s){let n=null,a=_("▶ Play",e,()=>n?l():r()),r=()=>{a.textContent="❚❚ Pause",n=setInterval(()=>a.isConnected?s(l):l(),o)},l=()=>{clearInterval(n),n=null,a.textContent="▶ Play"};return{node:a,start:r,stop:l}}function de(e,o){let s=w("div",{class:"gan-body"}),n=w("div",{class:"gan-error",role:"alert",hidden:!0}),a=w("div",{class:"gan-note",hidden:!0}),r={"data-lm-suppress-shortcuts":!0,onkeydown:m=>m.stopPropagation()};e.append(w("div",{class:"gan-widget",role:"group","aria-label":o,...r},s,a,n));let l={body:s,redraw:()=>{},fail(m){n.hidden=!m,n.textContent=m?String(m.message||m):""},note(m){a.hidden=!m,a.textContent=m||""},coalesce(m){let h=!1,f=!1;return async function(){if(f=!0,!h){h=!0;try{for(;f;)f=!1,await m(),l.fail(null)}catch(u){l.fail(u)}finally{h=!1}}}}},c=new MutationObserver(()=>l.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),l.close=()=>c.disconnect(),l}function ee(e,o,s){let n=w("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${o}`,{node:n,describe(a){n.setAttribute("aria-label",a)},draw(...a){let r=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*r),n.height=Math.round(o*r);let l=n.getContext("2d");l.scale(r,r);let c=getComputedStyle(n).color||"#222";s(l,e,o,c,...a)}}}function te(e,o,[s,n],a,r,l=1){let c=s*n,m=o.length/(l*c),h=Math.ceil(m/a),f=a*(n+1)-1,d=h*(s+1)-1,u=new ImageData(f,d);for(let p=0;p<m;p++){let E=Math.floor(p/a)*(s+1),k=p%a*(n+1);for(let F=0;F<s;F++)for(let v=0;v<n;v++){let A=4*((E+F)*f+k+v),M=p*l*c+F*n+v;for(let $=0;$<3;$++)u.data[A+$]=l===1?255-o[M]:o[M+$*c];u.data[A+3]=255}}let t=new OffscreenCanvas(f,d);t.getContext("2d").putImageData(u,0,0),e.imageSmoothingEnabled=!1,e.drawImage(t,0,0,f*r,d*r)}function H(e){let o=e*2654435761+1>>>0,s=()=>{o=o+1831565813>>>0;let n=Math.imul(o^o>>>15,o|1);return n^=n+Math.imul(n^n>>>7,n|61),((n^n>>>14)>>>0)/4294967296};return{uniform:s,normal:n=>Float32Array.from({length:n},()=>Math.sqrt(-2*Math.log(1-s()))*Math.cos(2*Math.PI*s()))}}function Fe(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function Le(e,o){let s={generator:e.generator,ask:null};if(e.send){let n=new Map,a=Math.random().toString(36).slice(2),r=0,l=(c,m)=>{let h=n.get(c.id);h&&(n.delete(c.id),c.error?h.reject(new Error(c.error)):h.resolve({content:c.content,bytes:Fe(m?.[0])}))};e.on("msg:custom",l),o.addEventListener("abort",()=>e.off("msg:custom",l)),s.ask=(c,m={},h=[])=>new Promise((f,d)=>{let u=`${a}-${++r}`;n.set(u,{resolve:f,reject:d}),e.send({id:u,name:c,content:m},void 0,h)})}return s.alive=(n,a)=>{let r=l=>{a.inert=!l,a.style.opacity=l?"1":"0.5"};r(!1),n.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{r(!0),n.note(null)}).catch(n.fail)},s}function Ne(){document.getElementById("gan-course-style")||document.head.append(w("style",{id:"gan-course-style"},$e))}function me(e){function o({model:s,el:n}){let a=new AbortController;n.dataset.kind=s.get("kind"),Ne();let r=()=>{};try{r=e(n,s.get("config"),Fe(s.get("data")),Le(s,a.signal))}catch(l){n.append(w("div",{class:"gan-error",role:"alert"},`This widget could not start: ${l.message}`)),console.error(l)}return()=>{a.abort(),r()}}return{render:o}}var q=9;function fe(e,o,s){let n=d=>Math.hypot(...d),[a,r]=[n(e),n(o)],l=Math.min(1,Math.max(-1,e.reduce((d,u,t)=>d+u*o[t],0)/(a*r||1))),c=Math.acos(l),m=(1-s)*a+s*r;if(c<1e-4||!a||!r)return e.map((d,u)=>(1-s)*d+s*o[u]);let[h,f]=[Math.sin((1-s)*c)/Math.sin(c),Math.sin(s*c)/Math.sin(c)];return e.map((d,u)=>m*(h*(d/a)+f*(o[u]/r)))}async function ge(e,o,s){let{shape:n,channels:a=1}=e,r=a*n[0]*n[1],l=c=>({where:"this browser",draw:async(m,h)=>{let f=new Uint8Array(m.length*r);for(let[d,u]of m.entries())f.set(Ae(c(u,h)),d*r);return f}});if(e.portable){let c=await o.generator?.(e.name);if(c)return l(le(c.program,Me(c.weights)));if(e.program)return l(le(e.program,s.subarray(e.pictures)))}if(!o.ask)return null;if(e.portable){let c=await o.ask("weights");return l(le(c.content,c.bytes))}return{where:"the kernel",draw:async(c,m)=>{let h=new Float32Array(c.length*e.latent_dim);return c.forEach((f,d)=>h.set(f,d*e.latent_dim)),(await o.ask("draw",{count:c.length,label:m},[h.buffer])).bytes}}}function be({weights:e=0}){return`This generator was trained in the notebook and is too large to travel with the page.${e?` It has ${Math.ceil(e/1e3)} kB of weights; up to 300 travel.`:""} To move the sliders, download the notebook (the link is at the top of the page) and run it, or use the explorer of a generator that comes with the course, in notebook 00. The picture is the first one.`}function Re(e,o,s,n){let a=de(e,o.title),{latent_dim:r,directions:l,shares:c,num_classes:m,channels:h=1,shape:[f,d]}=o,u=h*f*d,t={mode:"directions",seed:o.seed,psi:1,label:o.label,t:0,moved:0,first:0,raw:{}};t.steps=l.map(()=>0);let p=null,E="",k=null,F=0;function v(){let i=H(t.seed).normal(r).map(b=>b*t.psi);l.forEach((b,y)=>t.steps[y]&&b.forEach((C,N)=>{i[N]+=t.steps[y]*C}));for(let[b,y]of Object.entries(t.raw))i[b]=y;return i}let A=v(),M=H(t.seed+1).normal(r),$=()=>t.mode==="ab"?fe(A,M,t.t):v();function B(){let i=Array.from({length:q},(y,C)=>t.mode==="ab"?C/(q-1):C-(q-1)/2),b=i.map(y=>{if(t.mode==="ab")return fe(A,M,y);let C=v(),N=t.moved;return t.mode==="raw"?C[t.first+N]=y*.75:l[N].forEach((D,Q)=>{C[Q]+=(y-t.steps[N])*D}),C});return{positions:t.mode==="raw"?i.map(y=>y*.75):i,zs:b}}let R=()=>t.mode==="ab"?t.t:t.mode==="raw"?v()[t.first+t.moved]:t.steps[t.moved],O=()=>t.mode==="ab"?"from A to B":t.mode==="raw"?`coordinate ${t.first+t.moved}`:`direction ${t.moved+1}`;function j(){let i=m?`, label ${t.label}`:"",b=t.mode==="ab"?`, ${(100*t.t).toFixed(0)} % of the way from A to B`:t.mode==="raw"?`, ${O()} at ${R().toFixed(2)}`:t.steps.map((y,C)=>y?`, direction ${C+1} at ${y.toFixed(1)}`:"").join("");return`seed ${t.seed}, truncation ${t.psi.toFixed(2)}${i}${b}`}let I=280/Math.max(f,d),P=56/Math.max(f,d),S=ee(d*I,f*I,(i,b,y,C,N)=>te(i,N,[f,d],1,I,h)),K=d*P+8,V=ee(q*K,f*P+26,(i,b,y,C,N,D,Q)=>{let ke=D.reduce((ie,G,Ie)=>Math.abs(G-Q)<Math.abs(D[ie]-Q)?Ie:ie,0);i.textAlign="center",D.forEach((ie,G)=>{i.save(),i.translate(G*K+4,4),te(i,N.subarray(G*u,(G+1)*u),[f,d],1,P,h),i.restore(),i.strokeStyle=G===ke?xe.fake:"transparent",i.lineWidth=3,i.strokeRect(G*K+2.5,2.5,d*P+3,f*P+3),i.fillStyle=C,i.font=`${G===ke?"bold ":""}12px system-ui, sans-serif`,i.fillText(String(ie).replace("-","−"),G*K+4+d*P/2,f*P+20)})}),Z=w("div",{class:"gan-caption","aria-live":"polite"}),Y=w("div",{class:"gan-caption"});function g(){k&&(V.draw(k.pixels,k.positions,R()),V.describe(`Nine pictures along ${O()}, from ${k.positions[0]} to ${k.positions[q-1]}`),Y.textContent=`The neighbours: ${O()}, the rest as above. Click one to go there.`)}let T=0;async function L(){let i=++T,b=JSON.stringify([t.mode,t.seed,t.psi,t.label,t.first,t.moved,Array.from(A),Array.from(M),t.steps.map((y,C)=>C===t.moved?0:y),{...t.raw,[t.first+t.moved]:0}]);if(b!==E){let{positions:y,zs:C}=B(),N=new Uint8Array(q*u);for(let D=0;D<q;D+=p.where==="the kernel"?q:1){if(await new Promise(Q=>setTimeout(Q)),i!==T)return;N.set(await p.draw(p.where==="the kernel"?C:[C[D]],t.label),D*u)}if(i!==T)return;k={pixels:N,positions:y},E=b}g()}let x=a.coalesce(async()=>{if(!p)return;let i=performance.now(),b=await p.draw([$()],t.label);S.draw(b),S.describe(`Generated picture: ${j()}`),Z.textContent=j(),S.node.dataset.frame=String(++F),S.node.dataset.ms=(performance.now()-i).toFixed(2),L().catch(a.fail)});V.node.addEventListener("click",i=>{if(!k)return;let b=Math.min(q-1,Math.floor(i.offsetX/V.node.clientWidth*q));t.mode==="ab"?ae(k.positions[b]):((t.mode==="raw"?J:W)[t.moved].set(k.positions[b]),z(t.moved,k.positions[b])),x()});function z(i,b){t.moved=i,t.mode==="raw"?t.raw[t.first+i]=b:t.steps[i]=b}let W=l.map((i,b)=>U({label:`direction ${b+1} · ${(100*c[b]).toFixed(0)} %`,low:-4,high:4,step:.1,value:0,tip:`Moves z along the direction that changes the picture ${b?`most after the first ${b}`:"most"}: ${(100*c[b]).toFixed(0)} % of all change`,change:y=>{z(b,y),x()}})),J=Array.from({length:Math.min(6,r)},(i,b)=>U({label:`z[${b}]`,low:-3,high:3,step:.05,value:0,tip:"Sets one coordinate of z",change:y=>{z(b,y),x()}})),X=U({label:"first coordinate shown",low:0,high:Math.max(0,r-J.length),step:1,value:0,tip:"Which six coordinates the sliders below set",change:i=>{t.first=i,ne(),x()}});function ne(){let i=v();J.forEach((b,y)=>{b.node.querySelector("label").textContent=`z[${t.first+y}]`,b.set(i[t.first+y])})}let oe=U({label:"from A to B",low:0,high:1,step:.02,value:0,tip:"Along the arc from picture A to picture B",change:i=>{t.t=i,x()}}),ae=i=>{t.t=i,oe.set(i)},pe=1,he=Ce("Walk from A to B and back",60,()=>{t.t>=1&&(pe=-1),t.t<=0&&(pe=1),ae(Math.min(1,Math.max(0,t.t+.02*pe))),x()}),re={directions:w("div",{},...W.map(i=>i.node)),raw:w("div",{},X.node,...J.map(i=>i.node)),ab:w("div",{},oe.node,w("div",{class:"gan-row"},he.node,_("A = this one","Start the walk at the picture shown",()=>{A=$(),ae(0),x()}),_("B = this one","End the walk at the picture shown",()=>{M=$(),ae(1),x()}),_("New B","End the walk at a random picture",()=>{M=H(Math.floor(1e6*Math.random())).normal(r),x()})))},Oe=ce("move",[["directions","leading directions of z"],["raw","raw coordinates of z"],["ab","from A to B"]],"directions",i=>{i==="ab"&&(A=$()),t.mode==="ab"&&he.stop(),Object.assign(t,{mode:i,moved:0,t:0}),oe.set(0),i==="raw"&&ne();for(let[b,y]of Object.entries(re))y.hidden=b!==i;x()},"What the sliders below move");re.raw.hidden=re.ab.hidden=!0;let se=w("div",{class:"gan-row gan-labels",role:"group","aria-label":"label"});for(let i=0;i<m;i++)se.append(_(String(i),`Ask for a ${i}`,b=>{t.label=i;for(let y of se.children)y.setAttribute("aria-pressed",String(y===b.currentTarget));x()}));m&&se.children[t.label].setAttribute("aria-pressed","true");let ye=U({label:"truncation ψ",low:0,high:1.5,step:.05,value:1,tip:"Shrinks z towards 0: typical pictures, less variety",change:i=>{t.psi=i,x()}}),ve=U({label:"seed",low:0,high:999,step:1,value:t.seed,tip:"Which random z to start from",change:i=>{t.seed=i,x()}});function je(){Object.assign(t,{psi:1,raw:{},t:0}),t.steps.fill(0),ye.set(1),oe.set(0);for(let i of W)i.set(0);ne(),x()}let Ee=()=>{t.seed=Math.floor(1e3*Math.random()),ve.set(t.seed),t.mode==="raw"&&ne(),x()},ue=w("div",{class:"gan-controls"},Oe.node,...Object.values(re),m?se:null,ye.node,ve.node,w("div",{class:"gan-row"},_("Random","Another seed",Ee),_("Reset","Directions to 0, truncation to 1",je)));return a.body.append(w("div",{class:"gan-title"},o.title),w("div",{class:"gan-split"},w("figure",{},S.node,Z),ue),w("div",{class:"gan-strip"},V.node,Y)),a.redraw=()=>g(),S.draw(s.subarray(0,u)),S.describe(`Generated picture: ${j()}`),Z.textContent=j(),a.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),ge(o,n,s).then(i=>{p=i,a.note(i?null:be(o)),ue.inert=!i,ue.style.opacity=i?"1":"0.5",e.dataset.engine=i?i.where:"none",x()}).catch(a.fail),()=>{he.stop(),a.close()}}var Ye=me(Re);var we=10;function We(e,o,s,n){let a=de(e,o.title),{latent_dim:r,channels:l,count:c,moves:m,labels:h,num_classes:f}=o,[d,u]=o.shape,t=l*d*u,p={seed:o.seed,psi:1,t:0,way:"arc",steps:m.map(()=>0)};Object.assign(p,{a:h[0],b:h[1],mix:0});let E=null,k=0;function F(){let g=H(p.seed).normal(c*r),T=o.walk?H(p.seed+1e3).normal(c*r):null;return Array.from({length:c},(L,x)=>{let z=g.slice(x*r,(x+1)*r);if(T&&p.t>0){let W=T.slice(x*r,(x+1)*r);z=p.way==="arc"?fe(z,W,p.t):z.map((J,X)=>(1-p.t)*J+p.t*W[X])}z=z.map(W=>W*p.psi);for(let[W,{vector:J}]of m.entries())if(p.steps[W])for(let X=0;X<r;X++)z[X]+=p.steps[W]*J[X];return z})}function v(){let g=new Float32Array(f);return f&&(g[p.a]+=1-p.mix),f&&(g[p.b]+=p.mix),g}function A(){let g=[`${c} pictures, seed ${p.seed}, scale ${p.psi.toFixed(2)}`];f&&g.push(`${(100*p.mix).toFixed(0)} % of the way from ${p.a} to ${p.b}`),o.walk&&g.push(`${(100*p.t).toFixed(0)} % of the way on the ${p.way}`);for(let[T,L]of m.entries())p.steps[T]&&g.push(`${L.label} ${p.steps[T].toFixed(2)}`);return g.join(", ")}let M=2,$=Math.ceil(c/we),B=ee((we*(u+1)-1)*M,($*(d+1)-1)*M,(g,T,L,x,z)=>te(g,z,[d,u],we,M,l)),R=w("div",{class:"gan-caption gan-wide-caption","aria-live":"polite"}),O=a.coalesce(async()=>{if(!E)return;let g=await E.draw(F(),v());B.draw(g),R.textContent=A(),B.describe(`A sheet of ${R.textContent}`),B.node.dataset.frame=String(++k),await new Promise(T=>setTimeout(T))}),j=[],I=(g,T)=>{let L=U({...T,value:p[g],change:x=>{p[g]=x,O()}});return j.push([L,p[g],g]),L.node},P=m.map((g,T)=>U({label:g.label,low:-4,high:4,step:.25,value:0,tip:`Moves all latent vectors along ${g.label}`,change:L=>{p.steps[T]=L,O()}})),S={low:0,high:1,step:.05},K={low:0,high:f-1,step:1},V=ce("on the",["arc","line"],p.way,g=>{p.way=g,O()},"The way between the two sets of latent vectors"),Z=()=>{for(let[g,T,L]of j)p[L]=T,g.set(T);p.steps.fill(0);for(let g of P)g.set(0);O()},Y=w("div",{class:"gan-controls gan-wide"},...f?[I("a",{...K,label:"label a"})]:[],...f?[I("b",{...K,label:"label b"})]:[],...f?[I("mix",{...S,label:"from a to b"})]:[],...o.walk?[I("t",{...S,label:"from here to there"}),V.node]:[],...P.map(g=>g.node),I("psi",{low:0,high:1.5,step:.05,label:"scale ψ"}),I("seed",{low:0,high:99,step:1,label:"seed"}));return a.body.append(w("div",{class:"gan-title"},o.title),Y,w("div",{class:"gan-row"},_("Reset","All sliders to where they began",Z)),B.node,R),B.draw(s.subarray(0,t*c)),B.describe(`A sheet of ${A()}`),R.textContent=A(),a.redraw=O,Y.inert=!0,a.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),ge(o,n,s).then(g=>{E=g,a.note(g?null:be(o)),Y.inert=!g,Y.style.opacity=g?"1":"0.5",e.dataset.engine=g?g.where:"none",O()}).catch(a.fail),a.close}var tt=me(We);export{tt as default};
