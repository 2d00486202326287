function G(e){let a=new DataView(e.buffer,e.byteOffset,e.byteLength),o=new Float32Array(a.getUint32(0,!0)),t=4+4*Math.ceil(o.length/16);for(let n=0;n<o.length;n++)o[n]=a.getInt16(t+2*n,!0)*a.getFloat32(4+4*(n>>4),!0);return o}var F={linear(e,{n_in:a,n_out:o,weight:t,bias:n},r){let s=new Float32Array(o);for(let c=0,g=t;c<o;c++){let i=r[n+c];for(let d=0;d<a;d++,g++)i+=r[g]*e[d];s[c]=i}return s},relu(e,{slope:a}){for(let o=0;o<e.length;o++)e[o]<0&&(e[o]*=a);return e},tanh(e){for(let a=0;a<e.length;a++)e[a]=Math.tanh(e[a]);return e},upsample(e,{shape:[a,o,t],factor:n}){let r=o*n,s=t*n,c=new Float32Array(a*r*s);for(let g=0,i=0;g<a;g++)for(let d=0;d<r;d++)for(let m=0;m<s;m++,i++)c[i]=e[(g*o+Math.floor(d/n))*t+Math.floor(m/n)];return c},conv(e,{shape:[a,o,t],out:[n,r,s],kernel:[c,g],stride:i,padding:[d,m],weight:u,bias:b},y){let M=(A,k)=>Math.max(0,Math.ceil((A-k)/i)),h=(A,k,f,l)=>Math.min(A,Math.floor((k-1+f-l)/i)+1),T=new Float32Array(n*r*s);for(let A=0;A<n;A++){b!=null&&T.fill(y[b+A],A*r*s,(A+1)*r*s);for(let k=0;k<a;k++)for(let f=0;f<c;f++)for(let l=0;l<g;l++){let p=y[u+((A*a+k)*c+f)*g+l],S=M(m,l),v=h(s,t,m,l);for(let w=M(d,f);w<h(r,o,d,f);w++){let x=(k*o+i*w+f-d)*t+l-m,E=(A*r+w)*s;for(let C=S;C<v;C++)T[E+C]+=p*e[x+i*C]}}}return T},transposed(e,{shape:[a,o,t],out:[n,r,s],kernel:[c,g],stride:i,padding:[d,m],weight:u,bias:b},y){let M=new Float32Array(n*r*s);for(let h=0;h<n;h++)M.fill(y[b+h],h*r*s,(h+1)*r*s);for(let h=0;h<a;h++)for(let T=0;T<o;T++)for(let A=0;A<t;A++){let k=e[(h*o+T)*t+A];if(k===0)continue;let f=T*i-d,l=A*i-m,p=Math.max(0,-l),S=Math.min(g,s-l);for(let v=0;v<n;v++)for(let w=Math.max(0,-f);w<Math.min(c,r-f);w++){let x=u+((h*n+v)*c+w)*g,E=(v*r+f+w)*s+l;for(let C=p;C<S;C++)M[E+C]+=k*y[x+C]}}return M},keep(e,a,o,{shelf:t}){return t.push(e.slice()),e},join(e,a,o,{shelf:t}){let n=t.pop(),r=new Float32Array(e.length+n.length);return r.set(e),r.set(n,e.length),r},part(e,{first:a,count:o},t,{input:n}){return n.slice(a,a+o)},normalise(e){let a=1e-8*e.length;for(let t of e)a+=t*t;let o=Math.sqrt(a/e.length);return e.map(t=>t/o)},truncate(e,{mean:a},o,{psi:t}){return e.map((n,r)=>o[a+r]+t*(n-o[a+r]))},style(e,a,o,{styles:t}){return t.push(e),e},constant(e,{place:a,shape:o},t){return t.slice(a,a+o[0]*o[1]*o[2])},modulated(e,a,o,t){let{shape:n,out:r,kernel:s,weight:c,bias:g,noise:i,gain:d}=a,m=F.linear(t.styles[a.style],a.affine,o),u=n[1]*n[2],b=s[0]*s[1],y=e.map((h,T)=>h*m[Math.floor(T/u)]),M=F.conv(y,{...a,bias:null},o);for(let h=0;h<r[0];h++){let T=a.demodulate?1e-8:1;if(a.demodulate)for(let k=0,f=c+h*n[0]*b;k<n[0];k++)for(let l=0;l<b;l++,f++)T+=(m[k]*o[f])**2;let A=d/Math.sqrt(T);for(let k=0;k<u;k++)M[h*u+k]=M[h*u+k]*A+o[g+h]+(i==null?0:o[i+k])}return M},draw(e,a,o,t){let n=F.modulated(e,a,o,t),[r,s,c]=a.out;if(t.picture){let g=F.upsample(t.picture,{shape:[r,s/2,c/2],factor:2});for(let i=0;i<n.length;i++)n[i]+=g[i]}return t.picture=n,e},picture(e,a,o,t){return t.picture},paste(e,{channels:a=1},o,{input:t}){let n=e.length/a;return e.map((r,s)=>t[e.length+s%n]>.5?t[s]:r)}};function z(e,a){let o=G(a),{latent_dim:t,num_classes:n,label_dim:r,label_table:s}=e;return(c,g=0,i=1)=>{let d=new Float32Array(t+r);d.set(c.subarray(0,t));for(let u=0;u<n;u++){let b=typeof g=="number"?+(u===g):g[u];if(s==null)d[t+u]=b;else for(let y=0;y<r;y++)d[t+y]+=b*o[s+y*n+u]}let m={shelf:[],input:d,styles:[],psi:i,picture:null};return e.operations.reduce((u,b)=>F[b.op](u,b,o,m),d)}}var N=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var j={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},$=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function I(e,a={},...o){let t=document.createElement(e);for(let[n,r]of Object.entries(a))n.startsWith("on")?t.addEventListener(n.slice(2),r):r!==!1&&r!=null&&t.setAttribute(n,r===!0?"":r);return t.append(...o.filter(n=>n!=null)),t}var Y=Math.random().toString(36).slice(2),J=0;function U({label:e,low:a,high:o,step:t,value:n,tip:r,change:s,format:c}){let g=Math.max(0,Math.ceil(-Math.log10(t))),i=c||(y=>y.toFixed(Number.isInteger(t)?0:g).replace("-","−")),d=`gan-slider-${Y}-${++J}`,m=I("input",{type:"range",id:d,min:a,max:o,step:t,value:n,title:r}),u=I("output",{for:d}),b=()=>{u.textContent=i(Number(m.value)),m.setAttribute("aria-valuetext",u.textContent)};return m.addEventListener("input",()=>{b(),s?.(Number(m.value))}),b(),{node:I("div",{class:"gan-slider"},I("label",{for:d,title:r},e),m,u),input:m,get value(){return Number(m.value)},set(y){m.value=String(y),b()}}}function W(e,a){let o=I("div",{class:"gan-body"}),t=I("div",{class:"gan-error",role:"alert",hidden:!0}),n=I("div",{class:"gan-note",hidden:!0}),r={"data-lm-suppress-shortcuts":!0,onkeydown:g=>g.stopPropagation()};e.append(I("div",{class:"gan-widget",role:"group","aria-label":a,...r},o,n,t));let s={body:o,redraw:()=>{},fail(g){t.hidden=!g,t.textContent=g?String(g.message||g):""},note(g){n.hidden=!g,n.textContent=g||""},coalesce(g){let i=!1,d=!1;return async function(){if(d=!0,!i){i=!0;try{for(;d;)d=!1,await g(),s.fail(null)}catch(u){s.fail(u)}finally{i=!1}}}}},c=new MutationObserver(()=>s.redraw());return c.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),c.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),s.close=()=>c.disconnect(),s}function D(e,a,o){let t=I("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${e}px`,t.style.maxWidth=`min(100%, ${e}px)`,t.style.aspectRatio=`${e} / ${a}`,{node:t,describe(n){t.setAttribute("aria-label",n)},draw(...n){let r=(window.devicePixelRatio||1)*((t.clientWidth||e)/e);t.width=Math.round(e*r),t.height=Math.round(a*r);let s=t.getContext("2d");s.scale(r,r);let c=getComputedStyle(t).color||"#222";o(s,e,a,c,...n)}}}function R(e,a,o=5){let t=(a-e)/o,n=10**Math.floor(Math.log10(t)),r=[1,2,5,10].map(c=>c*n).find(c=>c>=t),s=[];for(let c=Math.ceil(e/r-1e-9)*r;c<=a+1e-9*r;c+=r)s.push(Math.abs(c)<r/1e6?0:c);return s}function L(e,a,[o,t],[n,r],s,{title:c="",xlabel:g="",ylabel:i="",grid:d=!0}={}){let[m,u,b,y]=a,M=f=>m+(f-o)/(t-o)*b,h=f=>u+y-(f-n)/(r-n)*y;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let T=f=>String(Number(f.toPrecision(4))).replace("-","−"),A=(f,l,p,S,v)=>{e.globalAlpha=v,e.strokeStyle=s,e.beginPath(),e.moveTo(f,l),e.lineTo(p,S),e.stroke(),e.globalAlpha=1};e.fillStyle=s,e.textAlign="center";for(let f of R(o,t,Math.max(2,b/70)))d&&A(M(f),u,M(f),u+y,.12),e.fillText(T(f),M(f),u+y+11);e.textAlign="right";for(let f of R(n,r,Math.max(2,y/45)))d&&A(m,h(f),m+b,h(f),.12),e.fillText(T(f),m-6,h(f));A(m,u,m,u+y,.6),A(m,u+y,m+b,u+y,.6),e.textAlign="center",e.fillText(g,m+b/2,u+y+28),e.save(),e.translate(m-44,u+y/2),e.rotate(-Math.PI/2),e.fillText(i,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(c,m-4,u-12),e.font="12px system-ui, sans-serif";let k=f=>{e.save(),e.beginPath(),e.rect(m,u-1,b+1,y+2),e.clip(),f(),e.restore()};return{X:M,Y:h,clip:k,line(f,l,p,{width:S=2,dash:v=[],fill:w=!1,alpha:x=1}={}){k(()=>{e.beginPath(),f.forEach((E,C)=>e[C?"lineTo":"moveTo"](M(E),h(l[C]))),e.strokeStyle=p,e.lineWidth=S,e.setLineDash(v),e.globalAlpha=x,e.stroke(),w&&(e.lineTo(M(f[f.length-1]),h(Math.max(n,0))),e.lineTo(M(f[0]),h(Math.max(n,0))),e.fillStyle=p,e.globalAlpha=.15,e.fill())})},level(f,l,p){f<n||f>r||(k(()=>{e.setLineDash([2,3]),e.strokeStyle=l,e.beginPath(),e.moveTo(m,h(f)),e.lineTo(m+b,h(f)),e.stroke()}),e.fillStyle=l,e.textAlign="right",e.fillText(p,m+b,h(f)-8))},points(f,l,p=2,S=.5){k(()=>{e.fillStyle=l,e.globalAlpha=S;for(let v=0;v<f.length;v+=2){let[w,x]=[M(f[v]),h(f[v+1])];p<3?e.fillRect(w-.85*p,x-.85*p,1.7*p,1.7*p):(e.beginPath(),e.arc(w,x,p,0,7),e.fill())}})},heat(f,l){let p=new ImageData(l,l);for(let v=0;v<l*l;v++){let w=f[v]/255*4,x=Math.min(3,Math.floor(w)),E=w-x,C=4*((l-1-Math.floor(v/l))*l+v%l);for(let P=0;P<3;P++)p.data[C+P]=$[x][P]+E*($[x+1][P]-$[x][P]);p.data[C+3]=255}let S=new OffscreenCanvas(l,l);S.getContext("2d").putImageData(p,0,0),k(()=>{e.imageSmoothingEnabled=!0,e.drawImage(S,m,u,b,y)})}}}function q(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function V(e,a){let o={generator:e.generator,ask:null};if(e.send){let t=new Map,n=Math.random().toString(36).slice(2),r=0,s=(c,g)=>{let i=t.get(c.id);i&&(t.delete(c.id),c.error?i.reject(new Error(c.error)):i.resolve({content:c.content,bytes:q(g?.[0])}))};e.on("msg:custom",s),a.addEventListener("abort",()=>e.off("msg:custom",s)),o.ask=(c,g={},i=[])=>new Promise((d,m)=>{let u=`${n}-${++r}`;t.set(u,{resolve:d,reject:m}),e.send({id:u,name:c,content:g},void 0,i)})}return o.alive=(t,n)=>{let r=s=>{n.inert=!s,n.style.opacity=s?"1":"0.5"};r(!1),t.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{r(!0),t.note(null)}).catch(t.fail)},o}function H(){document.getElementById("gan-course-style")||document.head.append(I("style",{id:"gan-course-style"},N))}function B(e){function a({model:o,el:t}){let n=new AbortController;t.dataset.kind=o.get("kind"),H();let r=()=>{};try{r=e(t,o.get("config"),q(o.get("data")),V(o,n.signal))}catch(s){t.append(I("div",{class:"gan-error",role:"alert"},`This widget could not start: ${s.message}`)),console.error(s)}return()=>{n.abort(),r()}}return{render:a}}var O=[[0,114,178],[213,94,0],[0,158,115],[204,121,167],[86,180,233],[230,159,0],[240,228,66],[122,81,149]];function K(e,a,o,t){let n=W(e,a.title),{limit:r,real:s,z:c}=a,g=z(a.program,o),i=3,d={z:Float32Array.from(c)},m=0,u=[];for(let l=0;l<=16;l++)for(let p of[0,1])u.push(Array.from({length:81},(S,v)=>{let w=[0,0];return w[p]=-i+2*i*l/16,w[1-p]=-i+2*i*v/80,Array.from(g(Float32Array.from(w)))}));let b=120,y=a.centres&&new OffscreenCanvas(b,b);if(y){let l=new ImageData(b,b);for(let p=0;p<b*b;p++){let[S,v]=g(Float32Array.of(-i+2*i*(p%b)/(b-1),i-2*i*Math.floor(p/b)/(b-1))),w=a.centres.map(([E,C])=>Math.hypot(S-E,v-C)),x=w.indexOf(Math.min(...w));l.data.set(w[x]<=a.near?[...O[x%O.length],255]:[255,255,255,255],4*p)}y.getContext("2d").putImageData(l,0,0)}let M=D(320,340,(l,p,S,v)=>{let w=y?"the latent plane, by mode":"the latent plane",x=L(l,[54,30,256,256],[-i,i],[-i,i],v,{title:w,xlabel:"z₁",ylabel:"z₂"});y&&x.clip(()=>l.drawImage(y,54,30,256,256)),x.points(d.z,"#ffffff",9,1),x.points(d.z,"#222222",6,1)}),h=D(320,340,(l,p,S,v)=>{let w=L(l,[54,30,256,256],[-r,r],[-r,r],v,{title:"its image among the data",xlabel:"x₁",ylabel:"x₂"});w.points(s,j.real,2,.5),(a.centres||[]).forEach((E,C)=>w.points(E,`rgb(${O[C%O.length]})`,6,1));for(let E of u)w.line(E.map(C=>C[0]),E.map(C=>C[1]),j.fake,{width:.7,alpha:.4});let x=g(d.z);w.points(x,"#ffffff",9,1),w.points(x,"#222222",6,1)}),T=I("div",{class:"gan-caption"}),A=n.coalesce(async()=>{let l=g(d.z),p=S=>Array.from(S,v=>v.toFixed(2)).join(", ");M.draw(),h.draw(),M.describe(`The latent point (${p(d.z)})`),h.describe(`G takes it to (${p(l)}), among the data in blue`),T.textContent=`z = (${p(d.z)})  →  G(z) = (${p(l)})`.replaceAll("-","−"),h.node.dataset.frame=String(++m)}),k=[0,1].map(l=>U({label:`z${"₁₂"[l]}`,low:-i,high:i,step:.05,value:c[l],tip:"A coordinate of the latent point",change:p=>{d.z[l]=p,A()}})),f=l=>{if(!(l.buttons&1))return;let p=M.node.getBoundingClientRect(),S=320/p.width,v=[(l.clientX-p.left)*S,(l.clientY-p.top)*S];d.z[0]=Math.min(i,Math.max(-i,-i+(v[0]-54)/256*2*i)),d.z[1]=Math.min(i,Math.max(-i,i-(v[1]-30)/256*2*i));for(let[w,x]of k.entries())x.set(d.z[w]);A()};return M.node.addEventListener("pointerdown",l=>{M.node.setPointerCapture(l.pointerId),f(l)}),M.node.addEventListener("pointermove",f),M.node.style.cursor="crosshair",M.node.style.touchAction="none",n.body.append(I("div",{class:"gan-title"},a.title),I("div",{class:"gan-pair"},M.node,h.node),T,I("div",{class:"gan-controls gan-wide"},...k.map(l=>l.node))),n.redraw=A,A(),n.close}var le=B(K);export{le as default};
