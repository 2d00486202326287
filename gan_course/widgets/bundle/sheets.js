function le(e){let n=new DataView(e.buffer,e.byteOffset,e.byteLength),o=new Float32Array(n.getUint32(0,!0)),t=4+4*Math.ceil(o.length/16);for(let a=0;a<o.length;a++)o[a]=n.getInt16(t+2*a,!0)*n.getFloat32(4+4*(a>>4),!0);return o}function J(e){return Uint8Array.from(atob(e),n=>n.charCodeAt(0))}var se={linear(e,{n_in:n,n_out:o,weight:t,bias:a},r){let l=new Float32Array(o);for(let i=0,s=t;i<o;i++){let m=r[a+i];for(let g=0;g<n;g++,s++)m+=r[s]*e[g];l[i]=m}return l},relu(e,{slope:n}){for(let o=0;o<e.length;o++)e[o]<0&&(e[o]*=n);return e},tanh(e){for(let n=0;n<e.length;n++)e[n]=Math.tanh(e[n]);return e},upsample(e,{shape:[n,o,t],factor:a}){let r=o*a,l=t*a,i=new Float32Array(n*r*l);for(let s=0,m=0;s<n;s++)for(let g=0;g<r;g++)for(let c=0;c<l;c++,m++)i[m]=e[(s*o+Math.floor(g/a))*t+Math.floor(c/a)];return i},conv(e,{shape:[n,o,t],out:[a,r,l],kernel:[i,s],stride:m,padding:[g,c],weight:d,bias:b},f){let T=(p,v)=>Math.max(0,Math.ceil((p-v)/m)),k=(p,v,w,y)=>Math.min(p,Math.floor((v-1+w-y)/m)+1),M=new Float32Array(a*r*l);for(let p=0;p<a;p++){M.fill(f[b+p],p*r*l,(p+1)*r*l);for(let v=0;v<n;v++)for(let w=0;w<i;w++)for(let y=0;y<s;y++){let S=f[d+((p*n+v)*i+w)*s+y],O=T(c,y),x=k(l,t,c,y);for(let $=T(g,w);$<k(r,o,g,w);$++){let I=(v*o+m*$+w-g)*t+y-c,L=(p*r+$)*l;for(let C=O;C<x;C++)M[L+C]+=S*e[I+m*C]}}}return M},transposed(e,{shape:[n,o,t],out:[a,r,l],kernel:[i,s],stride:m,padding:[g,c],weight:d,bias:b},f){let T=new Float32Array(a*r*l);for(let k=0;k<a;k++)T.fill(f[b+k],k*r*l,(k+1)*r*l);for(let k=0;k<n;k++)for(let M=0;M<o;M++)for(let p=0;p<t;p++){let v=e[(k*o+M)*t+p];if(v===0)continue;let w=M*m-g,y=p*m-c,S=Math.max(0,-y),O=Math.min(s,l-y);for(let x=0;x<a;x++)for(let $=Math.max(0,-w);$<Math.min(i,r-w);$++){let I=d+((k*a+x)*i+$)*s,L=(x*r+w+$)*l+y;for(let C=S;C<O;C++)T[L+C]+=v*f[I+C]}}return T},keep(e,n,o,{shelf:t}){return t.push(e.slice()),e},join(e,n,o,{shelf:t}){let a=t.pop(),r=new Float32Array(e.length+a.length);return r.set(e),r.set(a,e.length),r},paste(e,{channels:n=1},o,{input:t}){let a=e.length/n;return e.map((r,l)=>t[e.length+l%a]>.5?t[l]:r)}};function U(e,n){let o=le(n),{latent_dim:t,num_classes:a,label_dim:r,label_table:l}=e;return(i,s=0)=>{let m=new Float32Array(t+r);m.set(i.subarray(0,t));for(let c=0;c<a;c++){let d=typeof s=="number"?+(c===s):s[c];if(l==null)m[t+c]=d;else for(let b=0;b<r;b++)m[t+b]+=d*o[l+b*a+c]}let g={shelf:[],input:m};return e.operations.reduce((c,d)=>se[d.op](c,d,o,g),m)}}function V(e){return Uint8Array.from(e,n=>Math.round((Math.min(1,Math.max(-1,n))+1)*127.5))}function X(e,n,o){let t=c=>Math.hypot(...c),[a,r]=[t(e),t(n)],l=Math.min(1,Math.max(-1,e.reduce((c,d,b)=>c+d*n[b],0)/(a*r||1))),i=Math.acos(l),s=(1-o)*a+o*r;if(i<1e-4||!a||!r)return e.map((c,d)=>(1-o)*c+o*n[d]);let[m,g]=[Math.sin((1-o)*i)/Math.sin(i),Math.sin(o*i)/Math.sin(i)];return e.map((c,d)=>s*(m*(c/a)+g*(n[d]/r)))}async function Y(e,n,o){let{shape:t,channels:a=1}=e,r=a*t[0]*t[1],l=i=>({where:"this browser",draw:async(s,m)=>{let g=new Uint8Array(s.length*r);for(let[c,d]of s.entries())g.set(V(i(d,m)),c*r);return g}});if(e.portable){let i=await n.generator?.(e.name);if(i)return l(U(i.program,J(i.weights)));if(e.program)return l(U(e.program,o.subarray(e.pictures)))}if(!n.ask)return null;if(e.portable){let i=await n.ask("weights");return l(U(i.content,i.bytes))}return{where:"the kernel",draw:async(i,s)=>{let m=new Float32Array(i.length*e.latent_dim);return i.forEach((g,c)=>m.set(g,c*e.latent_dim)),(await n.ask("draw",{count:i.length,label:s},[m.buffer])).bytes}}}function z({weights:e=0}){return`This generator was trained in the notebook and is too large to travel with the page.${e?` It has ${Math.ceil(e/1e3)} kB of weights; up to 300 travel.`:""} To move the sliders, download the notebook (the link is at the top of the page) and run it, or use the explorer of a generator that comes with the course, in notebook 00. The picture is the first one.`}var G=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;function h(e,n={},...o){let t=document.createElement(e);for(let[a,r]of Object.entries(n))a.startsWith("on")?t.addEventListener(a.slice(2),r):r!==!1&&r!=null&&t.setAttribute(a,r===!0?"":r);return t.append(...o.filter(a=>a!=null)),t}var H=Math.random().toString(36).slice(2),K=0;function R({label:e,low:n,high:o,step:t,value:a,tip:r,change:l,format:i}){let s=Math.max(0,Math.ceil(-Math.log10(t))),m=i||(f=>f.toFixed(Number.isInteger(t)?0:s).replace("-","−")),g=`gan-slider-${H}-${++K}`,c=h("input",{type:"range",id:g,min:n,max:o,step:t,value:a,title:r}),d=h("output",{for:g}),b=()=>{d.textContent=m(Number(c.value)),c.setAttribute("aria-valuetext",d.textContent)};return c.addEventListener("input",()=>{b(),l?.(Number(c.value))}),b(),{node:h("div",{class:"gan-slider"},h("label",{for:g,title:r},e),c,d),input:c,get value(){return Number(c.value)},set(f){c.value=String(f),b()}}}function Q(e,n,o){return h("button",{type:"button",title:n,onclick:o},e)}function Z(e,n,o,t,a){let r=`gan-choice-${H}-${++K}`,l=h("select",{id:r,title:a,onchange:()=>t(l.value)});for(let i of n){let[s,m]=Array.isArray(i)?i:[i,i];l.append(h("option",{value:s,selected:s===o},m))}return{node:h("div",{class:"gan-choice"},h("label",{for:r,title:a},e),l),select:l}}function ee(e,n){let o=h("div",{class:"gan-body"}),t=h("div",{class:"gan-error",role:"alert",hidden:!0}),a=h("div",{class:"gan-note",hidden:!0}),r={"data-lm-suppress-shortcuts":!0,onkeydown:s=>s.stopPropagation()};e.append(h("div",{class:"gan-widget",role:"group","aria-label":n,...r},o,a,t));let l={body:o,redraw:()=>{},fail(s){t.hidden=!s,t.textContent=s?String(s.message||s):""},note(s){a.hidden=!s,a.textContent=s||""},coalesce(s){let m=!1,g=!1;return async function(){if(g=!0,!m){m=!0;try{for(;g;)g=!1,await s(),l.fail(null)}catch(d){l.fail(d)}finally{m=!1}}}}},i=new MutationObserver(()=>l.redraw());return i.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),i.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),l.close=()=>i.disconnect(),l}function te(e,n,o){let t=h("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${n}`,{node:t,describe(a){t.setAttribute("aria-label",a)},draw(...a){let r=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*r),t.height=Math.round(n*r);let l=t.getContext("2d");l.scale(r,r);let i=getComputedStyle(t).color||"#222";o(l,e,n,i,...a)}}}function ne(e,n,[o,t],a,r,l=1){let i=o*t,s=n.length/(l*i),m=Math.ceil(s/a),g=a*(t+1)-1,c=m*(o+1)-1,d=new ImageData(g,c);for(let f=0;f<s;f++){let T=Math.floor(f/a)*(o+1),k=f%a*(t+1);for(let M=0;M<o;M++)for(let p=0;p<t;p++){let v=4*((T+M)*g+k+p),w=f*l*i+M*t+p;for(let y=0;y<3;y++)d.data[v+y]=l===1?255-n[w]:n[w+y*i];d.data[v+3]=255}}let b=new OffscreenCanvas(g,c);b.getContext("2d").putImageData(d,0,0),e.imageSmoothingEnabled=!1,e.drawImage(b,0,0,g*r,c*r)}function B(e){let n=e*2654435761+1>>>0,o=()=>{n=n+1831565813>>>0;let t=Math.imul(n^n>>>15,n|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:o,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-o()))*Math.cos(2*Math.PI*o()))}}function ae(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function fe(e,n){let o={generator:e.generator,ask:null};if(e.send){let t=new Map,a=Math.random().toString(36).slice(2),r=0,l=(i,s)=>{let m=t.get(i.id);m&&(t.delete(i.id),i.error?m.reject(new Error(i.error)):m.resolve({content:i.content,bytes:ae(s?.[0])}))};e.on("msg:custom",l),n.addEventListener("abort",()=>e.off("msg:custom",l)),o.ask=(i,s={},m=[])=>new Promise((g,c)=>{let d=`${a}-${++r}`;t.set(d,{resolve:g,reject:c}),e.send({id:d,name:i,content:s},void 0,m)})}return o.alive=(t,a)=>{let r=l=>{a.inert=!l,a.style.opacity=l?"1":"0.5"};r(!1),t.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{r(!0),t.note(null)}).catch(t.fail)},o}function ge(){document.getElementById("gan-course-style")||document.head.append(h("style",{id:"gan-course-style"},G))}function oe(e){function n({model:o,el:t}){let a=new AbortController;t.dataset.kind=o.get("kind"),ge();let r=()=>{};try{r=e(t,o.get("config"),ae(o.get("data")),fe(o,a.signal))}catch(l){t.append(h("div",{class:"gan-error",role:"alert"},`This widget could not start: ${l.message}`)),console.error(l)}return()=>{a.abort(),r()}}return{render:n}}var q=10;function me(e,n,o,t){let a=ee(e,n.title),{latent_dim:r,channels:l,count:i,moves:s,labels:m,num_classes:g}=n,[c,d]=n.shape,b=l*c*d,f={seed:n.seed,psi:1,t:0,way:"arc",steps:s.map(()=>0)};Object.assign(f,{a:m[0],b:m[1],mix:0});let T=null,k=0;function M(){let u=B(f.seed).normal(i*r),A=n.walk?B(f.seed+1e3).normal(i*r):null;return Array.from({length:i},(F,j)=>{let P=u.slice(j*r,(j+1)*r);if(A&&f.t>0){let E=A.slice(j*r,(j+1)*r);P=f.way==="arc"?X(P,E,f.t):P.map((W,D)=>(1-f.t)*W+f.t*E[D])}P=P.map(E=>E*f.psi);for(let[E,{vector:W}]of s.entries())if(f.steps[E])for(let D=0;D<r;D++)P[D]+=f.steps[E]*W[D];return P})}function p(){let u=new Float32Array(g);return g&&(u[f.a]+=1-f.mix),g&&(u[f.b]+=f.mix),u}function v(){let u=[`${i} pictures, seed ${f.seed}, scale ${f.psi.toFixed(2)}`];g&&u.push(`${(100*f.mix).toFixed(0)} % of the way from ${f.a} to ${f.b}`),n.walk&&u.push(`${(100*f.t).toFixed(0)} % of the way on the ${f.way}`);for(let[A,F]of s.entries())f.steps[A]&&u.push(`${F.label} ${f.steps[A].toFixed(2)}`);return u.join(", ")}let w=2,y=Math.ceil(i/q),S=te((q*(d+1)-1)*w,(y*(c+1)-1)*w,(u,A,F,j,P)=>ne(u,P,[c,d],q,w,l)),O=h("div",{class:"gan-caption gan-wide-caption","aria-live":"polite"}),x=a.coalesce(async()=>{if(!T)return;let u=await T.draw(M(),p());S.draw(u),O.textContent=v(),S.describe(`A sheet of ${O.textContent}`),S.node.dataset.frame=String(++k),await new Promise(A=>setTimeout(A))}),$=[],I=(u,A)=>{let F=R({...A,value:f[u],change:j=>{f[u]=j,x()}});return $.push([F,f[u],u]),F.node},L=s.map((u,A)=>R({label:u.label,low:-4,high:4,step:.25,value:0,tip:`Moves all latent vectors along ${u.label}`,change:F=>{f.steps[A]=F,x()}})),C={low:0,high:1,step:.05},_={low:0,high:g-1,step:1},re=Z("on the",["arc","line"],f.way,u=>{f.way=u,x()},"The way between the two sets of latent vectors"),ie=()=>{for(let[u,A,F]of $)f[F]=A,u.set(A);f.steps.fill(0);for(let u of L)u.set(0);x()},N=h("div",{class:"gan-controls gan-wide"},...g?[I("a",{..._,label:"label a"})]:[],...g?[I("b",{..._,label:"label b"})]:[],...g?[I("mix",{...C,label:"from a to b"})]:[],...n.walk?[I("t",{...C,label:"from here to there"}),re.node]:[],...L.map(u=>u.node),I("psi",{low:0,high:1.5,step:.05,label:"scale ψ"}),I("seed",{low:0,high:99,step:1,label:"seed"}));return a.body.append(h("div",{class:"gan-title"},n.title),N,h("div",{class:"gan-row"},Q("Reset","All sliders to where they began",ie)),S.node,O),S.draw(o.subarray(0,b*i)),S.describe(`A sheet of ${v()}`),O.textContent=v(),a.redraw=x,N.inert=!0,a.note("The sliders wait for the generator. In a notebook that is not running, run this cell."),Y(n,t,o).then(u=>{T=u,a.note(u?null:z(n)),N.inert=!u,N.style.opacity=u?"1":"0.5",e.dataset.engine=u?u.where:"none",x()}).catch(a.fail),a.close}var xe=oe(me);export{xe as default};
