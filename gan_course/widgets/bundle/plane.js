function q(e){let i=new DataView(e.buffer,e.byteOffset,e.byteLength),l=new Float32Array(i.getUint32(0,!0)),t=4+4*Math.ceil(l.length/16);for(let n=0;n<l.length;n++)l[n]=i.getInt16(t+2*n,!0)*i.getFloat32(4+4*(n>>4),!0);return l}var G={linear(e,{n_in:i,n_out:l,weight:t,bias:n},a){let f=new Float32Array(l);for(let g=0,d=t;g<l;g++){let r=a[n+g];for(let u=0;u<i;u++,d++)r+=a[d]*e[u];f[g]=r}return f},relu(e,{slope:i}){for(let l=0;l<e.length;l++)e[l]<0&&(e[l]*=i);return e},tanh(e){for(let i=0;i<e.length;i++)e[i]=Math.tanh(e[i]);return e},upsample(e,{shape:[i,l,t],factor:n}){let a=l*n,f=t*n,g=new Float32Array(i*a*f);for(let d=0,r=0;d<i;d++)for(let u=0;u<a;u++)for(let c=0;c<f;c++,r++)g[r]=e[(d*l+Math.floor(u/n))*t+Math.floor(c/n)];return g},conv(e,{shape:[i,l,t],out:[n,a,f],kernel:[g,d],stride:r,padding:[u,c],weight:b,bias:w},v){let k=(M,S)=>Math.max(0,Math.ceil((M-S)/r)),y=(M,S,s,o)=>Math.min(M,Math.floor((S-1+s-o)/r)+1),I=new Float32Array(n*a*f);for(let M=0;M<n;M++){I.fill(v[w+M],M*a*f,(M+1)*a*f);for(let S=0;S<i;S++)for(let s=0;s<g;s++)for(let o=0;o<d;o++){let m=v[b+((M*i+S)*g+s)*d+o],C=k(c,o),h=y(f,t,c,o);for(let p=k(u,s);p<y(a,l,u,s);p++){let A=(S*l+r*p+s-u)*t+o-c,E=(M*a+p)*f;for(let x=C;x<h;x++)I[E+x]+=m*e[A+r*x]}}}return I},transposed(e,{shape:[i,l,t],out:[n,a,f],kernel:[g,d],stride:r,padding:[u,c],weight:b,bias:w},v){let k=new Float32Array(n*a*f);for(let y=0;y<n;y++)k.fill(v[w+y],y*a*f,(y+1)*a*f);for(let y=0;y<i;y++)for(let I=0;I<l;I++)for(let M=0;M<t;M++){let S=e[(y*l+I)*t+M];if(S===0)continue;let s=I*r-u,o=M*r-c,m=Math.max(0,-o),C=Math.min(d,f-o);for(let h=0;h<n;h++)for(let p=Math.max(0,-s);p<Math.min(g,a-s);p++){let A=b+((y*n+h)*g+p)*d,E=(h*a+s+p)*f+o;for(let x=m;x<C;x++)k[E+x]+=S*v[A+x]}}return k},keep(e,i,l,{shelf:t}){return t.push(e.slice()),e},join(e,i,l,{shelf:t}){let n=t.pop(),a=new Float32Array(e.length+n.length);return a.set(e),a.set(n,e.length),a},paste(e,{channels:i=1},l,{input:t}){let n=e.length/i;return e.map((a,f)=>t[e.length+f%n]>.5?t[f]:a)}};function L(e,i){let l=q(i),{latent_dim:t,num_classes:n,label_dim:a,label_table:f}=e;return(g,d=0)=>{let r=new Float32Array(t+a);if(r.set(g.subarray(0,t)),n&&f==null)r[t+d]=1;else if(n)for(let c=0;c<a;c++)r[t+c]=l[f+c*n+d];let u={shelf:[],input:r};return e.operations.reduce((c,b)=>G[b.op](c,b,l,u),r)}}var z=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var $={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},O=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function T(e,i={},...l){let t=document.createElement(e);for(let[n,a]of Object.entries(i))n.startsWith("on")?t.addEventListener(n.slice(2),a):a!==!1&&a!=null&&t.setAttribute(n,a===!0?"":a);return t.append(...l.filter(n=>n!=null)),t}var Y=Math.random().toString(36).slice(2),J=0;function U({label:e,low:i,high:l,step:t,value:n,tip:a,change:f,format:g}){let d=Math.max(0,Math.ceil(-Math.log10(t))),r=g||(v=>v.toFixed(Number.isInteger(t)?0:d).replace("-","−")),u=`gan-slider-${Y}-${++J}`,c=T("input",{type:"range",id:u,min:i,max:l,step:t,value:n,title:a}),b=T("output",{for:u}),w=()=>{b.textContent=r(Number(c.value)),c.setAttribute("aria-valuetext",b.textContent)};return c.addEventListener("input",()=>{w(),f?.(Number(c.value))}),w(),{node:T("div",{class:"gan-slider"},T("label",{for:u,title:a},e),c,b),input:c,get value(){return Number(c.value)},set(v){c.value=String(v),w()}}}function W(e,i){let l=T("div",{class:"gan-body"}),t=T("div",{class:"gan-error",role:"alert",hidden:!0}),n=T("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:d=>d.stopPropagation()};e.append(T("div",{class:"gan-widget",role:"group","aria-label":i,...a},l,n,t));let f={body:l,redraw:()=>{},fail(d){t.hidden=!d,t.textContent=d?String(d.message||d):""},note(d){n.hidden=!d,n.textContent=d||""},coalesce(d){let r=!1,u=!1;return async function(){if(u=!0,!r){r=!0;try{for(;u;)u=!1,await d(),f.fail(null)}catch(b){f.fail(b)}finally{r=!1}}}}},g=new MutationObserver(()=>f.redraw());return g.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),g.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),f.close=()=>g.disconnect(),f}function j(e,i,l){let t=T("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${i}`,{node:t,describe(n){t.setAttribute("aria-label",n)},draw(...n){let a=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*a),t.height=Math.round(i*a);let f=t.getContext("2d");f.scale(a,a);let g=getComputedStyle(t).color||"#222";l(f,e,i,g,...n)}}}function R(e,i,l=5){let t=(i-e)/l,n=10**Math.floor(Math.log10(t)),a=[1,2,5,10].map(g=>g*n).find(g=>g>=t),f=[];for(let g=Math.ceil(e/a-1e-9)*a;g<=i+1e-9*a;g+=a)f.push(Math.abs(g)<a/1e6?0:g);return f}function D(e,i,[l,t],[n,a],f,{title:g="",xlabel:d="",ylabel:r="",grid:u=!0}={}){let[c,b,w,v]=i,k=s=>c+(s-l)/(t-l)*w,y=s=>b+v-(s-n)/(a-n)*v;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let I=s=>String(Number(s.toPrecision(4))).replace("-","−"),M=(s,o,m,C,h)=>{e.globalAlpha=h,e.strokeStyle=f,e.beginPath(),e.moveTo(s,o),e.lineTo(m,C),e.stroke(),e.globalAlpha=1};e.fillStyle=f,e.textAlign="center";for(let s of R(l,t,Math.max(2,w/70)))u&&M(k(s),b,k(s),b+v,.12),e.fillText(I(s),k(s),b+v+11);e.textAlign="right";for(let s of R(n,a,Math.max(2,v/45)))u&&M(c,y(s),c+w,y(s),.12),e.fillText(I(s),c-6,y(s));M(c,b,c,b+v,.6),M(c,b+v,c+w,b+v,.6),e.textAlign="center",e.fillText(d,c+w/2,b+v+28),e.save(),e.translate(c-44,b+v/2),e.rotate(-Math.PI/2),e.fillText(r,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(g,c-4,b-12),e.font="12px system-ui, sans-serif";let S=s=>{e.save(),e.beginPath(),e.rect(c,b-1,w+1,v+2),e.clip(),s(),e.restore()};return{X:k,Y:y,clip:S,line(s,o,m,{width:C=2,dash:h=[],fill:p=!1,alpha:A=1}={}){S(()=>{e.beginPath(),s.forEach((E,x)=>e[x?"lineTo":"moveTo"](k(E),y(o[x]))),e.strokeStyle=m,e.lineWidth=C,e.setLineDash(h),e.globalAlpha=A,e.stroke(),p&&(e.lineTo(k(s[s.length-1]),y(Math.max(n,0))),e.lineTo(k(s[0]),y(Math.max(n,0))),e.fillStyle=m,e.globalAlpha=.15,e.fill())})},level(s,o,m){s<n||s>a||(S(()=>{e.setLineDash([2,3]),e.strokeStyle=o,e.beginPath(),e.moveTo(c,y(s)),e.lineTo(c+w,y(s)),e.stroke()}),e.fillStyle=o,e.textAlign="right",e.fillText(m,c+w,y(s)-8))},points(s,o,m=2,C=.5){S(()=>{e.fillStyle=o,e.globalAlpha=C;for(let h=0;h<s.length;h+=2){let[p,A]=[k(s[h]),y(s[h+1])];m<3?e.fillRect(p-.85*m,A-.85*m,1.7*m,1.7*m):(e.beginPath(),e.arc(p,A,m,0,7),e.fill())}})},heat(s,o){let m=new ImageData(o,o);for(let h=0;h<o*o;h++){let p=s[h]/255*4,A=Math.min(3,Math.floor(p)),E=p-A,x=4*((o-1-Math.floor(h/o))*o+h%o);for(let P=0;P<3;P++)m.data[x+P]=O[A][P]+E*(O[A+1][P]-O[A][P]);m.data[x+3]=255}let C=new OffscreenCanvas(o,o);C.getContext("2d").putImageData(m,0,0),S(()=>{e.imageSmoothingEnabled=!0,e.drawImage(C,c,b,w,v)})}}}function N(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function V(e,i){let l={generator:e.generator,ask:null};if(e.send){let t=new Map,n=Math.random().toString(36).slice(2),a=0,f=(g,d)=>{let r=t.get(g.id);r&&(t.delete(g.id),g.error?r.reject(new Error(g.error)):r.resolve({content:g.content,bytes:N(d?.[0])}))};e.on("msg:custom",f),i.addEventListener("abort",()=>e.off("msg:custom",f)),l.ask=(g,d={},r=[])=>new Promise((u,c)=>{let b=`${n}-${++a}`;t.set(b,{resolve:u,reject:c}),e.send({id:b,name:g,content:d},void 0,r)})}return l.alive=(t,n)=>{let a=f=>{n.inert=!f,n.style.opacity=f?"1":"0.5"};a(!1),t.note(l.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),l.ask?.("hello").then(()=>{a(!0),t.note(null)}).catch(t.fail)},l}function H(){document.getElementById("gan-course-style")||document.head.append(T("style",{id:"gan-course-style"},z))}function B(e){function i({model:l,el:t}){let n=new AbortController;t.dataset.kind=l.get("kind"),H();let a=()=>{};try{a=e(t,l.get("config"),N(l.get("data")),V(l,n.signal))}catch(f){t.append(T("div",{class:"gan-error",role:"alert"},`This widget could not start: ${f.message}`)),console.error(f)}return()=>{n.abort(),a()}}return{render:i}}var F=[[0,114,178],[213,94,0],[0,158,115],[204,121,167],[86,180,233],[230,159,0],[240,228,66],[122,81,149]];function K(e,i,l,t){let n=W(e,i.title),{limit:a,real:f,z:g}=i,d=L(i.program,l),r=3,u={z:Float32Array.from(g)},c=0,b=[];for(let o=0;o<=16;o++)for(let m of[0,1])b.push(Array.from({length:81},(C,h)=>{let p=[0,0];return p[m]=-r+2*r*o/16,p[1-m]=-r+2*r*h/80,Array.from(d(Float32Array.from(p)))}));let w=120,v=i.centres&&new OffscreenCanvas(w,w);if(v){let o=new ImageData(w,w);for(let m=0;m<w*w;m++){let[C,h]=d(Float32Array.of(-r+2*r*(m%w)/(w-1),r-2*r*Math.floor(m/w)/(w-1))),p=i.centres.map(([E,x])=>Math.hypot(C-E,h-x)),A=p.indexOf(Math.min(...p));o.data.set(p[A]<=i.near?[...F[A%F.length],255]:[255,255,255,255],4*m)}v.getContext("2d").putImageData(o,0,0)}let k=j(320,340,(o,m,C,h)=>{let p=v?"the latent plane, by mode":"the latent plane",A=D(o,[54,30,256,256],[-r,r],[-r,r],h,{title:p,xlabel:"z₁",ylabel:"z₂"});v&&A.clip(()=>o.drawImage(v,54,30,256,256)),A.points(u.z,"#ffffff",9,1),A.points(u.z,"#222222",6,1)}),y=j(320,340,(o,m,C,h)=>{let p=D(o,[54,30,256,256],[-a,a],[-a,a],h,{title:"its image among the data",xlabel:"x₁",ylabel:"x₂"});p.points(f,$.real,2,.5),(i.centres||[]).forEach((E,x)=>p.points(E,`rgb(${F[x%F.length]})`,6,1));for(let E of b)p.line(E.map(x=>x[0]),E.map(x=>x[1]),$.fake,{width:.7,alpha:.4});let A=d(u.z);p.points(A,"#ffffff",9,1),p.points(A,"#222222",6,1)}),I=T("div",{class:"gan-caption"}),M=n.coalesce(async()=>{let o=d(u.z),m=C=>Array.from(C,h=>h.toFixed(2)).join(", ");k.draw(),y.draw(),k.describe(`The latent point (${m(u.z)})`),y.describe(`G takes it to (${m(o)}), among the data in blue`),I.textContent=`z = (${m(u.z)})  →  G(z) = (${m(o)})`.replaceAll("-","−"),y.node.dataset.frame=String(++c)}),S=[0,1].map(o=>U({label:`z${"₁₂"[o]}`,low:-r,high:r,step:.05,value:g[o],tip:"A coordinate of the latent point",change:m=>{u.z[o]=m,M()}})),s=o=>{if(!(o.buttons&1))return;let m=k.node.getBoundingClientRect(),C=320/m.width,h=[(o.clientX-m.left)*C,(o.clientY-m.top)*C];u.z[0]=Math.min(r,Math.max(-r,-r+(h[0]-54)/256*2*r)),u.z[1]=Math.min(r,Math.max(-r,r-(h[1]-30)/256*2*r));for(let[p,A]of S.entries())A.set(u.z[p]);M()};return k.node.addEventListener("pointerdown",o=>{k.node.setPointerCapture(o.pointerId),s(o)}),k.node.addEventListener("pointermove",s),k.node.style.cursor="crosshair",k.node.style.touchAction="none",n.body.append(T("div",{class:"gan-title"},i.title),T("div",{class:"gan-pair"},k.node,y.node),I,T("div",{class:"gan-controls gan-wide"},...S.map(o=>o.node))),n.redraw=M,M(),n.close}var le=B(K);export{le as default};
