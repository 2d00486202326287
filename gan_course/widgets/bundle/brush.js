function me(n){let i=new DataView(n.buffer,n.byteOffset,n.byteLength),s=new Float32Array(i.getUint32(0,!0)),t=4+4*Math.ceil(s.length/16);for(let a=0;a<s.length;a++)s[a]=i.getInt16(t+2*a,!0)*i.getFloat32(4+4*(a>>4),!0);return s}function ae(n){return Uint8Array.from(atob(n),i=>i.charCodeAt(0))}var he={linear(n,{n_in:i,n_out:s,weight:t,bias:a},r){let o=new Float32Array(s);for(let g=0,p=t;g<s;g++){let l=r[a+g];for(let u=0;u<i;u++,p++)l+=r[p]*n[u];o[g]=l}return o},relu(n,{slope:i}){for(let s=0;s<n.length;s++)n[s]<0&&(n[s]*=i);return n},tanh(n){for(let i=0;i<n.length;i++)n[i]=Math.tanh(n[i]);return n},upsample(n,{shape:[i,s,t],factor:a}){let r=s*a,o=t*a,g=new Float32Array(i*r*o);for(let p=0,l=0;p<i;p++)for(let u=0;u<r;u++)for(let f=0;f<o;f++,l++)g[l]=n[(p*s+Math.floor(u/a))*t+Math.floor(f/a)];return g},conv(n,{shape:[i,s,t],out:[a,r,o],kernel:[g,p],stride:l,padding:[u,f],weight:c,bias:k},S){let F=(v,x)=>Math.max(0,Math.ceil((v-x)/l)),M=(v,x,I,P)=>Math.min(v,Math.floor((x-1+I-P)/l)+1),E=new Float32Array(a*r*o);for(let v=0;v<a;v++){E.fill(S[k+v],v*r*o,(v+1)*r*o);for(let x=0;x<i;x++)for(let I=0;I<g;I++)for(let P=0;P<p;P++){let D=S[c+((v*i+x)*g+I)*p+P],W=F(f,P),w=M(o,t,f,P);for(let C=F(u,I);C<M(r,s,u,I);C++){let R=(x*s+l*C+I-u)*t+P-f,L=(v*r+C)*o;for(let O=W;O<w;O++)E[L+O]+=D*n[R+l*O]}}}return E},transposed(n,{shape:[i,s,t],out:[a,r,o],kernel:[g,p],stride:l,padding:[u,f],weight:c,bias:k},S){let F=new Float32Array(a*r*o);for(let M=0;M<a;M++)F.fill(S[k+M],M*r*o,(M+1)*r*o);for(let M=0;M<i;M++)for(let E=0;E<s;E++)for(let v=0;v<t;v++){let x=n[(M*s+E)*t+v];if(x===0)continue;let I=E*l-u,P=v*l-f,D=Math.max(0,-P),W=Math.min(p,o-P);for(let w=0;w<a;w++)for(let C=Math.max(0,-I);C<Math.min(g,r-I);C++){let R=c+((M*a+w)*g+C)*p,L=(w*r+I+C)*o+P;for(let O=D;O<W;O++)F[L+O]+=x*S[R+O]}}return F},keep(n,i,s,{shelf:t}){return t.push(n.slice()),n},join(n,i,s,{shelf:t}){let a=t.pop(),r=new Float32Array(n.length+a.length);return r.set(n),r.set(a,n.length),r},paste(n,i,s,{input:t}){return n.map((a,r)=>t[n.length+r]>.5?t[r]:a)}};function G(n,i){let s=me(i),{latent_dim:t,num_classes:a,label_dim:r,label_table:o}=n;return(g,p=0)=>{let l=new Float32Array(t+r);if(l.set(g.subarray(0,t)),a&&o==null)l[t+p]=1;else if(a)for(let f=0;f<r;f++)l[t+f]=s[o+f*a+p];let u={shelf:[],input:l};return n.operations.reduce((f,c)=>he[c.op](f,c,s,u),l)}}function ie(n){return Uint8Array.from(n,i=>Math.round((Math.min(1,Math.max(-1,i))+1)*127.5))}var se=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var K={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function h(n,i={},...s){let t=document.createElement(n);for(let[a,r]of Object.entries(i))a.startsWith("on")?t.addEventListener(a.slice(2),r):r!==!1&&r!=null&&t.setAttribute(a,r===!0?"":r);return t.append(...s.filter(a=>a!=null)),t}var we=Math.random().toString(36).slice(2),ye=0;function Q({label:n,low:i,high:s,step:t,value:a,tip:r,change:o,format:g}){let p=Math.max(0,Math.ceil(-Math.log10(t))),l=g||(S=>S.toFixed(Number.isInteger(t)?0:p).replace("-","−")),u=`gan-slider-${we}-${++ye}`,f=h("input",{type:"range",id:u,min:i,max:s,step:t,value:a,title:r}),c=h("output",{for:u}),k=()=>{c.textContent=l(Number(f.value)),f.setAttribute("aria-valuetext",c.textContent)};return f.addEventListener("input",()=>{k(),o?.(Number(f.value))}),k(),{node:h("div",{class:"gan-slider"},h("label",{for:u,title:r},n),f,c),input:f,get value(){return Number(f.value)},set(S){f.value=String(S),k()}}}function Z(n,i,s){return h("button",{type:"button",title:i,onclick:s},n)}function le(n,i){let s=h("div",{class:"gan-body"}),t=h("div",{class:"gan-error",role:"alert",hidden:!0}),a=h("div",{class:"gan-note",hidden:!0}),r={"data-lm-suppress-shortcuts":!0,onkeydown:p=>p.stopPropagation()};n.append(h("div",{class:"gan-widget",role:"group","aria-label":i,...r},s,a,t));let o={body:s,redraw:()=>{},fail(p){t.hidden=!p,t.textContent=p?String(p.message||p):""},note(p){a.hidden=!p,a.textContent=p||""},coalesce(p){let l=!1,u=!1;return async function(){if(u=!0,!l){l=!0;try{for(;u;)u=!1,await p(),o.fail(null)}catch(c){o.fail(c)}finally{l=!1}}}}},g=new MutationObserver(()=>o.redraw());return g.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),g.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),o.close=()=>g.disconnect(),o}function J(n,i,s){let t=h("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${n}px`,t.style.maxWidth=`min(100%, ${n}px)`,t.style.aspectRatio=`${n} / ${i}`,{node:t,describe(a){t.setAttribute("aria-label",a)},draw(...a){let r=(window.devicePixelRatio||1)*((t.clientWidth||n)/n);t.width=Math.round(n*r),t.height=Math.round(i*r);let o=t.getContext("2d");o.scale(r,r);let g=getComputedStyle(t).color||"#222";s(o,n,i,g,...a)}}}function V(n,i,[s,t],a,r,o=1){let g=i.length/(s*t),p=Math.ceil(g/a),l=a*(t+o)-o,u=p*(s+o)-o,f=new ImageData(l,u);for(let k=0;k<g;k++){let S=Math.floor(k/a)*(s+o),F=k%a*(t+o);for(let M=0;M<s;M++)for(let E=0;E<t;E++){let v=4*((S+M)*l+F+E),x=255-i[(k*s+M)*t+E];f.data[v]=f.data[v+1]=f.data[v+2]=x,f.data[v+3]=255}}let c=new OffscreenCanvas(l,u);c.getContext("2d").putImageData(f,0,0),n.imageSmoothingEnabled=!1,n.drawImage(c,0,0,l*r,u*r)}function de(n){let i=n*2654435761+1>>>0,s=()=>{i=i+1831565813>>>0;let t=Math.imul(i^i>>>15,i|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:s,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-s()))*Math.cos(2*Math.PI*s()))}}function ce(n){return n?new Uint8Array(n.buffer||n,n.byteOffset||0,n.byteLength):new Uint8Array}function ve(n,i){let s={generator:n.generator,ask:null};if(n.send){let t=new Map,a=Math.random().toString(36).slice(2),r=0,o=(g,p)=>{let l=t.get(g.id);l&&(t.delete(g.id),g.error?l.reject(new Error(g.error)):l.resolve({content:g.content,bytes:ce(p?.[0])}))};n.on("msg:custom",o),i.addEventListener("abort",()=>n.off("msg:custom",o)),s.ask=(g,p={},l=[])=>new Promise((u,f)=>{let c=`${a}-${++r}`;t.set(c,{resolve:u,reject:f}),n.send({id:c,name:g,content:p},void 0,l)})}return s.alive=(t,a)=>{let r=o=>{a.inert=!o,a.style.opacity=o?"1":"0.5"};r(!1),t.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{r(!0),t.note(null)}).catch(t.fail)},s}function ke(){document.getElementById("gan-course-style")||document.head.append(h("style",{id:"gan-course-style"},se))}function ue(n){function i({model:s,el:t}){let a=new AbortController;t.dataset.kind=s.get("kind"),ke();let r=()=>{};try{r=n(t,s.get("config"),ce(s.get("data")),ve(s,a.signal))}catch(o){t.append(h("div",{class:"gan-error",role:"alert"},`This widget could not start: ${o.message}`)),console.error(o)}return()=>{a.abort(),r()}}return{render:i}}var _=5;function Me(n,i,s,t){let a=le(n,i.title),{shape:[r,o],count:g,latent_dim:p}=i,l=r*o,u=280/Math.max(r,o),f=56/Math.max(r,o),c={picture:i.start,seed:i.seed,radius:2.5,erase:!1,cursor:null,truth:!1},k=new Uint8Array(l).fill(1),S=()=>s.subarray(c.picture*l,(c.picture+1)*l),F=s.subarray(g*l,(g+1)*l),M=null,E=0,v=0,x={lower:["lower half",e=>e>=i.lower],right:["right half",(e,d)=>d>=o/2],box:["a box",(e,d)=>Math.abs(e-r/2+.5)<6&&Math.abs(d-o/2+.5)<6],stripes:["every other row",e=>e%2===1],none:["nothing",()=>!1]},I=e=>k.forEach((d,T)=>{k[T]=x[e][1](Math.floor(T/o),T%o)?0:1});I("lower");function P([e,d],[T,y]){let $=(T-e)**2+(y-d)**2;for(let A=0;A<r;A++)for(let m=0;m<o;m++){let[b,U]=[m+.5-e,A+.5-d],B=$?Math.min(1,Math.max(0,(b*(T-e)+U*(y-d))/$)):0;Math.hypot(b-B*(T-e),U-B*(y-d))<=c.radius&&(k[A*o+m]=c.erase?1:0)}}function D(e){let d=new Float32Array((2+p)*l),T=S();for(let y=0;y<l;y++)d[y]=k[y]?T[y]/127.5-1:0,d[l+y]=k[y];return de(e).normal(p).forEach((y,$)=>d.fill(y,(2+$)*l,(3+$)*l)),ie(M(d))}function W(e,d,T,y){let $=(m,b,U,B)=>{e.moveTo(b*d,m*d),e.lineTo(B*d,U*d)},A=(m,b)=>m<0||b<0||m>=r||b>=o?1:k[m*o+b];e.strokeStyle=T,e.lineWidth=y,e.beginPath();for(let m=0;m<=r;m++)for(let b=0;b<=o;b++)A(m,b)!==A(m-1,b)&&$(m,b,m,b+1),A(m,b)!==A(m,b-1)&&$(m,b,m+1,b);e.stroke()}let w=J(o*u,r*u,(e,d,T)=>{V(e,S(),[r,o],1,u),e.fillStyle="#F4B183",k.forEach((y,$)=>y||e.fillRect($%o*u,Math.floor($/o)*u,u+.5,u+.5)),c.cursor&&(e.strokeStyle="#222",e.lineWidth=1.5,e.beginPath(),e.arc(c.cursor[0]*u,c.cursor[1]*u,c.radius*u,0,7),e.stroke())}),C=J(o*u,r*u,e=>{V(e,c.truth?S():F,[r,o],1,u),W(e,u,K.fake,2)}),R=o*f+6,L=J(_*R,r*f+4,(e,d,T,y,$)=>{$.forEach((A,m)=>{e.save(),e.translate(m*R+2,2),V(e,A,[r,o],1,f),W(e,f,K.fake,1),e.restore()})}),O=h("div",{class:"gan-caption","aria-live":"polite"}),X=h("div",{class:"gan-caption"}),z=h("div",{class:"gan-caption"},"What the network sees. Paint on it; or move the brush with the arrow keys and paint with the space bar."),ee=0,Y=null;async function fe(){let e=++ee,d=[];for(let m=0;m<_;m++){if(await new Promise(b=>setTimeout(b)),e!==ee)return;d.push(D(1e3+m))}Y=d,L.draw(d);let T=k.reduce((m,b)=>m+1-b,0),A=(100*(d.map(m=>m.reduce((b,U,B)=>b+Math.abs(U-d[0][B])/255,0)/Math.max(1,T)).slice(1).reduce((m,b)=>m+b,0)/(_-1))).toFixed(1);X.textContent=`Five other z: a hidden pixel differs by ${A} % of the way from paper to ink.`,L.describe(X.textContent)}let j=a.coalesce(async()=>{if(M){let A=performance.now();F=D(c.seed),v=performance.now()-A}w.draw(),C.draw();let e=0,d=0,T=0,y=S();for(let A=0;A<l;A++)k[A]?d+=+(F[A]!==y[A]):(e++,T+=Math.abs(F[A]-y[A])/255);let $=e?`; off by ${(100*T/e).toFixed(1)} % a hidden pixel`:"";O.textContent=`${c.truth?"The true picture":"The fill"}: ${e} of ${l} pixels hidden${$}. Of the ${l-e} known pixels ${d} ${d===1?"differs":"differ"}.`,w.describe(`Digit ${c.picture+1} of ${g} with ${e} of ${l} pixels painted over`),C.describe(O.textContent),n.dataset.values=JSON.stringify({picture:c.picture,seed:c.seed,hidden:e,changed:d,milliseconds:v}),C.node.dataset.frame=String(++E),C.node.dataset.ms=v.toFixed(2),M&&fe().catch(a.fail)}),N=null,te=e=>{let d=w.node.getBoundingClientRect();return[(e.clientX-d.left)/d.width*o,(e.clientY-d.top)/d.height*r]},ne=e=>{c.cursor=te(e),N&&e.buttons&1?(P(N,c.cursor),N=c.cursor,j()):w.draw()};w.node.addEventListener("pointerdown",e=>{e.buttons&1&&(w.node.setPointerCapture(e.pointerId),N=te(e),ne(e))}),w.node.addEventListener("pointermove",ne),w.node.addEventListener("pointerup",()=>{N=null}),w.node.addEventListener("pointerleave",()=>{c.cursor=null,N=null,w.draw()}),w.node.addEventListener("keydown",e=>{let d={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]," ":[0,0]}[e.key];if(!d)return;e.preventDefault();let[T,y]=c.cursor||[o/2,r/2];c.cursor=[Math.min(o,Math.max(0,T+d[0])),Math.min(r,Math.max(0,y+d[1]))],e.key===" "?(P(c.cursor,c.cursor),j()):w.draw()}),Object.assign(w.node.style,{cursor:"crosshair",touchAction:"none"}),w.node.tabIndex=0,w.node.setAttribute("role","application");let q=h("div",{class:"gan-row gan-labels",role:"group","aria-label":"digit"});i.names.forEach((e,d)=>q.append(Z(e,`Take this digit, number ${d+1}`,()=>{c.picture=d,re(),j()})));let re=()=>Array.from(q.children).forEach((e,d)=>e.setAttribute("aria-pressed",String(d===c.picture)));re();let ge=Q({label:"brush radius",low:1,high:6,step:.5,value:c.radius,tip:"In pixels of the picture",change:e=>{c.radius=e}}),oe=(e,d,T)=>h("label",{class:"gan-check",title:d},h("input",{type:"checkbox",onchange:y=>T(y.target.checked)}),e),pe=Q({label:"z: seed",low:0,high:99,step:1,value:c.seed,tip:"The random numbers that the network gets beside the picture",change:e=>{c.seed=e,j()}}),H=h("div",{class:"gan-controls"},h("div",{class:"gan-row"},...Object.entries(x).map(([e,[d]])=>Z(d,`Hide ${d}`,()=>{I(e),j()}))),ge.node,h("div",{class:"gan-row"},oe("uncover","The brush uncovers in place of hiding",e=>{c.erase=e}),oe("show the true picture","What was under the paint",e=>{c.truth=e,j()})),pe.node);a.body.append(h("div",{class:"gan-title"},i.title),q,h("div",{class:"gan-pair"},h("figure",{},w.node,z),h("figure",{},C.node,O)),H,h("div",{class:"gan-strip"},L.node,X));for(let e of[z,O])e.style.maxWidth="280px";return L.node.parentElement.style.cursor="default",a.redraw=()=>{w.draw(),C.draw(),Y&&L.draw(Y)},a.note("The brush waits for the network. In a notebook that is not running, run this cell."),w.node.inert=H.inert=q.inert=!0,j(),(async()=>{let e=await t.generator?.(i.name)||t.ask&&await t.ask("weights");if(!e)return a.note("The brush needs the notebook with its kernel. The picture is the first one.");M=e.program?G(e.program,ae(e.weights)):G(e.content,e.bytes),w.node.inert=H.inert=q.inert=!1,a.note(null),j()})().catch(a.fail),a.close}var Oe=ue(Me);export{Oe as default};
