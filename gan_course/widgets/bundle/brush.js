function be(n){let i=new DataView(n.buffer,n.byteOffset,n.byteLength),s=new Float32Array(i.getUint32(0,!0)),t=4+4*Math.ceil(s.length/16);for(let a=0;a<s.length;a++)s[a]=i.getInt16(t+2*a,!0)*i.getFloat32(4+4*(a>>4),!0);return s}function se(n){return Uint8Array.from(atob(n),i=>i.charCodeAt(0))}var we={linear(n,{n_in:i,n_out:s,weight:t,bias:a},o){let r=new Float32Array(s);for(let u=0,g=t;u<s;u++){let m=o[a+u];for(let f=0;f<i;f++,g++)m+=o[g]*n[f];r[u]=m}return r},relu(n,{slope:i}){for(let s=0;s<n.length;s++)n[s]<0&&(n[s]*=i);return n},tanh(n){for(let i=0;i<n.length;i++)n[i]=Math.tanh(n[i]);return n},upsample(n,{shape:[i,s,t],factor:a}){let o=s*a,r=t*a,u=new Float32Array(i*o*r);for(let g=0,m=0;g<i;g++)for(let f=0;f<o;f++)for(let c=0;c<r;c++,m++)u[m]=n[(g*s+Math.floor(f/a))*t+Math.floor(c/a)];return u},conv(n,{shape:[i,s,t],out:[a,o,r],kernel:[u,g],stride:m,padding:[f,c],weight:h,bias:P},d){let $=(y,E)=>Math.max(0,Math.ceil((y-E)/m)),A=(y,E,C,T)=>Math.min(y,Math.floor((E-1+C-T)/m)+1),x=new Float32Array(a*o*r);for(let y=0;y<a;y++){x.fill(d[P+y],y*o*r,(y+1)*o*r);for(let E=0;E<i;E++)for(let C=0;C<u;C++)for(let T=0;T<g;T++){let D=d[h+((y*i+E)*u+C)*g+T],R=$(c,T),j=A(r,t,c,T);for(let O=$(f,C);O<A(o,s,f,C);O++){let v=(E*s+m*O+C-f)*t+T-c,L=(y*o+O)*r;for(let F=R;F<j;F++)x[L+F]+=D*n[v+m*F]}}}return x},transposed(n,{shape:[i,s,t],out:[a,o,r],kernel:[u,g],stride:m,padding:[f,c],weight:h,bias:P},d){let $=new Float32Array(a*o*r);for(let A=0;A<a;A++)$.fill(d[P+A],A*o*r,(A+1)*o*r);for(let A=0;A<i;A++)for(let x=0;x<s;x++)for(let y=0;y<t;y++){let E=n[(A*s+x)*t+y];if(E===0)continue;let C=x*m-f,T=y*m-c,D=Math.max(0,-T),R=Math.min(g,r-T);for(let j=0;j<a;j++)for(let O=Math.max(0,-C);O<Math.min(u,o-C);O++){let v=h+((A*a+j)*u+O)*g,L=(j*o+C+O)*r+T;for(let F=D;F<R;F++)$[L+F]+=E*d[v+F]}}return $},keep(n,i,s,{shelf:t}){return t.push(n.slice()),n},join(n,i,s,{shelf:t}){let a=t.pop(),o=new Float32Array(n.length+a.length);return o.set(n),o.set(a,n.length),o},paste(n,{channels:i=1},s,{input:t}){let a=n.length/i;return n.map((o,r)=>t[n.length+r%a]>.5?t[r]:o)}};function K(n,i){let s=be(i),{latent_dim:t,num_classes:a,label_dim:o,label_table:r}=n;return(u,g=0)=>{let m=new Float32Array(t+o);if(m.set(u.subarray(0,t)),a&&r==null)m[t+g]=1;else if(a)for(let c=0;c<o;c++)m[t+c]=s[r+c*a+g];let f={shelf:[],input:m};return n.operations.reduce((c,h)=>we[h.op](c,h,s,f),m)}}function le(n){return Uint8Array.from(n,i=>Math.round((Math.min(1,Math.max(-1,i))+1)*127.5))}var de=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var Q={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function w(n,i={},...s){let t=document.createElement(n);for(let[a,o]of Object.entries(i))a.startsWith("on")?t.addEventListener(a.slice(2),o):o!==!1&&o!=null&&t.setAttribute(a,o===!0?"":o);return t.append(...s.filter(a=>a!=null)),t}var ve=Math.random().toString(36).slice(2),ke=0;function Z({label:n,low:i,high:s,step:t,value:a,tip:o,change:r,format:u}){let g=Math.max(0,Math.ceil(-Math.log10(t))),m=u||(d=>d.toFixed(Number.isInteger(t)?0:g).replace("-","−")),f=`gan-slider-${ve}-${++ke}`,c=w("input",{type:"range",id:f,min:i,max:s,step:t,value:a,title:o}),h=w("output",{for:f}),P=()=>{h.textContent=m(Number(c.value)),c.setAttribute("aria-valuetext",h.textContent)};return c.addEventListener("input",()=>{P(),r?.(Number(c.value))}),P(),{node:w("div",{class:"gan-slider"},w("label",{for:f,title:o},n),c,h),input:c,get value(){return Number(c.value)},set(d){c.value=String(d),P()}}}function _(n,i,s){return w("button",{type:"button",title:i,onclick:s},n)}function ce(n,i){let s=w("div",{class:"gan-body"}),t=w("div",{class:"gan-error",role:"alert",hidden:!0}),a=w("div",{class:"gan-note",hidden:!0}),o={"data-lm-suppress-shortcuts":!0,onkeydown:g=>g.stopPropagation()};n.append(w("div",{class:"gan-widget",role:"group","aria-label":i,...o},s,a,t));let r={body:s,redraw:()=>{},fail(g){t.hidden=!g,t.textContent=g?String(g.message||g):""},note(g){a.hidden=!g,a.textContent=g||""},coalesce(g){let m=!1,f=!1;return async function(){if(f=!0,!m){m=!0;try{for(;f;)f=!1,await g(),r.fail(null)}catch(h){r.fail(h)}finally{m=!1}}}}},u=new MutationObserver(()=>r.redraw());return u.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),u.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),r.close=()=>u.disconnect(),r}function X(n,i,s){let t=w("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${n}px`,t.style.maxWidth=`min(100%, ${n}px)`,t.style.aspectRatio=`${n} / ${i}`,{node:t,describe(a){t.setAttribute("aria-label",a)},draw(...a){let o=(window.devicePixelRatio||1)*((t.clientWidth||n)/n);t.width=Math.round(n*o),t.height=Math.round(i*o);let r=t.getContext("2d");r.scale(o,o);let u=getComputedStyle(t).color||"#222";s(r,n,i,u,...a)}}}function Y(n,i,[s,t],a,o,r=1){let u=s*t,g=i.length/(r*u),m=Math.ceil(g/a),f=a*(t+1)-1,c=m*(s+1)-1,h=new ImageData(f,c);for(let d=0;d<g;d++){let $=Math.floor(d/a)*(s+1),A=d%a*(t+1);for(let x=0;x<s;x++)for(let y=0;y<t;y++){let E=4*(($+x)*f+A+y),C=d*r*u+x*t+y;for(let T=0;T<3;T++)h.data[E+T]=r===1?255-i[C]:i[C+T*u];h.data[E+3]=255}}let P=new OffscreenCanvas(f,c);P.getContext("2d").putImageData(h,0,0),n.imageSmoothingEnabled=!1,n.drawImage(P,0,0,f*o,c*o)}function ue(n){let i=n*2654435761+1>>>0,s=()=>{i=i+1831565813>>>0;let t=Math.imul(i^i>>>15,i|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:s,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-s()))*Math.cos(2*Math.PI*s()))}}function fe(n){return n?new Uint8Array(n.buffer||n,n.byteOffset||0,n.byteLength):new Uint8Array}function Me(n,i){let s={generator:n.generator,ask:null};if(n.send){let t=new Map,a=Math.random().toString(36).slice(2),o=0,r=(u,g)=>{let m=t.get(u.id);m&&(t.delete(u.id),u.error?m.reject(new Error(u.error)):m.resolve({content:u.content,bytes:fe(g?.[0])}))};n.on("msg:custom",r),i.addEventListener("abort",()=>n.off("msg:custom",r)),s.ask=(u,g={},m=[])=>new Promise((f,c)=>{let h=`${a}-${++o}`;t.set(h,{resolve:f,reject:c}),n.send({id:h,name:u,content:g},void 0,m)})}return s.alive=(t,a)=>{let o=r=>{a.inert=!r,a.style.opacity=r?"1":"0.5"};o(!1),t.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{o(!0),t.note(null)}).catch(t.fail)},s}function Ae(){document.getElementById("gan-course-style")||document.head.append(w("style",{id:"gan-course-style"},de))}function ge(n){function i({model:s,el:t}){let a=new AbortController;t.dataset.kind=s.get("kind"),Ae();let o=()=>{};try{o=n(t,s.get("config"),fe(s.get("data")),Me(s,a.signal))}catch(r){t.append(w("div",{class:"gan-error",role:"alert"},`This widget could not start: ${r.message}`)),console.error(r)}return()=>{a.abort(),o()}}return{render:i}}var ee=5;function Te(n,i,s,t){let a=ce(n,i.title),{shape:[o,r],channels:u=1,count:g,latent_dim:m}=i,f=o*r,c=u*f,h=280/Math.max(o,r),P=56/Math.max(o,r),d={picture:i.start,seed:i.seed,radius:2.5,erase:!1,cursor:null,truth:!1},$=new Uint8Array(f).fill(1),A=()=>s.subarray(d.picture*c,(d.picture+1)*c),x=s.subarray(g*c,(g+1)*c),y=null,E=0,C=0,T={lower:["lower half",e=>e>=i.lower],right:["right half",(e,l)=>l>=r/2],box:["a box",(e,l)=>Math.abs(e-o/2+.5)<6&&Math.abs(l-r/2+.5)<6],stripes:["every other row",e=>e%2===1],none:["nothing",()=>!1]},D=e=>$.forEach((l,M)=>{$[M]=T[e][1](Math.floor(M/r),M%r)?0:1});D("lower");function R([e,l],[M,k]){let I=(M-e)**2+(k-l)**2;for(let S=0;S<o;S++)for(let p=0;p<r;p++){let[b,U]=[p+.5-e,S+.5-l],B=I?Math.min(1,Math.max(0,(b*(M-e)+U*(k-l))/I)):0;Math.hypot(b-B*(M-e),U-B*(k-l))<=d.radius&&($[S*r+p]=d.erase?1:0)}}function j(e){let l=new Float32Array(c+(1+m)*f),M=A();for(let k=0;k<c;k++)l[k]=$[k%f]?M[k]/127.5-1:0;return l.set($,c),ue(e).normal(m).forEach((k,I)=>l.fill(k,c+(1+I)*f,c+(2+I)*f)),le(y(l))}function O(e,l,M,k){let I=(p,b,U,B)=>{e.moveTo(b*l,p*l),e.lineTo(B*l,U*l)},S=(p,b)=>p<0||b<0||p>=o||b>=r?1:$[p*r+b];e.strokeStyle=M,e.lineWidth=k,e.beginPath();for(let p=0;p<=o;p++)for(let b=0;b<=r;b++)S(p,b)!==S(p-1,b)&&I(p,b,p,b+1),S(p,b)!==S(p,b-1)&&I(p,b,p+1,b);e.stroke()}let v=X(r*h,o*h,(e,l,M)=>{Y(e,A(),[o,r],1,h,u),e.fillStyle="#F4B183",$.forEach((k,I)=>k||e.fillRect(I%r*h,Math.floor(I/r)*h,h+.5,h+.5)),d.cursor&&(e.strokeStyle="#222",e.lineWidth=1.5,e.beginPath(),e.arc(d.cursor[0]*h,d.cursor[1]*h,d.radius*h,0,7),e.stroke())}),L=X(r*h,o*h,e=>{Y(e,d.truth?A():x,[o,r],1,h,u),O(e,h,Q.fake,2)}),F=r*P+6,q=X(ee*F,o*P+4,(e,l,M,k,I)=>{I.forEach((S,p)=>{e.save(),e.translate(p*F+2,2),Y(e,S,[o,r],1,P,u),O(e,P,Q.fake,1),e.restore()})}),V=w("div",{class:"gan-caption","aria-live":"polite"}),H=w("div",{class:"gan-caption"}),te=w("div",{class:"gan-caption"},"What the network sees. Paint on it; or move the brush with the arrow keys and paint with the space bar."),ne=0,z=null;async function pe(){let e=++ne,l=[];for(let p=0;p<ee;p++){if(await new Promise(b=>setTimeout(b)),e!==ne)return;l.push(j(1e3+p))}z=l,q.draw(l);let M=$.reduce((p,b)=>p+1-b,0),S=(100*(l.map(p=>p.reduce((b,U,B)=>b+Math.abs(U-l[0][B])/255,0)/Math.max(1,u*M)).slice(1).reduce((p,b)=>p+b,0)/(ee-1))).toFixed(1);H.textContent=`Five other z: a hidden pixel differs by ${S} % of the way from dark to bright.`,q.describe(H.textContent)}let W=a.coalesce(async()=>{if(y){let S=performance.now();x=j(d.seed),C=performance.now()-S}v.draw(),L.draw();let e=0,l=0,M=0,k=A();for(let S=0;S<f;S++){let p=0;for(let b=S;b<c;b+=f)p+=Math.abs(x[b]-k[b])/255/u;$[S]?l+=+(p>0):(e++,M+=p)}let I=e?`; off by ${(100*M/e).toFixed(1)} % a hidden pixel`:"";V.textContent=`${d.truth?"The true picture":"The fill"}: ${e} of ${f} pixels hidden${I}. Of the ${f-e} known pixels ${l} ${l===1?"differs":"differ"}.`,v.describe(`Picture ${d.picture+1} of ${g} with ${e} of ${f} pixels painted over`),L.describe(V.textContent),n.dataset.values=JSON.stringify({picture:d.picture,seed:d.seed,hidden:e,changed:l,milliseconds:C}),L.node.dataset.frame=String(++E),L.node.dataset.ms=C.toFixed(2),y&&pe().catch(a.fail)}),N=null,re=e=>{let l=v.node.getBoundingClientRect();return[(e.clientX-l.left)/l.width*r,(e.clientY-l.top)/l.height*o]},oe=e=>{d.cursor=re(e),N&&e.buttons&1?(R(N,d.cursor),N=d.cursor,W()):v.draw()};v.node.addEventListener("pointerdown",e=>{e.buttons&1&&(v.node.setPointerCapture(e.pointerId),N=re(e),oe(e))}),v.node.addEventListener("pointermove",oe),v.node.addEventListener("pointerup",()=>{N=null}),v.node.addEventListener("pointerleave",()=>{d.cursor=null,N=null,v.draw()}),v.node.addEventListener("keydown",e=>{let l={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]," ":[0,0]}[e.key];if(!l)return;e.preventDefault();let[M,k]=d.cursor||[r/2,o/2];d.cursor=[Math.min(r,Math.max(0,M+l[0])),Math.min(o,Math.max(0,k+l[1]))],e.key===" "?(R(d.cursor,d.cursor),W()):v.draw()}),Object.assign(v.node.style,{cursor:"crosshair",touchAction:"none"}),v.node.tabIndex=0,v.node.setAttribute("role","application");let J=w("div",{class:"gan-row gan-labels",role:"group","aria-label":"picture"});i.names.forEach((e,l)=>J.append(_(e,`Take this picture, number ${l+1}`,()=>{d.picture=l,ae(),W()})));let ae=()=>Array.from(J.children).forEach((e,l)=>e.setAttribute("aria-pressed",String(l===d.picture)));ae();let me=Z({label:"brush radius",low:1,high:6,step:.5,value:d.radius,tip:"In pixels of the picture",change:e=>{d.radius=e}}),ie=(e,l,M)=>w("label",{class:"gan-check",title:l},w("input",{type:"checkbox",onchange:k=>M(k.target.checked)}),e),he=Z({label:"z: seed",low:0,high:99,step:1,value:d.seed,tip:"The random numbers that the network gets beside the picture",change:e=>{d.seed=e,W()}}),G=w("div",{class:"gan-controls"},w("div",{class:"gan-row"},...Object.entries(T).map(([e,[l]])=>_(l,`Hide ${l}`,()=>{D(e),W()}))),me.node,w("div",{class:"gan-row"},ie("uncover","The brush uncovers in place of hiding",e=>{d.erase=e}),ie("show the true picture","What was under the paint",e=>{d.truth=e,W()})),he.node);a.body.append(w("div",{class:"gan-title"},i.title),J,w("div",{class:"gan-pair"},w("figure",{},v.node,te),w("figure",{},L.node,V)),G,w("div",{class:"gan-strip"},q.node,H));for(let e of[te,V])e.style.maxWidth="280px";return q.node.parentElement.style.cursor="default",a.redraw=()=>{v.draw(),L.draw(),z&&q.draw(z)},a.note("The brush waits for the network. In a notebook that is not running, run this cell."),v.node.inert=G.inert=J.inert=!0,W(),(async()=>{let e=await t.generator?.(i.name)||t.ask&&await t.ask("weights");if(!e)return a.note("The brush needs the notebook with its kernel. The picture is the first one.");y=e.program?K(e.program,se(e.weights)):K(e.content,e.bytes),v.node.inert=G.inert=J.inert=!1,a.note(null),W()})().catch(a.fail),a.close}var Le=ge(Te);export{Le as default};
