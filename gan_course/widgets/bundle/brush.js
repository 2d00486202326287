function we(t){let r=new DataView(t.buffer,t.byteOffset,t.byteLength),o=new Float32Array(r.getUint32(0,!0)),e=4+4*Math.ceil(o.length/16);for(let a=0;a<o.length;a++)o[a]=r.getInt16(e+2*a,!0)*r.getFloat32(4+4*(a>>4),!0);return o}function le(t){return Uint8Array.from(atob(t),r=>r.charCodeAt(0))}var V={linear(t,{n_in:r,n_out:o,weight:e,bias:a},i){let s=new Float32Array(o);for(let d=0,f=e;d<o;d++){let h=i[a+d];for(let u=0;u<r;u++,f++)h+=i[f]*t[u];s[d]=h}return s},relu(t,{slope:r}){for(let o=0;o<t.length;o++)t[o]<0&&(t[o]*=r);return t},tanh(t){for(let r=0;r<t.length;r++)t[r]=Math.tanh(t[r]);return t},upsample(t,{shape:[r,o,e],factor:a}){let i=o*a,s=e*a,d=new Float32Array(r*i*s);for(let f=0,h=0;f<r;f++)for(let u=0;u<i;u++)for(let p=0;p<s;p++,h++)d[h]=t[(f*o+Math.floor(u/a))*e+Math.floor(p/a)];return d},conv(t,{shape:[r,o,e],out:[a,i,s],kernel:[d,f],stride:h,padding:[u,p],weight:g,bias:M},l){let C=(y,k)=>Math.max(0,Math.ceil((y-k)/h)),w=(y,k,E,A)=>Math.min(y,Math.floor((k-1+E-A)/h)+1),$=new Float32Array(a*i*s);for(let y=0;y<a;y++){M!=null&&$.fill(l[M+y],y*i*s,(y+1)*i*s);for(let k=0;k<r;k++)for(let E=0;E<d;E++)for(let A=0;A<f;A++){let D=l[g+((y*r+k)*d+E)*f+A],N=C(p,A),j=w(s,e,p,A);for(let O=C(u,E);O<w(i,o,u,E);O++){let T=(k*o+h*O+E-u)*e+A-p,L=(y*i+O)*s;for(let F=N;F<j;F++)$[L+F]+=D*t[T+h*F]}}}return $},transposed(t,{shape:[r,o,e],out:[a,i,s],kernel:[d,f],stride:h,padding:[u,p],weight:g,bias:M},l){let C=new Float32Array(a*i*s);for(let w=0;w<a;w++)C.fill(l[M+w],w*i*s,(w+1)*i*s);for(let w=0;w<r;w++)for(let $=0;$<o;$++)for(let y=0;y<e;y++){let k=t[(w*o+$)*e+y];if(k===0)continue;let E=$*h-u,A=y*h-p,D=Math.max(0,-A),N=Math.min(f,s-A);for(let j=0;j<a;j++)for(let O=Math.max(0,-E);O<Math.min(d,i-E);O++){let T=g+((w*a+j)*d+O)*f,L=(j*i+E+O)*s+A;for(let F=D;F<N;F++)C[L+F]+=k*l[T+F]}}return C},keep(t,r,o,{shelf:e}){return e.push(t.slice()),t},join(t,r,o,{shelf:e}){let a=e.pop(),i=new Float32Array(t.length+a.length);return i.set(t),i.set(a,t.length),i},part(t,{first:r,count:o},e,{input:a}){return a.slice(r,r+o)},normalise(t){let r=1e-8*t.length;for(let e of t)r+=e*e;let o=Math.sqrt(r/t.length);return t.map(e=>e/o)},truncate(t,{mean:r},o,{psi:e}){return t.map((a,i)=>o[r+i]+e*(a-o[r+i]))},style(t,r,o,{styles:e}){return e.push(t),t},constant(t,{place:r,shape:o},e){return e.slice(r,r+o[0]*o[1]*o[2])},modulated(t,r,o,e){let{shape:a,out:i,kernel:s,weight:d,bias:f,noise:h,gain:u}=r,p=V.linear(e.styles[r.style],r.affine,o),g=a[1]*a[2],M=s[0]*s[1],l=t.map((w,$)=>w*p[Math.floor($/g)]),C=V.conv(l,{...r,bias:null},o);for(let w=0;w<i[0];w++){let $=r.demodulate?1e-8:1;if(r.demodulate)for(let k=0,E=d+w*a[0]*M;k<a[0];k++)for(let A=0;A<M;A++,E++)$+=(p[k]*o[E])**2;let y=u/Math.sqrt($);for(let k=0;k<g;k++)C[w*g+k]=C[w*g+k]*y+o[f+w]+(h==null?0:o[h+k])}return C},draw(t,r,o,e){let a=V.modulated(t,r,o,e),[i,s,d]=r.out;if(e.picture){let f=V.upsample(e.picture,{shape:[i,s/2,d/2],factor:2});for(let h=0;h<a.length;h++)a[h]+=f[h]}return e.picture=a,t},picture(t,r,o,e){return e.picture},paste(t,{channels:r=1},o,{input:e}){let a=t.length/r;return t.map((i,s)=>e[t.length+s%a]>.5?e[s]:i)}};function Q(t,r){let o=we(r),{latent_dim:e,num_classes:a,label_dim:i,label_table:s}=t;return(d,f=0,h=1)=>{let u=new Float32Array(e+i);u.set(d.subarray(0,e));for(let g=0;g<a;g++){let M=typeof f=="number"?+(g===f):f[g];if(s==null)u[e+g]=M;else for(let l=0;l<i;l++)u[e+l]+=M*o[s+l*a+g]}let p={shelf:[],input:u,styles:[],psi:h,picture:null};return t.operations.reduce((g,M)=>V[M.op](g,M,o,p),u)}}function ce(t){return Uint8Array.from(t,r=>Math.round((Math.min(1,Math.max(-1,r))+1)*127.5))}var ue=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var Z={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function v(t,r={},...o){let e=document.createElement(t);for(let[a,i]of Object.entries(r))a.startsWith("on")?e.addEventListener(a.slice(2),i):i!==!1&&i!=null&&e.setAttribute(a,i===!0?"":i);return e.append(...o.filter(a=>a!=null)),e}var ve=Math.random().toString(36).slice(2),ke=0;function _({label:t,low:r,high:o,step:e,value:a,tip:i,change:s,format:d}){let f=Math.max(0,Math.ceil(-Math.log10(e))),h=d||(l=>l.toFixed(Number.isInteger(e)?0:f).replace("-","−")),u=`gan-slider-${ve}-${++ke}`,p=v("input",{type:"range",id:u,min:r,max:o,step:e,value:a,title:i}),g=v("output",{for:u}),M=()=>{g.textContent=h(Number(p.value)),p.setAttribute("aria-valuetext",g.textContent)};return p.addEventListener("input",()=>{M(),s?.(Number(p.value))}),M(),{node:v("div",{class:"gan-slider"},v("label",{for:u,title:i},t),p,g),input:p,get value(){return Number(p.value)},set(l){p.value=String(l),M()}}}function ee(t,r,o){return v("button",{type:"button",title:r,onclick:o},t)}function de(t,r){let o=v("div",{class:"gan-body"}),e=v("div",{class:"gan-error",role:"alert",hidden:!0}),a=v("div",{class:"gan-note",hidden:!0}),i={"data-lm-suppress-shortcuts":!0,onkeydown:f=>f.stopPropagation()};t.append(v("div",{class:"gan-widget",role:"group","aria-label":r,...i},o,a,e));let s={body:o,redraw:()=>{},fail(f){e.hidden=!f,e.textContent=f?String(f.message||f):""},note(f){a.hidden=!f,a.textContent=f||""},coalesce(f){let h=!1,u=!1;return async function(){if(u=!0,!h){h=!0;try{for(;u;)u=!1,await f(),s.fail(null)}catch(g){s.fail(g)}finally{h=!1}}}}},d=new MutationObserver(()=>s.redraw());return d.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),d.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),s.close=()=>d.disconnect(),s}function Y(t,r,o){let e=v("canvas",{class:"gan-canvas",role:"img"});return e.style.width=`${t}px`,e.style.maxWidth=`min(100%, ${t}px)`,e.style.aspectRatio=`${t} / ${r}`,{node:e,describe(a){e.setAttribute("aria-label",a)},draw(...a){let i=(window.devicePixelRatio||1)*((e.clientWidth||t)/t);e.width=Math.round(t*i),e.height=Math.round(r*i);let s=e.getContext("2d");s.scale(i,i);let d=getComputedStyle(e).color||"#222";o(s,t,r,d,...a)}}}function H(t,r,[o,e],a,i,s=1){let d=o*e,f=r.length/(s*d),h=Math.ceil(f/a),u=a*(e+1)-1,p=h*(o+1)-1,g=new ImageData(u,p);for(let l=0;l<f;l++){let C=Math.floor(l/a)*(o+1),w=l%a*(e+1);for(let $=0;$<o;$++)for(let y=0;y<e;y++){let k=4*((C+$)*u+w+y),E=l*s*d+$*e+y;for(let A=0;A<3;A++)g.data[k+A]=s===1?255-r[E]:r[E+A*d];g.data[k+3]=255}}let M=new OffscreenCanvas(u,p);M.getContext("2d").putImageData(g,0,0),t.imageSmoothingEnabled=!1,t.drawImage(M,0,0,u*i,p*i)}function fe(t){let r=t*2654435761+1>>>0,o=()=>{r=r+1831565813>>>0;let e=Math.imul(r^r>>>15,r|1);return e^=e+Math.imul(e^e>>>7,e|61),((e^e>>>14)>>>0)/4294967296};return{uniform:o,normal:e=>Float32Array.from({length:e},()=>Math.sqrt(-2*Math.log(1-o()))*Math.cos(2*Math.PI*o()))}}function ge(t){return t?new Uint8Array(t.buffer||t,t.byteOffset||0,t.byteLength):new Uint8Array}function Me(t,r){let o={generator:t.generator,ask:null};if(t.send){let e=new Map,a=Math.random().toString(36).slice(2),i=0,s=(d,f)=>{let h=e.get(d.id);h&&(e.delete(d.id),d.error?h.reject(new Error(d.error)):h.resolve({content:d.content,bytes:ge(f?.[0])}))};t.on("msg:custom",s),r.addEventListener("abort",()=>t.off("msg:custom",s)),o.ask=(d,f={},h=[])=>new Promise((u,p)=>{let g=`${a}-${++i}`;e.set(g,{resolve:u,reject:p}),t.send({id:g,name:d,content:f},void 0,h)})}return o.alive=(e,a)=>{let i=s=>{a.inert=!s,a.style.opacity=s?"1":"0.5"};i(!1),e.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{i(!0),e.note(null)}).catch(e.fail)},o}function Ae(){document.getElementById("gan-course-style")||document.head.append(v("style",{id:"gan-course-style"},ue))}function pe(t){function r({model:o,el:e}){let a=new AbortController;e.dataset.kind=o.get("kind"),Ae();let i=()=>{};try{i=t(e,o.get("config"),ge(o.get("data")),Me(o,a.signal))}catch(s){e.append(v("div",{class:"gan-error",role:"alert"},`This widget could not start: ${s.message}`)),console.error(s)}return()=>{a.abort(),i()}}return{render:r}}var te=5;function Te(t,r,o,e){let a=de(t,r.title),{shape:[i,s],channels:d=1,count:f,latent_dim:h}=r,u=i*s,p=d*u,g=280/Math.max(i,s),M=56/Math.max(i,s),l={picture:r.start,seed:r.seed,radius:2.5,erase:!1,cursor:null,truth:!1},C=new Uint8Array(u).fill(1),w=()=>o.subarray(l.picture*p,(l.picture+1)*p),$=o.subarray(f*p,(f+1)*p),y=null,k=0,E=0,A={lower:["lower half",n=>n>=r.lower],right:["right half",(n,c)=>c>=s/2],box:["a box",(n,c)=>Math.abs(n-i/2+.5)<6&&Math.abs(c-s/2+.5)<6],stripes:["every other row",n=>n%2===1],none:["nothing",()=>!1]},D=n=>C.forEach((c,x)=>{C[x]=A[n][1](Math.floor(x/s),x%s)?0:1});D("lower");function N([n,c],[x,S]){let P=(x-n)**2+(S-c)**2;for(let I=0;I<i;I++)for(let m=0;m<s;m++){let[b,U]=[m+.5-n,I+.5-c],B=P?Math.min(1,Math.max(0,(b*(x-n)+U*(S-c))/P)):0;Math.hypot(b-B*(x-n),U-B*(S-c))<=l.radius&&(C[I*s+m]=l.erase?1:0)}}function j(n){let c=new Float32Array(p+(1+h)*u),x=w();for(let S=0;S<p;S++)c[S]=C[S%u]?x[S]/127.5-1:0;return c.set(C,p),fe(n).normal(h).forEach((S,P)=>c.fill(S,p+(1+P)*u,p+(2+P)*u)),ce(y(c))}function O(n,c,x,S){let P=(m,b,U,B)=>{n.moveTo(b*c,m*c),n.lineTo(B*c,U*c)},I=(m,b)=>m<0||b<0||m>=i||b>=s?1:C[m*s+b];n.strokeStyle=x,n.lineWidth=S,n.beginPath();for(let m=0;m<=i;m++)for(let b=0;b<=s;b++)I(m,b)!==I(m-1,b)&&P(m,b,m,b+1),I(m,b)!==I(m,b-1)&&P(m,b,m+1,b);n.stroke()}let T=Y(s*g,i*g,(n,c,x)=>{H(n,w(),[i,s],1,g,d),n.fillStyle="#F4B183",C.forEach((S,P)=>S||n.fillRect(P%s*g,Math.floor(P/s)*g,g+.5,g+.5)),l.cursor&&(n.strokeStyle="#222",n.lineWidth=1.5,n.beginPath(),n.arc(l.cursor[0]*g,l.cursor[1]*g,l.radius*g,0,7),n.stroke())}),L=Y(s*g,i*g,n=>{H(n,l.truth?w():$,[i,s],1,g,d),O(n,g,Z.fake,2)}),F=s*M+6,q=Y(te*F,i*M+4,(n,c,x,S,P)=>{P.forEach((I,m)=>{n.save(),n.translate(m*F+2,2),H(n,I,[i,s],1,M,d),O(n,M,Z.fake,1),n.restore()})}),X=v("div",{class:"gan-caption","aria-live":"polite"}),z=v("div",{class:"gan-caption"}),ne=v("div",{class:"gan-caption"},"What the network sees. Paint on it; or move the brush with the arrow keys and paint with the space bar."),re=0,G=null;async function he(){let n=++re,c=[];for(let m=0;m<te;m++){if(await new Promise(b=>setTimeout(b)),n!==re)return;c.push(j(1e3+m))}G=c,q.draw(c);let x=C.reduce((m,b)=>m+1-b,0),I=(100*(c.map(m=>m.reduce((b,U,B)=>b+Math.abs(U-c[0][B])/255,0)/Math.max(1,d*x)).slice(1).reduce((m,b)=>m+b,0)/(te-1))).toFixed(1);z.textContent=`Five other z: a hidden pixel differs by ${I} % of the way from dark to bright.`,q.describe(z.textContent)}let W=a.coalesce(async()=>{if(y){let I=performance.now();$=j(l.seed),E=performance.now()-I}T.draw(),L.draw();let n=0,c=0,x=0,S=w();for(let I=0;I<u;I++){let m=0;for(let b=I;b<p;b+=u)m+=Math.abs($[b]-S[b])/255/d;C[I]?c+=+(m>0):(n++,x+=m)}let P=n?`; off by ${(100*x/n).toFixed(1)} % a hidden pixel`:"";X.textContent=`${l.truth?"The true picture":"The fill"}: ${n} of ${u} pixels hidden${P}. Of the ${u-n} known pixels ${c} ${c===1?"differs":"differ"}.`,T.describe(`Picture ${l.picture+1} of ${f} with ${n} of ${u} pixels painted over`),L.describe(X.textContent),t.dataset.values=JSON.stringify({picture:l.picture,seed:l.seed,hidden:n,changed:c,milliseconds:E}),L.node.dataset.frame=String(++k),L.node.dataset.ms=E.toFixed(2),y&&he().catch(a.fail)}),R=null,oe=n=>{let c=T.node.getBoundingClientRect();return[(n.clientX-c.left)/c.width*s,(n.clientY-c.top)/c.height*i]},ae=n=>{l.cursor=oe(n),R&&n.buttons&1?(N(R,l.cursor),R=l.cursor,W()):T.draw()};T.node.addEventListener("pointerdown",n=>{n.buttons&1&&(T.node.setPointerCapture(n.pointerId),R=oe(n),ae(n))}),T.node.addEventListener("pointermove",ae),T.node.addEventListener("pointerup",()=>{R=null}),T.node.addEventListener("pointerleave",()=>{l.cursor=null,R=null,T.draw()}),T.node.addEventListener("keydown",n=>{let c={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]," ":[0,0]}[n.key];if(!c)return;n.preventDefault();let[x,S]=l.cursor||[s/2,i/2];l.cursor=[Math.min(s,Math.max(0,x+c[0])),Math.min(i,Math.max(0,S+c[1]))],n.key===" "?(N(l.cursor,l.cursor),W()):T.draw()}),Object.assign(T.node.style,{cursor:"crosshair",touchAction:"none"}),T.node.tabIndex=0,T.node.setAttribute("role","application");let J=v("div",{class:"gan-row gan-labels",role:"group","aria-label":"picture"});r.names.forEach((n,c)=>J.append(ee(n,`Take this picture, number ${c+1}`,()=>{l.picture=c,ie(),W()})));let ie=()=>Array.from(J.children).forEach((n,c)=>n.setAttribute("aria-pressed",String(c===l.picture)));ie();let me=_({label:"brush radius",low:1,high:6,step:.5,value:l.radius,tip:"In pixels of the picture",change:n=>{l.radius=n}}),se=(n,c,x)=>v("label",{class:"gan-check",title:c},v("input",{type:"checkbox",onchange:S=>x(S.target.checked)}),n),be=_({label:"z: seed",low:0,high:99,step:1,value:l.seed,tip:"The random numbers that the network gets beside the picture",change:n=>{l.seed=n,W()}}),K=v("div",{class:"gan-controls"},v("div",{class:"gan-row"},...Object.entries(A).map(([n,[c]])=>ee(c,`Hide ${c}`,()=>{D(n),W()}))),me.node,v("div",{class:"gan-row"},se("uncover","The brush uncovers in place of hiding",n=>{l.erase=n}),se("show the true picture","What was under the paint",n=>{l.truth=n,W()})),be.node);a.body.append(v("div",{class:"gan-title"},r.title),J,v("div",{class:"gan-pair"},v("figure",{},T.node,ne),v("figure",{},L.node,X)),K,v("div",{class:"gan-strip"},q.node,z));for(let n of[ne,X])n.style.maxWidth="280px";return q.node.parentElement.style.cursor="default",a.redraw=()=>{T.draw(),L.draw(),G&&q.draw(G)},a.note("The brush waits for the network. In a notebook that is not running, run this cell."),T.node.inert=K.inert=J.inert=!0,W(),(async()=>{let n=await e.generator?.(r.name)||e.ask&&await e.ask("weights");if(!n)return a.note("The brush needs the notebook with its kernel. The picture is the first one.");y=n.program?Q(n.program,le(n.weights)):Q(n.content,n.bytes),T.node.inert=K.inert=J.inert=!1,a.note(null),W()})().catch(a.fail),a.close}var Le=pe(Te);export{Le as default};
