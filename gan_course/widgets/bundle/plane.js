function q(e){let l=new DataView(e.buffer,e.byteOffset,e.byteLength),i=new Float32Array(l.getUint32(0,!0)),t=4+4*Math.ceil(i.length/16);for(let n=0;n<i.length;n++)i[n]=l.getInt16(t+2*n,!0)*l.getFloat32(4+4*(n>>4),!0);return i}var G={linear(e,{n_in:l,n_out:i,weight:t,bias:n},a){let f=new Float32Array(i);for(let m=0,d=t;m<i;m++){let r=a[n+m];for(let u=0;u<l;u++,d++)r+=a[d]*e[u];f[m]=r}return f},relu(e,{slope:l}){for(let i=0;i<e.length;i++)e[i]<0&&(e[i]*=l);return e},tanh(e){for(let l=0;l<e.length;l++)e[l]=Math.tanh(e[l]);return e},upsample(e,{shape:[l,i,t],factor:n}){let a=i*n,f=t*n,m=new Float32Array(l*a*f);for(let d=0,r=0;d<l;d++)for(let u=0;u<a;u++)for(let g=0;g<f;g++,r++)m[r]=e[(d*i+Math.floor(u/n))*t+Math.floor(g/n)];return m},conv(e,{shape:[l,i,t],out:[n,a,f],kernel:[m,d],stride:r,padding:[u,g],weight:p,bias:y},v){let M=(k,S)=>Math.max(0,Math.ceil((k-S)/r)),w=(k,S,s,o)=>Math.min(k,Math.floor((S-1+s-o)/r)+1),I=new Float32Array(n*a*f);for(let k=0;k<n;k++){I.fill(v[y+k],k*a*f,(k+1)*a*f);for(let S=0;S<l;S++)for(let s=0;s<m;s++)for(let o=0;o<d;o++){let c=v[p+((k*l+S)*m+s)*d+o],C=M(g,o),b=w(f,t,g,o);for(let h=M(u,s);h<w(a,i,u,s);h++){let A=(S*i+r*h+s-u)*t+o-g,E=(k*a+h)*f;for(let x=C;x<b;x++)I[E+x]+=c*e[A+r*x]}}}return I},transposed(e,{shape:[l,i,t],out:[n,a,f],kernel:[m,d],stride:r,padding:[u,g],weight:p,bias:y},v){let M=new Float32Array(n*a*f);for(let w=0;w<n;w++)M.fill(v[y+w],w*a*f,(w+1)*a*f);for(let w=0;w<l;w++)for(let I=0;I<i;I++)for(let k=0;k<t;k++){let S=e[(w*i+I)*t+k];if(S===0)continue;let s=I*r-u,o=k*r-g,c=Math.max(0,-o),C=Math.min(d,f-o);for(let b=0;b<n;b++)for(let h=Math.max(0,-s);h<Math.min(m,a-s);h++){let A=p+((w*n+b)*m+h)*d,E=(b*a+s+h)*f+o;for(let x=c;x<C;x++)M[E+x]+=S*v[A+x]}}return M},keep(e,l,i,{shelf:t}){return t.push(e.slice()),e},join(e,l,i,{shelf:t}){let n=t.pop(),a=new Float32Array(e.length+n.length);return a.set(e),a.set(n,e.length),a},paste(e,{channels:l=1},i,{input:t}){let n=e.length/l;return e.map((a,f)=>t[e.length+f%n]>.5?t[f]:a)}};function L(e,l){let i=q(l),{latent_dim:t,num_classes:n,label_dim:a,label_table:f}=e;return(m,d=0)=>{let r=new Float32Array(t+a);r.set(m.subarray(0,t));for(let g=0;g<n;g++){let p=typeof d=="number"?+(g===d):d[g];if(f==null)r[t+g]=p;else for(let y=0;y<a;y++)r[t+y]+=p*i[f+y*n+g]}let u={shelf:[],input:r};return e.operations.reduce((g,p)=>G[p.op](g,p,i,u),r)}}var z=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var $={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},O=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function T(e,l={},...i){let t=document.createElement(e);for(let[n,a]of Object.entries(l))n.startsWith("on")?t.addEventListener(n.slice(2),a):a!==!1&&a!=null&&t.setAttribute(n,a===!0?"":a);return t.append(...i.filter(n=>n!=null)),t}var Y=Math.random().toString(36).slice(2),J=0;function R({label:e,low:l,high:i,step:t,value:n,tip:a,change:f,format:m}){let d=Math.max(0,Math.ceil(-Math.log10(t))),r=m||(v=>v.toFixed(Number.isInteger(t)?0:d).replace("-","−")),u=`gan-slider-${Y}-${++J}`,g=T("input",{type:"range",id:u,min:l,max:i,step:t,value:n,title:a}),p=T("output",{for:u}),y=()=>{p.textContent=r(Number(g.value)),g.setAttribute("aria-valuetext",p.textContent)};return g.addEventListener("input",()=>{y(),f?.(Number(g.value))}),y(),{node:T("div",{class:"gan-slider"},T("label",{for:u,title:a},e),g,p),input:g,get value(){return Number(g.value)},set(v){g.value=String(v),y()}}}function U(e,l){let i=T("div",{class:"gan-body"}),t=T("div",{class:"gan-error",role:"alert",hidden:!0}),n=T("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:d=>d.stopPropagation()};e.append(T("div",{class:"gan-widget",role:"group","aria-label":l,...a},i,n,t));let f={body:i,redraw:()=>{},fail(d){t.hidden=!d,t.textContent=d?String(d.message||d):""},note(d){n.hidden=!d,n.textContent=d||""},coalesce(d){let r=!1,u=!1;return async function(){if(u=!0,!r){r=!0;try{for(;u;)u=!1,await d(),f.fail(null)}catch(p){f.fail(p)}finally{r=!1}}}}},m=new MutationObserver(()=>f.redraw());return m.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),m.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),f.close=()=>m.disconnect(),f}function j(e,l,i){let t=T("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${l}`,{node:t,describe(n){t.setAttribute("aria-label",n)},draw(...n){let a=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*a),t.height=Math.round(l*a);let f=t.getContext("2d");f.scale(a,a);let m=getComputedStyle(t).color||"#222";i(f,e,l,m,...n)}}}function N(e,l,i=5){let t=(l-e)/i,n=10**Math.floor(Math.log10(t)),a=[1,2,5,10].map(m=>m*n).find(m=>m>=t),f=[];for(let m=Math.ceil(e/a-1e-9)*a;m<=l+1e-9*a;m+=a)f.push(Math.abs(m)<a/1e6?0:m);return f}function D(e,l,[i,t],[n,a],f,{title:m="",xlabel:d="",ylabel:r="",grid:u=!0}={}){let[g,p,y,v]=l,M=s=>g+(s-i)/(t-i)*y,w=s=>p+v-(s-n)/(a-n)*v;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let I=s=>String(Number(s.toPrecision(4))).replace("-","−"),k=(s,o,c,C,b)=>{e.globalAlpha=b,e.strokeStyle=f,e.beginPath(),e.moveTo(s,o),e.lineTo(c,C),e.stroke(),e.globalAlpha=1};e.fillStyle=f,e.textAlign="center";for(let s of N(i,t,Math.max(2,y/70)))u&&k(M(s),p,M(s),p+v,.12),e.fillText(I(s),M(s),p+v+11);e.textAlign="right";for(let s of N(n,a,Math.max(2,v/45)))u&&k(g,w(s),g+y,w(s),.12),e.fillText(I(s),g-6,w(s));k(g,p,g,p+v,.6),k(g,p+v,g+y,p+v,.6),e.textAlign="center",e.fillText(d,g+y/2,p+v+28),e.save(),e.translate(g-44,p+v/2),e.rotate(-Math.PI/2),e.fillText(r,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(m,g-4,p-12),e.font="12px system-ui, sans-serif";let S=s=>{e.save(),e.beginPath(),e.rect(g,p-1,y+1,v+2),e.clip(),s(),e.restore()};return{X:M,Y:w,clip:S,line(s,o,c,{width:C=2,dash:b=[],fill:h=!1,alpha:A=1}={}){S(()=>{e.beginPath(),s.forEach((E,x)=>e[x?"lineTo":"moveTo"](M(E),w(o[x]))),e.strokeStyle=c,e.lineWidth=C,e.setLineDash(b),e.globalAlpha=A,e.stroke(),h&&(e.lineTo(M(s[s.length-1]),w(Math.max(n,0))),e.lineTo(M(s[0]),w(Math.max(n,0))),e.fillStyle=c,e.globalAlpha=.15,e.fill())})},level(s,o,c){s<n||s>a||(S(()=>{e.setLineDash([2,3]),e.strokeStyle=o,e.beginPath(),e.moveTo(g,w(s)),e.lineTo(g+y,w(s)),e.stroke()}),e.fillStyle=o,e.textAlign="right",e.fillText(c,g+y,w(s)-8))},points(s,o,c=2,C=.5){S(()=>{e.fillStyle=o,e.globalAlpha=C;for(let b=0;b<s.length;b+=2){let[h,A]=[M(s[b]),w(s[b+1])];c<3?e.fillRect(h-.85*c,A-.85*c,1.7*c,1.7*c):(e.beginPath(),e.arc(h,A,c,0,7),e.fill())}})},heat(s,o){let c=new ImageData(o,o);for(let b=0;b<o*o;b++){let h=s[b]/255*4,A=Math.min(3,Math.floor(h)),E=h-A,x=4*((o-1-Math.floor(b/o))*o+b%o);for(let P=0;P<3;P++)c.data[x+P]=O[A][P]+E*(O[A+1][P]-O[A][P]);c.data[x+3]=255}let C=new OffscreenCanvas(o,o);C.getContext("2d").putImageData(c,0,0),S(()=>{e.imageSmoothingEnabled=!0,e.drawImage(C,g,p,y,v)})}}}function W(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function V(e,l){let i={generator:e.generator,ask:null};if(e.send){let t=new Map,n=Math.random().toString(36).slice(2),a=0,f=(m,d)=>{let r=t.get(m.id);r&&(t.delete(m.id),m.error?r.reject(new Error(m.error)):r.resolve({content:m.content,bytes:W(d?.[0])}))};e.on("msg:custom",f),l.addEventListener("abort",()=>e.off("msg:custom",f)),i.ask=(m,d={},r=[])=>new Promise((u,g)=>{let p=`${n}-${++a}`;t.set(p,{resolve:u,reject:g}),e.send({id:p,name:m,content:d},void 0,r)})}return i.alive=(t,n)=>{let a=f=>{n.inert=!f,n.style.opacity=f?"1":"0.5"};a(!1),t.note(i.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),i.ask?.("hello").then(()=>{a(!0),t.note(null)}).catch(t.fail)},i}function H(){document.getElementById("gan-course-style")||document.head.append(T("style",{id:"gan-course-style"},z))}function B(e){function l({model:i,el:t}){let n=new AbortController;t.dataset.kind=i.get("kind"),H();let a=()=>{};try{a=e(t,i.get("config"),W(i.get("data")),V(i,n.signal))}catch(f){t.append(T("div",{class:"gan-error",role:"alert"},`This widget could not start: ${f.message}`)),console.error(f)}return()=>{n.abort(),a()}}return{render:l}}var F=[[0,114,178],[213,94,0],[0,158,115],[204,121,167],[86,180,233],[230,159,0],[240,228,66],[122,81,149]];function K(e,l,i,t){let n=U(e,l.title),{limit:a,real:f,z:m}=l,d=L(l.program,i),r=3,u={z:Float32Array.from(m)},g=0,p=[];for(let o=0;o<=16;o++)for(let c of[0,1])p.push(Array.from({length:81},(C,b)=>{let h=[0,0];return h[c]=-r+2*r*o/16,h[1-c]=-r+2*r*b/80,Array.from(d(Float32Array.from(h)))}));let y=120,v=l.centres&&new OffscreenCanvas(y,y);if(v){let o=new ImageData(y,y);for(let c=0;c<y*y;c++){let[C,b]=d(Float32Array.of(-r+2*r*(c%y)/(y-1),r-2*r*Math.floor(c/y)/(y-1))),h=l.centres.map(([E,x])=>Math.hypot(C-E,b-x)),A=h.indexOf(Math.min(...h));o.data.set(h[A]<=l.near?[...F[A%F.length],255]:[255,255,255,255],4*c)}v.getContext("2d").putImageData(o,0,0)}let M=j(320,340,(o,c,C,b)=>{let h=v?"the latent plane, by mode":"the latent plane",A=D(o,[54,30,256,256],[-r,r],[-r,r],b,{title:h,xlabel:"z₁",ylabel:"z₂"});v&&A.clip(()=>o.drawImage(v,54,30,256,256)),A.points(u.z,"#ffffff",9,1),A.points(u.z,"#222222",6,1)}),w=j(320,340,(o,c,C,b)=>{let h=D(o,[54,30,256,256],[-a,a],[-a,a],b,{title:"its image among the data",xlabel:"x₁",ylabel:"x₂"});h.points(f,$.real,2,.5),(l.centres||[]).forEach((E,x)=>h.points(E,`rgb(${F[x%F.length]})`,6,1));for(let E of p)h.line(E.map(x=>x[0]),E.map(x=>x[1]),$.fake,{width:.7,alpha:.4});let A=d(u.z);h.points(A,"#ffffff",9,1),h.points(A,"#222222",6,1)}),I=T("div",{class:"gan-caption"}),k=n.coalesce(async()=>{let o=d(u.z),c=C=>Array.from(C,b=>b.toFixed(2)).join(", ");M.draw(),w.draw(),M.describe(`The latent point (${c(u.z)})`),w.describe(`G takes it to (${c(o)}), among the data in blue`),I.textContent=`z = (${c(u.z)})  →  G(z) = (${c(o)})`.replaceAll("-","−"),w.node.dataset.frame=String(++g)}),S=[0,1].map(o=>R({label:`z${"₁₂"[o]}`,low:-r,high:r,step:.05,value:m[o],tip:"A coordinate of the latent point",change:c=>{u.z[o]=c,k()}})),s=o=>{if(!(o.buttons&1))return;let c=M.node.getBoundingClientRect(),C=320/c.width,b=[(o.clientX-c.left)*C,(o.clientY-c.top)*C];u.z[0]=Math.min(r,Math.max(-r,-r+(b[0]-54)/256*2*r)),u.z[1]=Math.min(r,Math.max(-r,r-(b[1]-30)/256*2*r));for(let[h,A]of S.entries())A.set(u.z[h]);k()};return M.node.addEventListener("pointerdown",o=>{M.node.setPointerCapture(o.pointerId),s(o)}),M.node.addEventListener("pointermove",s),M.node.style.cursor="crosshair",M.node.style.touchAction="none",n.body.append(T("div",{class:"gan-title"},l.title),T("div",{class:"gan-pair"},M.node,w.node),I,T("div",{class:"gan-controls gan-wide"},...S.map(o=>o.node))),n.redraw=k,k(),n.close}var ie=B(K);export{ie as default};
