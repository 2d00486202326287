import json
for n in (1,2,3,4): exec(open(f"/tmp/n17/build{n}.py").read())
try: exec(open("/tmp/n17/words.py").read())
except FileNotFoundError: pass
old["cells"]=cells
for c in cells:
    if c["cell_type"]=="code": c["outputs"]=[]; c["execution_count"]=None
old["metadata"].pop("widgets",None)
open(P,"w",encoding="utf-8").write(json.dumps(old,indent=1,ensure_ascii=False)+"\n")
ids=[c["id"] for c in cells]; assert len(ids)==len(set(ids))
